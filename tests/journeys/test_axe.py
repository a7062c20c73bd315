"""Every page for everybody: axe-core finds nothing, nothing sticks out of a narrow screen, no script complains.

A page that is added to server/routes.py and not to ADDRESSES fails the first test.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize
from starlette.routing import Route

from live import commands as do
from live.refusals import Refused
from server import clock
from server.demo.seed import seed
from tests.cast import MACHINE, SECRETARY
from tests.journeys.hall import LIVE, Hall
from tests.second_reading import read_again
from tests.serving import Served
from tests.visitors import staff_cookie
from transcription.heard import SAMPLE_RATE as SECOND

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

AXE = (Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const places = (nodes) => nodes.slice(0, 4).map((node) => node.target.join(" ")).join(" | ");
  return violations.map(({ id, nodes }) => `${id}: ${places(nodes)}`);
}"""
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const beyond = (part) => part.getBoundingClientRect().right > wide + 0.5;
  const all = [...document.body.querySelectorAll("*")].filter(beyond);
  return all.slice(0, 4).map((part) => `${part.tagName.toLowerCase()}.${part.className}`);
}"""
LET_GO = "() => document.querySelectorAll('.bar, .hall__tools').forEach((bar) => { bar.style.position = 'static'; })"
"""What floats over a page that scrolls covers something else at every place: that is no fault of what it covers."""
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1440, height=900)
OLD_PHONE = ViewportSize(width=320, height=568)

NOT_PAGES = {
    "/d/{code}/notice.txt", "/d/{code}/transcript.{kind}", "/d/{code}/minutes.docx", "/d/{code}/record.docx",
    "/d/{code}/sound/{source}.wav", "/d/{code}/feed", "/d/{code}/file/{id}", "/healthz", "/readyz", "/metrics",
    "/static/{version}/{name:path}", "/d/{code}/cards.pdf", "/d/{code}/photo/{question}", "/d/{code}/readings.json",
}  # fmt: skip
"""What GET answers with something else than a page."""
STRANGER, STAFF, CITIZEN = "stranger", "staff", "citizen"
ADDRESSES = [
    (STRANGER, "/", "/"),
    (STRANGER, "/sign-in", "/sign-in"),
    (STAFF, "/staff", "/staff"),
    (STAFF, "/staff/new", "/staff/new"),
    (STAFF, "/staff/people", "/staff/people"),
    (STRANGER, "/privacy", "/privacy"),
    (STRANGER, "/r/{receipt}", "/r/{receipt}"),
    (CITIZEN, "", "/r/{receipt}"),
    (STRANGER, "/r/{receipt}/check", "/r/{receipt}/check"),
    (STRANGER, "/d/{code}/card/{receipt}", "/d/DEMO/card/{receipt}"),
    (STAFF, "/d/{code}/cards", "/d/DEMO/cards"),
    (STRANGER, "/d/{code}", "/d/DEMO"),
    (STRANGER, "/d/{code}/overlay", "/d/DEMO/overlay"),
    (STRANGER, "/d/{code}/reckoning", "/d/DEMO/reckoning"),
    (STAFF, "/d/{code}/closing", "/d/DEMO/closing"),
    (CITIZEN, "/d/{code}", "/d/DEMO"),
    (STRANGER, "/d/{code}", "/d/SAPTOI"),
    (STAFF, "/d/{code}/stage", "/d/DEMO/stage"),
    (STAFF, "/d/{code}/sites", "/d/DEMO/sites"),
    (STAFF, "/d/{code}/site/{site}/stage", "/d/DEMO/site/1/stage"),
    (STRANGER, "/d/{code}/site/{site}", "/d/DEMO/site/1"),
    (STRANGER, "/d/{code}/kiosk", "/d/DEMO/kiosk"),
    (STRANGER, "/d/{code}/kiosk", "/d/DEMO/kiosk?look=1"),
    (STAFF, "/d/{code}/slip/{number}", "/d/DEMO/slip/37"),
    (STRANGER, "/d/{code}/notice", "/d/DEMO/notice"),
    (STRANGER, "/d/{code}/join", "/d/DEMO/join"),
    (STAFF, "/d/{code}/desk", "/d/DEMO/desk"),
    (STAFF, "/d/{code}/desk", "/d/DAXONG/desk"),
    (STAFF, "/d/{code}/moderator", "/d/DEMO/moderator"),
    (STAFF, "/d/{code}/moderator", "/d/DEMO/moderator?question=40&open=edit"),
    (STAFF, "/d/{code}/chair", "/d/DEMO/chair"),
    (STAFF, "/d/{code}/clerk", "/d/DEMO/clerk"),
    (STAFF, "/d/{code}/agency", "/d/DEMO/agency"),
    (STAFF, "/d/{code}/sound", "/d/DEMO/sound"),
    (STAFF, "/d/{code}/transcript", "/d/DEMO/transcript"),
    (STAFF, "/d/{code}/transcript", "/d/DEMO/transcript?line=1"),
    (STAFF, "/d/{code}/readings", "/d/DAXONG/readings"),
    (STAFF, "/d/{code}/readings", "/d/DEMO/readings?source=hall&reading=1&all=1"),
    (STAFF, "/d/{code}/minutes", "/d/DEMO/minutes"),
    (STAFF, "/d/{code}/minutes", "/d/DAXONG/minutes"),
    (STRANGER, "/d/{code}/record", "/d/DAXONG/record"),
    (STRANGER, "/commitments", "/commitments"),
    (STRANGER, "", "/there/is/no/such/page"),
]
"""Who looks, the route, and the address."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("demo")) as served:
        here = served.parts
        served.run(seed(here.journal, here.people, here.settings.data_dir, clock.now()))
        read_a_second_time(served)
        yield served


