"""Two moderators at one queue, in two browsers: neither treads on the other, and each can take back the own acts."""

import pytest

from live import commands as do
from live.states import QuestionState as Q
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.cards import DESK, ask, state
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def test_ones_last_act_is_undone_by_a_key_and_the_other_sees_it_too(browser, house, cookie):
    ask(house, "Bao giờ sửa cầu?", "Bao giờ có nước?")
    with (
        visitor(browser, house, cookie, **DESK) as mine,
        visitor(browser, house, house.staff("hai", "moderator"), **DESK) as others,
    ):
        page, other = (opened(one, f"/d/{house.code}/moderator") for one in (mine, others))
        page.keyboard.press("a")
        shown(page, "Đã duyệt câu số 1")
        count(other, "#queue > #q-1", 1)
        count(other, "#mine > li", 0)
        page.keyboard.press("z")
        count(page, "#review > #q-1", 1)
        count(other, "#review > #q-1", 1)
        count(page, "#mine > li", 0)
        assert state(house, 1) is Q.RECEIVED


def test_what_another_has_gone_on_with_offers_no_undoing(browser, house, cookie):
    ask(house, "Bao giờ sửa cầu?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("a")
        shown(page, "Đã duyệt câu số 1")
        house.send(do.PutOnDeck(1), by=SECOND_MODERATOR)
        shown(page, "đã có việc tiếp theo")
        assert page.locator("#mine button").count() == 0


def test_several_are_picked_by_keys_and_each_is_an_act_of_its_own(browser, house, cookie):
    ask(house, "Câu một?", "Câu hai?", "Câu ba?", "Câu bốn?")
    house.send(do.StartReview(3), by=SECOND_MODERATOR)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for key in "jxjxjx":
            page.keyboard.press(key)
        shown(page, "Đã chọn 3 câu")
        page.locator("#bulk").get_by_role("button", name="Duyệt, xếp hàng").click()
        shown(page, "Xong 2 trong 3 câu.")
        assert [state(house, n) for n in (1, 2, 3, 4)] == [Q.QUEUED, Q.QUEUED, Q.IN_REVIEW, Q.RECEIVED]
        assert "3: Phan Văn Sơn đang giữ câu này" in page.locator(".bulk__said").inner_text()
        assert page.locator(".pick:checked").count() == 1, "what was refused stays picked"
        page.get_by_role("button", name="Hoàn tác cả loạt").click()
        until(lambda: [state(house, n) for n in (1, 2)] == [Q.RECEIVED, Q.RECEIVED], "both to be taken back")


def test_a_label_and_a_merge_of_several_go_out_together(browser, house, cookie):
    ask(house, "Cầu?", "Cầu Ea Mô?", "Cầu gãy?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for number in (2, 3):
            page.locator(f"#q-{number} .pick").check()
        page.get_by_text("Gộp…").click()
        page.locator("#bulk [name=into]").fill("1")
        page.locator("#bulk").get_by_role("button", name="Gộp", exact=True).click()
        shown(page, "Xong 2 trong 2 câu.")
        assert house.room.dialogue.questions[1].merged == (2, 3)


def test_a_merged_question_comes_back_to_its_own_place_in_the_queue(browser, house, cookie):
    ask(house, *(f"Câu {n} hỏi gì?" for n in range(1, 5)))
    house.send(*(do.Approve(n) for n in range(1, 5)), do.Merge(2, into=4))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        shown(page, "gồm cả câu số 2")
        page.locator("#done > #q-2").focus()
        page.locator("#q-2").get_by_role("button", name="Tách ra").click()
        in_queue = "[...document.querySelectorAll('#queue > li:not([data-ghost])')]"
        page.wait_for_function(f"() => {in_queue}.map(one => one.dataset.card).join() === '1,2,3,4'")
        assert page.get_by_text("gồm cả câu số").count() == 0


def test_the_lead_shows_what_is_merged_into_it_and_parts_it_from_there(browser, house, cookie):
    ask(house, "Nước máy đục, khi nào sạch?", "Trường xa quá, có xe không?")
    house.send(do.Merge(2, into=1))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-1").focus()
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        merged = page.locator("#work .alike__one", has_text="Trường xa quá")
        merged.get_by_role("button", name="Tách ra").click()
        count(page, "#review > #q-2", 1)
        assert house.room.dialogue.questions[1].merged == ()


def test_what_others_do_waits_until_the_dragged_card_is_dropped(browser, house, cookie):
    ask(house, *(f"Câu {n} hỏi gì?" for n in range(1, 6)))
    house.send(*(do.Approve(n) for n in range(1, 6)))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        before, target = (page.locator(f"#q-{n}").bounding_box() for n in (4, 2))
        assert before, "it is on the page"
        assert target, "so is the other"
        page.mouse.move(before["x"] + 150, before["y"] + 8)
        page.mouse.down()
        page.mouse.move(before["x"] + 150, before["y"] - 4, steps=3)
        page.locator("#q-4.sortable-chosen, .sortable-ghost").first.wait_for()
        house.send(do.SetAside(1), do.Label(5, "nước"), by=SECOND_MODERATOR)
        page.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n}")
        assert page.locator("#queue > #q-1").count() == 1, "nothing goes from under the hand"
        page.mouse.move(target["x"] + 150, target["y"] + 2, steps=5)
        page.mouse.up()
        count(page, "#approved > #q-1", 1)
        until(lambda: house.room.dialogue.queue.index(4) < 2, "the server to know where it was dropped")


def test_closing_asks_for_a_decision_on_each_and_the_numbers_add_up(browser, house, cookie):
    ask(house, "Câu một?", "Câu hai?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        desk = context.new_page()
        desk.goto(f"/d/{house.code}/desk")
        desk.locator("button[value=closing], form:has([value=closing]) button").first.click()
        desk.locator("button[value=closed], form:has([value=closed]) button").first.click()
        shown(desk, "Còn 2 câu chưa có kết quả")
        house.send(do.Approve(1))
        house.send(do.CallNext(), by=SECOND_MODERATOR)
        count(page, "#stage[data-number='1']", 1)
        page.keyboard.press("1")
        count(page, "#done > #q-1", 1)
        house.send(do.Reroute(2, "Ban Tiếp công dân", "Xin gửi đơn đến Ban Tiếp công dân."))
        count(page, "#done > li", 2)
        numbers = page.locator("#reckoning dd").all_inner_texts()
        assert int(numbers[0]) == sum(map(int, numbers[1:]))
        assert numbers[:2] == ["2", "0"]
        desk.goto(f"/d/{house.code}/desk")
        desk.locator("button[value=closed], form:has([value=closed]) button").first.click()
        until(lambda: house.room.dialogue.state.value == "closed", "the dialogue to be closed")
