"""The same for what no address shows: answers to forms, last resorts, dialogs, a hall screen that is covered or frozen.

Minutes of a dialogue with sound on, too: the banner of recording is on every page that has one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from live import commands as do
from live.refusals import Refused
from live.seats import Seat
from live.states import Overlay
from tests.cast import MODERATOR, SECRETARY
from tests.journeys.for_everybody import AXE, CITIZEN, LET_GO, STAFF, STRANGER, TAGS, demo, findings, visitors
from tests.journeys.hall import LIVE
from tests.serving import Served

__all__ = ["demo", "visitors"]  # fixtures, found by their names
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

SEND = """([selector, fields]) => {
  const form = document.querySelector(selector);
  for (const [name, value] of Object.entries(fields)) {
    for (const old of form.querySelectorAll(`[name="${name}"]`)) old.remove();
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  setTimeout(() => HTMLFormElement.prototype.submit.call(form));
}"""
"""As a browser without script sends it, whatever the fields' own rules say."""
BAR = """async (tags) => {
  const { violations } = await axe.run(".bar", { runOnly: tags, resultTypes: ["violations"] });
  return violations.map(({ id }) => id);
}"""

ANSWERS = [
    (CITIZEN, "/d/DEMO", "form[action$='/do/ask']", {"text": "dài " * 200}, 409),
    (CITIZEN, "/d/DEMO", "form[action$='/do/ask']", {"text": ""}, 409),
    (STRANGER, "/d/SAPTOI/join", "form[action$='/join']", {"name": "", "locality": ""}, 422),
    (STRANGER, "/sign-in", "form[action='/sign-in']", {"login": "khongco", "password": "sai"}, 422),
    (STRANGER, "/sign-in", "form[action='/sign-in']", {"csrf": "cu"}, 403),
    (STAFF, "/staff/new", "form[action='/staff/new']", {"title": "", "starts_at": ""}, 422),
    (STAFF, "/staff/people", "form.form[action='/staff/people']", {"do": "add", "login": "", "name": ""}, 422),
    (
        STAFF,
        "/staff/people",
        "form.form[action='/staff/people']",
        {"do": "add", "login": "moi", "name": "Trần Văn Mới", "role": "clerk"},
        200,
    ),
    (STAFF, "/d/SAPTOI/desk", "form.form[action$='/desk']", {"title": "", "do": "describe"}, 422),
    (STAFF, "/d/DEMO/clerk", "form[action$='/do/ask']", {"text": ""}, 409),
    (STAFF, "/d/DEMO/minutes", "form[action$='/do/edit_minutes']", {"revision": "99"}, 409),
]
"""Who, the page, the form, what is sent with it, and how that is answered."""


@contextmanager
def seen(visitors, who: str, address: str) -> Iterator[Page]:
    _, windows, _ = visitors
    page = windows[who].new_page()
    try:
        page.goto(address)
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        yield page
    finally:
        page.close()


def looked_at(page: Page) -> list[str]:
    page.evaluate(AXE)
    page.evaluate(LET_GO)
    return findings(page)


def tell(demo: Served, command: do.Command, seat: Seat = MODERATOR) -> None:
    room = demo.run(demo.parts.rooms.get("DEMO"))
    assert room is not None
    assert not isinstance(demo.run(room.handle(command, seat)), Refused), command


@pytest.mark.parametrize("who, address, form, fields, status", ANSWERS)
def test_an_answer_to_a_form_is_for_everybody(visitors, who, address, form, fields, status):
    with seen(visitors, who, address) as page:
        with page.expect_navigation() as sent:
            page.evaluate(SEND, [form, fields])
        assert sent.value is not None
        assert sent.value.status == status
        assert looked_at(page) == []


def test_a_page_that_failed_is_for_everybody(visitors, demo, monkeypatch):
    async def broken() -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(demo.parts.people, "all_staff", broken)
    with seen(visitors, STAFF, "/staff/people") as page:
        assert "Máy chủ gặp lỗi khi mở trang này" in page.content()
        assert looked_at(page) == []


@pytest.mark.parametrize(
    "address, opener, dialog",
    [
        ("/d/DEMO/moderator", "[data-shows=keys]", "#keys"),
        ("/d/DEMO/moderator", "a[data-open]", "#work-dialog"),
        ("/d/DEMO/transcript", "a[data-open]", "#work-dialog"),
    ],
)
def test_what_a_script_opens_over_a_page_is_for_everybody(visitors, address, opener, dialog):
    with seen(visitors, STAFF, address) as page:
        # By key: a card's link is there for the ear and the keyboard until it has the focus.
        page.locator(opener).locator("visible=true").first.press("Enter")
        page.locator(f"{dialog}[open]").wait_for()
        assert looked_at(page) == []


OVERLAYS = [
    (do.ShowOverlay(Overlay.MESSAGE, "Xin mời đại biểu về chỗ."), do.HideOverlay()),
    (do.ShowOverlay(Overlay.BREAK), do.HideOverlay()),
    (do.ShowOverlay(Overlay.QR), do.HideOverlay()),
    (do.FreezeStage(), do.ThawStage()),
]


@pytest.mark.parametrize("begin, end", OVERLAYS)
def test_the_hall_screen_is_for_everybody_when_it_is_covered_or_stands_still(visitors, demo, begin, end):
    tell(demo, begin)
    with seen(visitors, STAFF, "/d/DEMO/stage") as page:
        found = looked_at(page)
    tell(demo, end)
    assert found == []


@pytest.mark.parametrize(
    "who, address",
    [
        (CITIZEN, "/d/DEMO"),
        (STAFF, "/d/DEMO/stage"),
        (STAFF, "/d/DEMO/moderator"),
        (STAFF, "/d/DEMO/transcript"),
        (STAFF, "/d/DEMO/sound"),
    ],
)
def test_a_page_that_says_it_is_being_recorded_is_for_everybody(visitors, demo, who, address):
    tell(demo, do.StartRecording("hall"), SECRETARY)
    with seen(visitors, who, address) as page:
        found = looked_at(page)
    tell(demo, do.StopRecording("hall"), SECRETARY)
    assert found == []


@pytest.mark.parametrize("who", [CITIZEN, STRANGER])
def test_a_phone_after_the_end_is_for_everybody(visitors, who):
    with seen(visitors, who, "/d/DAXONG") as page:
        assert looked_at(page) == []


def test_the_phone_s_bar_is_for_everybody_where_it_floats(visitors):
    with seen(visitors, CITIZEN, "/d/DEMO") as page:
        page.evaluate(AXE)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": 360, "height": 740})
            assert page.locator(".bar").is_visible()
            assert page.evaluate(BAR, TAGS) == []
