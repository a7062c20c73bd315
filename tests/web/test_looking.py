"""Whichever card somebody has open, the others see by whom; and it goes when the dialog or the page is closed."""

import pytest

from live import commands as do
from tests.web.visits import count, opened, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}


def test_every_card_says_who_else_has_it_open_whatever_its_state(browser, house):
    house.send(*[do.Ask(f"Câu {n} hỏi về đường?") for n in range(1, 5)], by=house.clerk)
    house.send(do.Approve(1, queue=False), do.Approve(2), do.Approve(3), do.PutOnDeck(3))
    path = f"/d/{house.code}/moderator"
    with (
        visitor(browser, house, house.staff("lan", "moderator"), **DESK) as first,
        visitor(browser, house, house.staff("mai", "moderator"), **DESK) as second,
    ):
        lan, mai = opened(first, path), opened(second, path)
        for number in (1, 2, 3, 4):
            lan.locator(f"#q-{number} > [data-open]").dispatch_event("click")
            lan.locator(f"#work[data-number='{number}']").wait_for()
            mai.locator(f"#q-{number}", has_text="Lan đang xem").wait_for()
            count(mai, "[data-word=looking]", 1)
            count(lan, "[data-word=looking]", 0)
            lan.keyboard.press("Escape")
            count(mai, "[data-word=looking]", 0)
        lan.locator("#q-2 > [data-open]").dispatch_event("click")
        mai.locator("#q-2 > [data-open]").dispatch_event("click")
        mai.locator("#work-dialog [data-others]", has_text="Lan đang xem").wait_for()
        lan.locator("#work-dialog [data-others]", has_text="Mai đang xem").wait_for()
        house.send(do.Label(2, "cầu đường"))
        mai.locator("#q-2", has_text="cầu đường").get_by_text("Lan đang xem").wait_for(state="attached")
        lan.close()
        count(mai, "[data-word=looking]", 0)
        mai.locator("#work-dialog [data-others]:empty").wait_for(state="attached")


def test_a_page_that_comes_with_a_question_opened_says_so_too(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    path = f"/d/{house.code}/moderator"
    with (
        visitor(browser, house, house.staff("lan", "moderator"), **DESK) as first,
        visitor(browser, house, house.staff("mai", "moderator"), **DESK) as second,
    ):
        mai = opened(second, path)
        opened(first, f"{path}?question=1")
        mai.locator("#q-1", has_text="Lan đang xem").wait_for()
