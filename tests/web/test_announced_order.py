"""An order that was announced, at the desks that lead: what departs from it asks why, and every page names the same."""

import pytest

from live import commands as do
from live.states import Channel, QuestionState
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
ORDER = "() => [...document.querySelectorAll('#queue > :not([data-ghost])')].map(one => one.dataset.card).join()"


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def ruled(house, *channels):
    """A queue of these channels, and a rule by which hall and online take turns."""
    for number, channel in enumerate(channels, 1):
        house.send(do.Ask(f"Câu {number} hỏi gì?", channel=channel), by=house.clerk)
        house.send(do.Approve(number))
    house.send(do.DeclareMixing(hall=1, online=1, reason="Theo quy chế"))


def reason(page, button):
    part = page.locator("#work details[open]")
    part.get_by_label("Vì sao khác thứ tự đã công bố").fill("Người hỏi phải về sớm")
    part.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("hand", ["keys", "dragging"])
def test_moving_a_card_under_an_order_opens_the_form_with_the_place_filled_in(browser, house, cookie, hand):
    ruled(house, *[Channel.HALL_CARD] * 4)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        if hand == "keys":
            page.locator("#q-3").focus()
            page.keyboard.press("Shift+K")
        else:
            page.locator("#q-3").drag_to(page.locator("#q-2"), target_position={"x": 60, "y": 2})
        page.get_by_label("Đặt trước câu số").wait_for()
        assert page.evaluate(ORDER) == "1,2,3,4", "nothing moves before it is said why"
        assert page.get_by_label("Đặt trước câu số").input_value() == "2"
        reason(page, "Đặt")
        page.wait_for_function(f"() => ({ORDER})() === '1,3,2,4'")
        assert house.room.dialogue.queue == (1, 3, 2, 4)
        shown(page, "khác thứ tự đã công bố: Người hỏi phải về sớm")


def test_a_card_whose_place_was_announced_is_taken_back_by_a_form(browser, house, cookie):
    ruled(house, Channel.HALL_CARD, Channel.ONLINE)
    house.send(do.PutOnDeck(1))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-1").focus()
        page.keyboard.press("d")
        reason(page, "Về hàng chờ")
        count(page, "#queue > #q-1", 1)


def test_the_buttons_follow_the_order_that_is_declared_and_the_state(browser, house, cookie):
    house.send(do.Ask("Câu một?"), do.Ask("Câu hai?"), by=house.clerk)
    house.send(do.Approve(1), do.Approve(2))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        assert page.locator(".staff-card__acts").count() == 0, "nobody is at a card"
        page.locator("#q-2").focus()
        page.locator("#q-2 [data-move=up]").wait_for(state="visible")
        house.send(do.DeclareMixing(hall=1, online=1, reason="Theo quy chế"))
        page.locator("#q-2").get_by_role("link", name="Đổi chỗ…").wait_for(state="visible")
        assert page.locator("#q-2 [data-move]").count() == 0
        assert page.evaluate("() => document.activeElement.id") == "q-2"


def test_all_desks_and_phones_name_the_same_next_one_and_the_button_calls_it(browser, house, cookie):
    ruled(house, Channel.HALL_CARD, Channel.HALL_CARD, Channel.ONLINE)
    chair = house.staff("chutri", "chair")
    with (
        visitor(browser, house, cookie, **DESK) as desk,
        visitor(browser, house, chair, **DESK) as head,
        visitor(browser, house) as phone,
    ):
        moderator, leader = opened(desk, f"/d/{house.code}/moderator"), opened(head, f"/d/{house.code}/chair")
        screen, hand = opened(head, f"/d/{house.code}/stage"), opened(phone, f"/d/{house.code}")
        for page in (leader, screen, hand):
            page.wait_for_function(
                "() => [...document.querySelectorAll('#next > *')].map(q => q.id).join() === 'q-1,q-3'"
            )
        shown(leader, "Theo thứ tự, tiếp là câu số 1")
        assert leader.locator("[data-key=n]").get_attribute("title") == "Mời câu số 1", "no keys on the chair's page"
        assert moderator.locator("[data-key=n]").get_attribute("title") == "Mời câu số 1 (phím n)"
        assert moderator.locator("#stage-place [name=expect_next]").get_attribute("value") == "1"
        moderator.keyboard.press("n")
        count(leader, "#stage[data-number='1']", 1)


def test_a_call_whose_next_one_changed_between_look_and_press_calls_nobody(browser, house, cookie):
    house.send(do.Ask("Câu một?"), do.Ask("Câu hai?"), by=house.clerk)
    house.send(do.Approve(1), do.Approve(2))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.evaluate("() => document.dispatchEvent(new Event('live:hold'))")  # as while somebody drags
        house.send(do.Place(2, before=1), by=SECOND_MODERATOR)
        page.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n}")
        page.keyboard.press("n")
        shown(page, "câu sắp mời nay là câu số 2")
        assert house.room.dialogue.turn is None


def test_cards_on_deck_and_set_aside_stay_under_the_pointer_too(browser, house, cookie):
    house.send(*(do.Ask(f"Câu {n}?") for n in range(1, 5)), by=house.clerk)
    house.send(*(do.Approve(n, queue=n > 2) for n in range(1, 5)), do.PutOnDeck(3), do.PutOnDeck(4))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for at, gone in (("#q-4", do.TakeOffDeck(3, "Xin đợi")), ("#q-2", do.Reopen(1))):
            page.mouse.move(1200, 20)
            count(page, "[data-ghost]", 0)
            page.locator(at).hover()
            before = page.locator(at).bounding_box()
            house.send(gone, by=SECOND_MODERATOR)
            page.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n}")
            page.locator(f"{at} ~ [data-ghost], :has(~ {at})[data-ghost]").first.wait_for(state="attached")
            assert page.locator(at).bounding_box() == before


def test_a_matter_with_its_own_procedure_is_sent_there_from_the_floor_by_one_tap(browser, house, cookie):
    house.send(do.Ask("Tôi khiếu nại quyết định thu hồi đất."), by=house.clerk)
    house.send(do.Approve(1), do.CallNext())
    with visitor(browser, house, house.staff("chutri", "chair"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/chair")
        page.get_by_text("Việc có thủ tục riêng, chuyển nơi tiếp nhận").click()
        page.get_by_role("button", name="Ghi nơi nhận").click()
        until(lambda: house.room.dialogue.questions[1].state is QuestionState.REROUTED, "it to be sent on")
        count(page, "#stage[data-turn=none]", 1)
    question = house.room.dialogue.questions[1]
    assert (str(question.agency), question.public) == ("Ban Tiếp công dân", True)
