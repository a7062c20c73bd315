"""On an English page a screen reader is told that people's own words are Vietnamese (WCAG 2.2, 3.1.2)."""

import pytest

from live import commands as do
from live.states import Outcome, Role
from tests.cast import SECRETARY
from tests.web.visits import visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = """text => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.includes(text)))
  .map((one) => one.closest("[lang]").lang)"""
BRIDGE, WATER, ROAD, SAID = "Bao giờ sửa cầu", "Khi nào có nước", "Đường hỏng đã lâu", "Kính thưa bà con"


@pytest.fixture
def spoken(house):
    """One answered, one on the stage, one in the queue, one's own; and a line of captions."""
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask(BRIDGE), do.Ask(WATER), do.Ask(ROAD), by=seat)
    house.send(*[do.Approve(number) for number in (1, 2, 3)], do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    house.send(do.CallNext())
    house.send(do.WriteLine(SAID, Role.CHAIR), by=SECRETARY)
    return house, [cookie, house.staff("lan", "organiser"), {"name": "lang", "value": "en", "url": house.url}]


@pytest.mark.parametrize(
    "path, texts",
    [
        ("/d/HALL01", [BRIDGE, WATER, ROAD, SAID, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/stage", [WATER, ROAD, SAID, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/record", [BRIDGE, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/kiosk?look=1", [BRIDGE]),
        ("/d/HALL01/notice", ["Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/reckoning", ["Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/moderator", [WATER, ROAD, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/chair", [WATER, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/transcript", [WATER, SAID]),
        ("/d/HALL01/closing", [ROAD, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/synthesis", [BRIDGE, "Đối thoại với Nhân dân năm 2026"]),
        ("/d/HALL01/minutes", [BRIDGE]),
        ("/d/HALL01/desk", ["Đối thoại với Nhân dân năm 2026"]),
        ("/r/{receipt}", [BRIDGE, "Đối thoại với Nhân dân năm 2026"]),
        ("/", ["Đối thoại với Nhân dân năm 2026"]),
    ],
)
def test_vietnamese_words_say_so_on_an_english_page(browser, spoken, path, texts):
    house, cookies = spoken
    receipt = house.room.dialogue.questions[1].receipt
    with visitor(
        browser, house, *cookies, viewport={"width": 1440, "height": 900}, java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto(path.replace("{receipt}", str(receipt)))
        assert page.locator("html").get_attribute("lang") == "en"
        for text in texts:
            found = page.evaluate(LANGUAGES, text)
            assert found
            assert set(found) == {"vi"}, text


def test_a_vietnamese_page_says_it_once(browser, spoken):
    house, cookies = spoken
    with visitor(browser, house, *cookies[:2], java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}")
        assert page.locator("main [lang]").count() == 0
