"""What a moderator presses stays where it is seen, does what it says, and is never about words that were not read."""

from collections.abc import Callable
from datetime import date

import pytest

from live import commands as do
from live.states import Outcome
from live.states import QuestionState as Q
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.cards import DESK, ask, state
from tests.web.visits import opened, shown, visitor, while_it_runs

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def pressed_by_mouse(page, button):
    """A finger that goes down and up at one place, wherever the button is meanwhile."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()


def test_a_hint_that_comes_when_a_field_is_left_takes_no_button_away(browser, house, cookie):
    ask(house, "Bao giờ có nước?")
    house.send(do.Approve(1), do.CallNext())
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("summary", has_text="Vượt thẩm quyền").click()
        part = page.locator("#stage details[open]")
        part.get_by_label("Chuyển đến").fill("Ủy ban nhân dân tỉnh")
        pressed_by_mouse(page, part.get_by_role("button", name="Ghi nơi chuyển"))
        until(lambda: state(house, 1) is Q.FORWARDED_UP, "the first press to count")


def test_the_rules_leave_the_lists_in_sight_and_are_closed_by_the_mouse(browser, house, cookie):
    ask(house, "Bao giờ có nước?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        name = page.locator("#rules > summary")
        name.click()
        page.locator("#rules [name=reason]").first.wait_for()
        heights = page.locator(".column").evaluate_all("all => all.map(one => one.clientHeight)")
        assert min(heights) >= 100, heights
        name.click()
        page.locator("#rules [name=reason]").first.wait_for(state="hidden")


def test_a_question_opens_at_its_heading_on_a_phone(browser, house, cookie):
    ask(house, "Bao giờ có nước?")
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for act in ("Thêm…", "Từ chối…"):
            page.locator("#q-1").get_by_role("link", name=act).click()
            page.locator("#work-title").wait_for()
            assert page.locator("#work-dialog").evaluate("dialog => dialog.scrollTop") == 0, act
            page.locator("#work").get_by_text("Đóng").click()


def test_the_round_knob_of_a_tab_is_never_seen(browser, house, cookie):
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator(".parts__one", has_text="Hàng chờ").click()
        page.locator(".parts__one :checked[value=queue]").focus()
        box = page.locator(".parts__one :checked[value=queue]").bounding_box()
        assert box, "it is there for whoever uses a keyboard"
        assert box["width"] <= 1


def test_marks_on_a_row_end_in_dots_and_not_in_half_a_letter(browser, house, cookie):
    ask(house, "Bao giờ trả tiền đất?", "Bao giờ có nước?", "Nước máy đục?", "Trường ở đâu?")
    house.send(
        do.Edit(2, "Bao giờ có nước sạch?", 1), do.Assign(2, "Sở Xây dựng", date(2027, 3, 12)), do.Merge(3, into=2)
    )
    house.send(do.Approve(4), do.CallNext(), do.GiveOutcome(4, Outcome.PARTLY_ANSWERED))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.evaluate("document.activeElement.blur()")
        rows = "#done .staff-card__marks > *, #review > li:nth-child(2) .staff-card__marks > *"
        cut = page.locator(rows).evaluate_all(
            """all => all.filter(one => one.checkVisibility()).filter(one =>
                one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1
                || (one.scrollWidth > one.clientWidth && getComputedStyle(one).textOverflow !== "ellipsis"))
              .map(one => one.innerText)"""
        )
        assert cut == []


def test_whoever_calls_the_next_second_keeps_no_button_that_can_only_be_refused(browser, house, cookie):
    ask(house, "Bao giờ có nước?", "Bao giờ sửa cầu?")
    house.send(do.Approve(1), do.Approve(2))
    with visitor(browser, house, cookie, **DESK) as context:
        held: list[Callable[[], None]] = []

        def relay(near):
            far = near.connect_to_server()
            far.on_message(near.send)
            near.on_message(
                lambda frame: held.append(lambda: far.send(frame)) if '"call_next"' in frame else far.send(frame)
            )

        context.route_web_socket("**/live**", relay)
        page = opened(context, f"/d/{house.code}/moderator")
        page.get_by_role("button", name="Mời câu tiếp theo").click()
        while_it_runs(page, lambda: held, "the press to be on its way")
        house.send(do.CallNext(), by=SECOND_MODERATOR)
        shown(page, "Bắt đầu tính giờ hỏi")
        held[0]()
        shown(page, "Người khác vừa chuyển câu trên màn hình")
        assert page.get_by_role("button", name="Mời câu tiếp theo").count() == 0
        assert house.room.dialogue.turn.question == 1


def test_words_changed_while_the_question_lies_open_are_read_before_they_are_approved(browser, house, cookie):
    ask(house, "Bao giờ có nước?")
    house.send(do.StartReview(1), by=SECOND_MODERATOR)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-1").focus()
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        page.locator("#work-title").wait_for()
        house.send(do.Edit(1, "Bao giờ có nước sạch ở thôn 3?", 1), do.ReleaseReview(1), by=SECOND_MODERATOR)
        approve = page.locator("#work").get_by_role("button", name="Duyệt, xếp hàng")
        approve.click()
        shown(page, "“Bao giờ có nước sạch ở thôn 3?”")
        assert state(house, 1) is Q.RECEIVED
        approve.click()
        until(lambda: state(house, 1) is Q.QUEUED, "what is known now to be approved")
