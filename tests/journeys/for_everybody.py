"""What axe-core and a narrow screen find wrong with a page, and the demo's evening with visitors who open it.

A module that names the fixtures `demo` and `visitors` has them, once for all of its pages.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

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
TABLET, PROJECTOR = ViewportSize(width=820, height=1180), ViewportSize(width=1920, height=1080)
STRANGER, STAFF, CITIZEN = "stranger", "staff", "citizen"


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
    for size in (PROJECTOR, DESK, TABLET, PHONE, OLD_PHONE):
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
