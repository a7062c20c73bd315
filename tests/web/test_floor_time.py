"""Time on the floor, as those who lead read it: on the cards of whoever had it, and in a table that counts on."""

import pytest

from live import commands as do
from live.states import Outcome, Part
from tests.cast import CHAIR, HANH, TUAN
from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
RUNS = "() => Number(document.querySelector('tfoot floor-time').textContent.split(':')[1]) >= 2"
ADDS_UP = """() => [...document.querySelectorAll("#floor-shares-table tr")].slice(1).every((row) => {
  const [asking, answering, both] = [...row.cells].slice(2).map(({ textContent }) => {
    const [minutes, seconds] = textContent.split(":").map(Number);
    return 60 * minutes + seconds;
  });
  return asking + answering === both;
})"""


def led(house):
    house.send(do.Ask("Bao giờ sửa cầu?"), do.Ask("Nước sạch thôn Đông?"), by=HANH)
    house.send(do.Ask("Đường vào thôn?"), by=TUAN)
    house.send(*(do.Approve(number) for number in (1, 2, 3)))


def test_a_card_tells_what_its_asker_had_and_the_table_counts_on_by_itself(browser, house):
    led(house)
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        assert not page.locator("#floor-shares-table").count()
        house.send(do.CallNext(), do.StartClock(Part.ASKING))
        page.locator("#q-2", has_text="đang có lượt").wait_for()
        assert page.locator("#q-3 .staff-card__marks").count() == 0
        page.locator("#floor-shares-table > summary").click()
        page.wait_for_function(RUNS)
        house.send(do.StartClock(Part.ANSWERING), do.GiveOutcome(1, Outcome.ANSWERED))
        page.locator("#q-2", has_text="đã có 1 lượt").wait_for()
        shown(page, "Chỉ để tham khảo, không đổi thứ tự mời.")
        assert page.evaluate(ADDS_UP)
        assert not page.locator("floor-time").count(), "nothing runs"


def test_the_chair_reads_the_same_table_also_in_english(browser, house):
    led(house)
    house.send(do.CallNext(), do.StartClock(Part.ASKING), by=CHAIR)
    with visitor(browser, house, house.staff("quang", "chair"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/chair")
        page.get_by_text("English").click()
        page.locator("#floor-shares-table > summary").click()
        shown(page, "Time on the floor")
        page.wait_for_function(RUNS)
        assert page.locator("[data-now] > th").inner_text() == "Online"