def read_a_second_time(served: Served) -> None:
    """A minute of sound in the demo's evening, and another reading of it: the page of readings has all its parts."""
    room = served.run(served.parts.rooms.get("DEMO"))
    assert room is not None
    for command, seat in (
        (do.StartRecording("hall"), SECRETARY),
        (do.Hear("hall", 1, 1, 0, 2 * SECOND, "kinh thua ba con", "Kinh thua ba con."), MACHINE),
        (do.Hear("hall", 1, 2, 10 * SECOND, 12 * SECOND, "cảm ơn", "Cảm ơn."), MACHINE),
        (do.StopRecording("hall"), SECRETARY),
    ):
        assert not isinstance(served.run(room.handle(command, seat)), Refused)
    read_again(served.settings.data_dir, "DEMO", {0: "kính thưa bà con", 10: "cảm ơn", 30: "tôi hỏi thêm"})


@pytest.fixture(scope="module")
def visitors(chromium, playwright, demo):
    """One browser window for each kind of visitor, kept for all pages; a citizen joins with the real form."""
    hall = Hall(chromium, playwright, demo)
    cookie = staff_cookie(demo, "organiser").partition("=")
    windows = {who: hall.desk(who, reduced_motion="reduce") for who in (STRANGER, STAFF, CITIZEN)}
    windows[STAFF].add_cookies([{"name": cookie[0], "value": cookie[2], "url": demo.url}])
    page = windows[CITIZEN].new_page()
    page.goto("/d/DEMO/join")
    page.get_by_label("Tên của bạn").fill("Lò Văn Inh")
    page.get_by_label("Xã, phường").fill("xã Ea Mô")
    page.get_by_label("Tôi đủ 16 tuổi trở lên").check()
    page.get_by_role("button", name="Tham gia").click()
    page.wait_for_function(LIVE)
    page.get_by_label("Câu hỏi", exact=True).fill("Bao giờ có đèn đường ở buôn Krông?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    link = page.get_by_role("link", name="Xem câu hỏi này đi đến đâu").get_attribute("href")
    page.close()
    yield hall, windows, str(link).removeprefix("/r/")
    hall.close()


def stick_out(page: Page) -> list[str]:
    found = []
    for size in (PHONE, OLD_PHONE):
        page.set_viewport_size(size)
        found += [f"{size['width']}: sticks out: {part}" for part in page.evaluate(STICKS_OUT)]
    return found


def findings(page: Page) -> list[str]:
    found = stick_out(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            found += [f"{scheme} {size['width']}: {finding}" for finding in page.evaluate(FIND, TAGS)]
    return found


def test_every_page_is_in_the_list(demo):
    routes = {route.path for route in demo.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())}
    assert routes - NOT_PAGES == {route for _, route, _ in ADDRESSES if route}


@pytest.mark.parametrize("who, address", [(who, address) for who, _, address in ADDRESSES])
def test_a_page_is_for_everybody(visitors, who, address):
    hall, windows, receipt = visitors
    hall.complaints.clear()
    page = windows[who].new_page()
    try:
        answer = page.goto(address.replace("{receipt}", receipt))
        assert answer is not None
        if "no/such" not in address:
            assert answer.ok, f"{address} was answered with {answer.status}"
            assert hall.complaints == []
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        page.evaluate(AXE)
        page.evaluate(LET_GO)
        assert findings(page) == []
    finally:
        page.close()


def test_english_fits_a_narrow_screen_too(visitors, demo):
    _, windows, receipt = visitors
    found = []
    for who, _, address in ADDRESSES:
        windows[who].add_cookies([{"name": "lang", "value": "en", "url": demo.url}])
        page = windows[who].new_page()
        page.goto(address.replace("{receipt}", receipt))
        assert page.locator("html").get_attribute("lang") == "en"
        found += [f"{address} {part}" for part in stick_out(page)]
        page.close()
    for window in windows.values():
        window.clear_cookies(name="lang")
    assert found == []
