"""axe-core finds nothing wrong with the public pages, in either theme; nothing is wider than the smallest phone."""

from datetime import date

import pytest

from live import commands as do
from live.states import Outcome, Part, RefusalReason, Role
from tests.cast import SECRETARY
from tests.rules.tree import ROOT
from tests.web.visits import visitor

pytestmark = pytest.mark.browser

AXE = (ROOT / "tests/vendor/axe/axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => found.violations.map(one => [one.id, ...one.nodes.map(node => node.html.slice(0, 160))]))"""


def fill(house) -> dict[str, str]:
    """A dialogue with something in every place; the public pages and one receipt of each kind."""
    house.send(*[do.Ask(f"Câu thứ {number}?", "Đất đai") for number in range(1, 7)], by=house.clerk)
    house.send(*[do.Ask(f"Câu thứ {number}?") for number in range(7, 9)], by=house.clerk)
    house.send(*[do.Approve(number) for number in (1, 2, 3, 4, 7, 8)], do.CallNext())
    house.send(do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế", due=date(2026, 6, 30)))
    house.send(do.Refuse(5, RefusalReason.OTHER, "Đã được trả lời hôm trước."), do.Merge(6, into=2), do.CallNext())
    house.send(do.StartClock(Part.ASKING))
    house.send(*[do.WriteLine(f"Lời thứ {number}", Role.CHAIR) for number in range(4)], by=SECRETARY)
    receipt = house.room.dialogue.questions[6].receipt
    return {
        "home": "/",
        "not found": "/?code=KHONG",
        "phone": f"/d/{house.code}",
        "notice": f"/d/{house.code}/notice",
        "receipt": f"/r/{receipt}/check",
        "stage": f"/d/{house.code}/stage",
    }


@pytest.fixture
def pages(house):
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    addresses = fill(house)
    house.send(do.Ask("Câu của tôi?"), by=seat)
    return addresses, [cookie, house.staff("man", "stage")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser, house, pages, theme):
    addresses, cookies = pages
    with visitor(browser, house, *cookies, color_scheme=theme) as context:
        for name, address in addresses.items():
            page = context.new_page()
            page.goto(address)
            page.evaluate(AXE)
            assert page.evaluate(RUN) == [], name
            page.close()


@pytest.mark.parametrize("width, zoom", [(320, 1), (360, 2)])
def test_nothing_is_wider_than_a_small_phone_even_with_large_text(browser, house, pages, width, zoom):
    addresses, cookies = pages
    with visitor(browser, house, *cookies, viewport={"width": width, "height": 640}) as context:
        for name, address in addresses.items():
            if name == "stage":
                continue
            page = context.new_page()
            page.goto(address)
            page.evaluate("zoom => { document.documentElement.style.fontSize = `${17 * zoom}px` }", zoom)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
            page.close()


def test_what_is_touched_is_large_enough(browser, house, pages):
    small = """() => [...document.querySelectorAll("button, summary, select, .button, .captions__more")]
      .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)"""
    addresses, cookies = pages
    with visitor(browser, house, *cookies, has_touch=True) as context:
        for name in ("home", "phone", "receipt"):
            page = context.new_page()
            page.goto(addresses[name])
            assert page.evaluate(small) == [], name
            page.close()


CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one), hides = (axis) => ["hidden", "clip"].includes(axis);
  const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!words || !one.getClientRects().length || one.clientWidth < 2 || one.matches("option, textarea")) return false;
  const wide = hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && style.textOverflow !== "ellipsis";
  const high = hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1 && style.webkitLineClamp === "none";
  return wide || high;
}).map((one) => one.outerHTML.slice(0, 120))"""
"""Words that are cut off. A card of many shows its first line, and all of it once somebody is at it."""
DESKS = ["moderator", "chair", "clerk", "agency", "transcript", "minutes", "sound", "desk", "closing", "reckoning"]


@pytest.mark.parametrize("width, zoom", [(360, 1), (360, 2), (720, 1), (820, 1)])
def test_no_desk_is_wider_than_its_window(browser, house, pages, width, zoom):
    """720 wide is a desk of 1440 seen at 200 %; twice the letters at 360 is the hardest."""
    house.send(do.SetSites("Nhà văn hóa buôn Krông\nTrụ sở phường Tân Lợi"))
    every = house.staff(
        "tatca", "moderator", "chair", "clerk", "secretary", "agency", "organiser", agency="Phòng Kinh tế"
    )
    with visitor(browser, house, every, viewport={"width": width, "height": 640}) as context:
        for desk in DESKS:
            page = context.new_page()
            found = page.goto(f"/d/{house.code}/{desk}")
            assert found is not None
            assert found.ok, desk
            page.evaluate("zoom => { document.documentElement.style.fontSize = `${17 * zoom}px` }", zoom)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, desk
            assert page.evaluate(CUT) == [], desk
            page.close()
