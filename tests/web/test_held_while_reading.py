"""Nothing moves while a moderator reads with a finger, or while a question lies open to be written about."""

import pytest

from live import commands as do
from tests.cast import SECOND_MODERATOR
from tests.web.cards import DESK, ask, caught_up
from tests.web.visits import count, opened, shown, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "Đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được. " * 2


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def swiped(context, page, to: int) -> None:
    """A finger that goes up the screen and leaves it, as somebody does who reads on."""
    page.evaluate("() => document.addEventListener('scrollend', () => (window.still = true), { once: true })")
    line = context.new_cdp_session(page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 150, "y": 600}]})
    for y in range(600, to, -40):
        line.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 150, "y": y}]})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => window.still && scrollY > 50")


def test_on_a_phone_what_is_being_read_stays_where_it_is_until_the_hand_has_been_still(browser, house, cookie):
    ask(house, *[f"Câu {n}: {LONG}" for n in range(1, 9)])
    with visitor(browser, house, cookie, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"/d/{house.code}/moderator")
        page.wait_for_function("() => document.getElementById('live')?.dataset.live === 'yes'")
        swiped(context, page, 360)
        before = page.locator("#q-4").bounding_box()
        house.send(do.Approve(1), do.Approve(2), do.Approve(3), by=SECOND_MODERATOR)
        ask(house, "Câu mới đến?")
        caught_up(page, house)
        count(page, "#review > [data-ghost]", 3)
        assert page.locator("#q-4").bounding_box() == before
        assert page.locator("#q-9").is_hidden()
        assert page.locator("[data-counts=review]").first.inner_text() == "6", "the count is of now"
        page.clock.fast_forward(31_000)
        count(page, "#review > [data-ghost]", 0)
        page.locator("#q-9").wait_for()


def test_behind_an_opened_question_nothing_is_put_in_another_order_until_it_is_closed(browser, house, cookie):
    ask(house, *[f"Câu {n} hỏi gì?" for n in range(1, 5)])
    house.send(*[do.Approve(n) for n in range(1, 5)])
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-4").focus()
        page.keyboard.press("e")
        page.get_by_label("Nội dung công khai").fill("Câu bốn, rõ hơn?")
        page.mouse.move(5, 5)
        house.send(do.SetAside(1), by=SECOND_MODERATOR)
        ask(house, "Câu mới đến?")
        house.send(do.Approve(5), by=SECOND_MODERATOR)
        caught_up(page, house)
        count(page, "#queue > [data-ghost]", 1)
        assert page.locator("#q-5").is_hidden()
        page.get_by_role("button", name="Lưu bản sửa").click()
        count(page, "dialog[open]", 0)
        count(page, "#queue > [data-ghost]", 0)
        page.locator("#q-5").wait_for()
        shown(page, "Câu bốn, rõ hơn?")
