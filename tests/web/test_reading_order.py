"""In which order a moderator reads: a way of looking, which leaves the queue alone and moves nothing under a hand."""

import pytest

from live import commands as do
from tests.cast import HANH, TUAN
from tests.waiting import until
from tests.web.cards import DESK, ask, queued
from tests.web.keys import Keys
from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser
SEEN = """name => [...document.querySelectorAll(`#${name} > [data-card]:not([data-ghost])`)]
  .filter((one) => one.getClientRects().length)
  .sort((one, other) => one.getBoundingClientRect().y - other.getBoundingClientRect().y)
  .map((one) => Number(one.dataset.card))"""
"""The cards of a list from top to bottom, as they are seen."""


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def reads(page, name: str, *numbers: int) -> None:
    page.wait_for_function(f"([name, wanted]) => ({SEEN})(name).join() === wanted.join()", arg=[name, list(numbers)])


def supported(house, number: int, *seats) -> None:
    for seat in seats:
        house.send(do.Support(number), by=seat)


def test_lists_are_read_in_another_order_and_the_queue_stays(browser, house, cookie):
    queued(house, 3)
    ask(house, "Câu bốn?", "Câu năm?")
    supported(house, 3, HANH, TUAN)
    supported(house, 2, TUAN)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-3", has_text="2 người cùng hỏi").wait_for(state="attached")
        page.mouse.move(700, 20)
        choice = page.locator("#reads")
        choice.select_option("wanted")
        reads(page, "queue", 3, 2, 1)
        reads(page, "review", 4, 5)
        shown(page, "Hàng chờ vẫn như cũ")
        choice.select_option("newest")
        reads(page, "queue", 3, 2, 1)
        reads(page, "review", 5, 4)
        assert page.locator("#q-5 [data-key=a]").is_visible(), "the first to be read has its buttons"
        heads = {number: page.locator(f"#q-{number} > .staff-card__head") for number in (4, 5)}
        rows = {number: head.evaluate("one => getComputedStyle(one).whiteSpace") for number, head in heads.items()}
        assert rows == {4: "nowrap", 5: "normal"}, "the first is whole, wherever it stands; others are a row"
        ask(house, "Câu sáu?")
        house.send(do.Approve(4))
        reads(page, "review", 6, 5)
        reads(page, "queue", 4, 3, 2, 1)
        page.reload()
        page.mouse.move(700, 20)
        reads(page, "queue", 4, 3, 2, 1)
        choice.select_option("oldest")
        reads(page, "review", 5, 6)
        house.send(do.Place(1, None))
        choice.select_option("")
        reads(page, "queue", 2, 3, 4, 1)
        assert page.locator("#reads-note").is_hidden()
        other = opened(context, f"/d/{house.code}/moderator")
        assert other.locator("#reads").input_value() == "", "each tab has its own"


def test_what_few_phones_have_shown_comes_first(browser, house, cookie):
    queued(house, 3)
    house.run(on_phones(house, {1: 3, 2: 1, 3: 2}))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.mouse.move(700, 20)
        page.locator("#reads").select_option("unseen")
        reads(page, "queue", 2, 3, 1)


async def on_phones(house, phones: dict[int, int]) -> None:
    for number, count in phones.items():
        for _ in range(count):
            house.room.seen.add([number], 0)


def test_keys_walk_as_it_is_read_and_move_nobody_meanwhile(browser, house, cookie):
    queued(house, 3)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        keys = Keys(page)
        keys.press("o")
        assert keys.heard()[1] == "Đọc theo thứ tự"
        keys.press("ArrowDown", "ArrowDown", "Enter")
        reads(page, "queue", 3, 2, 1)
        for number in (3, 2):
            keys.press("j")
            page.wait_for_function(f"() => document.activeElement.id === 'q-{number}'")
        keys.press("K")
        shown(page, "Chưa đổi chỗ")
        keys.press("t")
        page.drag_and_drop("#q-2", "#q-1")
        assert house.room.dialogue.queue == (1, 2, 3)
        keys.press("s")
        until(lambda: house.room.dialogue.queue == (1, 3), "it was set aside")
        page.wait_for_function("() => document.activeElement.id === 'q-1'")
        keys.press("o", "Escape", "Enter")
        reads(page, "queue", 1, 3)
        keys.press("j", "J")
        until(lambda: house.room.dialogue.queue == (3, 1), "the queue is led again")


def test_nothing_moves_under_a_pointer_or_while_somebody_types(browser, house, cookie):
    queued(house, 3)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#reads").select_option("wanted")
        page.locator("#q-2").hover()
        supported(house, 3, HANH, TUAN)
        page.locator("#q-3", has_text="2 người cùng hỏi").wait_for(state="attached")
        ask(house, "Câu bốn?")
        house.send(do.Approve(4))
        shown(page, "1 câu mới")
        reads(page, "queue", 1, 2, 3)
        page.mouse.move(700, 20)
        reads(page, "queue", 3, 1, 2, 4)
        page.locator("#seek").fill("cau")
        supported(house, 4, HANH)
        page.locator("#q-4", has_text="1 người cùng hỏi").wait_for(state="attached")
        reads(page, "queue", 3, 1, 2, 4)
        page.locator("#seek").press("Enter")
        reads(page, "queue", 3, 4, 1, 2)


def test_it_fits_a_phone(browser, house, cookie):
    queued(house, 2)
    with visitor(browser, house, cookie, has_touch=True) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.get_by_text("Hàng chờ").first.tap()
        page.locator("#reads").select_option("newest")
        reads(page, "queue", 2, 1)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
