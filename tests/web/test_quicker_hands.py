"""Somebody was quicker while somebody else wrote: told how the question stands now, and every word is still there."""

from datetime import date

import pytest

from live import commands as do
from live.states import Outcome, RefusalReason
from live.states import QuestionState as Q
from server import clock
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.cards import DESK, ask, caught_up, queued, state
from tests.web.visits import count, opened, shown, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LATE = date(2027, 3, 12)
AT = "id => document.activeElement.id === id"
SENTENCE = "#work form[action$='/refuse'] [name=sentence]"


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def test_a_refusal_of_what_was_just_withdrawn_keeps_its_sentence(browser, house, cookie):
    ask(house, "Giá vàng ngày mai thế nào?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("r")
        page.get_by_label("Lý do").select_option("off_topic")
        page.locator(SENTENCE).fill("Lời tôi vừa viết.")
        house.send(do.Withdraw(1, "Người hỏi xin rút"), by=SECOND_MODERATOR)
        caught_up(page, house)
        page.get_by_role("button", name="Từ chối câu này").click()
        shown(page, "Câu số 1 hiện đã được người hỏi rút.")
        assert page.locator(SENTENCE).input_value() == "Lời tôi vừa viết."
        assert state(house, 1) is Q.WITHDRAWN


def test_a_move_before_what_was_just_locked_keeps_its_reason(browser, house, cookie):
    house.send(do.DeclareMixing(hall=2, online=1, reason="Hội trường đông"))
    queued(house, 3)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-3").focus()
        page.keyboard.press("t")
        form = page.locator("#work form[action$='/place']")
        form.locator("[name=before]").fill("1")
        form.locator("[name=reason]").fill("Người hỏi phải về sớm")
        house.send(do.PutOnDeck(1), by=SECOND_MODERATOR)
        caught_up(page, house)
        form.get_by_role("button").click()
        shown(page, "Câu số 1 hiện đang ở vị trí chuẩn bị.")
        assert form.locator("[name=reason]").input_value() == "Người hỏi phải về sớm"
        assert house.room.dialogue.queue == (2, 3)


def test_an_outcome_begun_for_what_has_left_the_floor_is_not_lost_and_not_given_to_the_next(browser, house, cookie):
    queued(house, 2)
    house.send(do.CallNext())
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("summary", has_text="Việc có thủ tục riêng").click()
        page.locator("#stage details[open] [name=sentence]").fill("Lời tôi đang viết cho người hỏi.")
        house.send(do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext(), by=SECOND_MODERATOR)
        count(page, "#stage[data-number='2']", 1)
        unsent = page.locator("outbox-list .mine")
        assert "câu số 1 vừa có việc tiếp theo" in unsent.inner_text()
        assert "Lời tôi đang viết cho người hỏi." in unsent.inner_text()
        assert "Máy chủ trả lời" not in unsent.inner_text()
        page.reload()
        shown(page, "Lời tôi đang viết cho người hỏi.")
        unsent.get_by_role("button").click()
        count(page, "outbox-list .mine", 0)


def test_whoever_types_on_when_the_field_has_gone_decides_nothing_by_it(browser, house, cookie):
    queued(house, 3)
    ask(house, "Câu chưa đọc?")
    house.send(do.CallNext())
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.clock.install()
        page.locator("summary", has_text="Vượt thẩm quyền").click()
        page.locator("#stage details[open] [name=agency]").press_sequentially("Sở")
        house.send(do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext(), by=SECOND_MODERATOR)
        count(page, "#stage[data-number='2']", 1)
        row = page.locator("outbox-list .mine")
        row.wait_for()
        page.wait_for_function("() => document.activeElement.matches('outbox-list .mine')")
        n = house.room.n
        for letter in "a1 nhc z":
            page.keyboard.press(letter if letter != " " else "Space")
        page.clock.run_for(1_000)
        assert (house.room.n, row.count()) == (n, 1)
        page.clock.run_for(3_000)
        page.keyboard.press("1")
        until(lambda: page.evaluate("1") and state(house, 2) is Q.ANSWERED, "keys to count again")


def test_an_officers_facts_are_not_lost_when_the_head_has_answered_first(browser, house):
    ask(house, "Bao giờ có nước?")
    house.send(do.Approve(1), do.Assign(1, "Phòng Kinh tế", LATE), do.CallNext())
    with visitor(browser, house, house.staff("can-bo", "agency", agency="Phòng Kinh tế"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/agency")
        field = page.get_by_label("Số liệu, căn cứ cho câu trả lời")
        field.fill("Đã có vốn, khởi công tháng 6")
        page.get_by_role("button", name="Đưa lên bàn chủ trì").click()
        until(lambda: house.room.dialogue.questions[1].dossier.prepared, "the first facts to be there")
        field.fill("Đã có vốn, khởi công tháng 6, xong tháng 12")
        house.send(do.GiveOutcome(1, Outcome.ANSWERED), by=SECOND_MODERATOR)
        unsent = page.locator("outbox-list .mine")
        unsent.wait_for()
        page.wait_for_function("() => document.activeElement.matches('outbox-list .mine')")
        assert "Đã có vốn, khởi công tháng 6, xong tháng 12" in unsent.inner_text()


def test_what_was_sent_and_taken_leaves_nothing_behind(browser, house, cookie):
    queued(house, 1)
    house.send(do.CallNext())
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("summary", has_text="Vượt thẩm quyền").click()
        part = page.locator("#stage details[open]")
        part.get_by_label("Chuyển đến").fill("Ủy ban nhân dân tỉnh")
        part.get_by_role("button", name="Ghi nơi chuyển").click()
        count(page, "#done > #q-1", 1)
        caught_up(page, house)
        assert page.locator("outbox-list .mine").count() == 0


def test_an_appeal_begun_on_a_phone_stays_when_the_question_is_read_again_meanwhile(browser, house):
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Giá vàng thế nào?"), by=seat)
    house.send(do.Refuse(1, RefusalReason.OFF_TOPIC, "Ngoài chủ đề"))
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}")
        form = page.locator("form[action$='/appeal']")
        form.evaluate("form => form.closest('details')?.setAttribute('open', '')")
        form.locator("textarea").fill("Giá vàng là việc của chợ xã mình")
        house.send(do.Reopen(1, "Đọc lại"), by=SECOND_MODERATOR)
        shown(page, "Giá vàng là việc của chợ xã mình")
        page.get_by_role("button", name="Đưa lại vào ô viết").click()
        assert page.locator("#ask-text").input_value() == "Giá vàng là việc của chợ xã mình"


def test_somebody_signed_out_in_the_middle_keeps_the_words_which_go_once_they_are_back(browser, house):
    ask(house, "Bao giờ có nước?")
    cookie = house.staff("mau", "moderator")
    with visitor(browser, house, cookie, **DESK) as context:
        context.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
        context.route("**/feed?**", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"/d/{house.code}/moderator?question=1&open=refuse")
        page.locator(SENTENCE).wait_for()
        page.get_by_label("Lý do").select_option("off_topic")
        page.locator(SENTENCE).fill("Lời tôi vừa viết.")
        house.run(house.parts.people.end_session(cookie["value"], clock.now()))
        page.get_by_role("button", name="Từ chối câu này").click()
        shown(page, "Phiên đăng nhập của bạn đã kết thúc nên chưa ghi gì.")
        assert page.locator(SENTENCE).input_value() == "Lời tôi vừa viết."
        assert state(house, 1) is Q.RECEIVED
        context.add_cookies([house.staff("mau-2", "moderator")])
        page.evaluate("() => dispatchEvent(new Event('online'))")
        until(lambda: page.evaluate("1") and state(house, 1) is Q.REFUSED, "it to be sent by itself", 30)
        assert str(house.room.dialogue.questions[1].closing) == "Lời tôi vừa viết."


def test_what_is_half_written_is_there_again_when_its_question_is_opened_again(browser, house, cookie):
    ask(house, "Bao giờ có nước?", "Bao giờ sửa cầu?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("r")
        page.get_by_label("Lý do").select_option("off_topic")
        page.locator(SENTENCE).fill("Lời tôi đang viết")
        page.keyboard.press("Escape")
        page.wait_for_function(AT, arg="q-1")
        page.keyboard.press("j")
        page.keyboard.press("r")
        page.locator("#work[data-number='2']").wait_for()
        assert page.locator(SENTENCE).input_value() == ""
        page.keyboard.press("Escape")
        page.wait_for_function(AT, arg="q-2")
        page.keyboard.press("k")
        page.keyboard.press("r")
        page.locator("#work[data-number='1']").wait_for()
        assert page.locator(SENTENCE).input_value() == "Lời tôi đang viết"
        assert page.get_by_label("Lý do").input_value() == "off_topic"
        page.get_by_role("button", name="Từ chối câu này").click()
        count(page, "#done > #q-1", 1)
        assert str(house.room.dialogue.questions[1].closing) == "Lời tôi đang viết"
        assert page.locator("outbox-list .mine").count() == 0


def test_half_written_over_older_words_it_is_refused_until_the_newer_ones_were_read(browser, house, cookie):
    ask(house, "Cau hoi goc?")
    house.send(do.Approve(1))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("e")
        page.get_by_label("Nội dung công khai").fill("Bản của tôi?")
        page.keyboard.press("Escape")
        house.send(do.Edit(1, "Bản của người khác?", 1), by=SECOND_MODERATOR)
        caught_up(page, house)
        page.keyboard.press("e")
        page.get_by_role("button", name="Lưu bản sửa").click()
        shown(page, "bản hiện tại là: “Bản của người khác?”")
        assert page.get_by_label("Nội dung công khai").input_value() == "Bản của tôi?"


def test_half_written_for_what_can_no_longer_be_refused_it_stands_in_the_list(browser, house, cookie):
    ask(house, "Giá vàng ngày mai thế nào?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("r")
        page.locator(SENTENCE).fill("Lời tôi đang viết")
        page.keyboard.press("Escape")
        house.send(do.Withdraw(1, "Người hỏi xin rút"), by=SECOND_MODERATOR)
        count(page, "#done > #q-1", 1)
        page.locator("#q-1").focus()
        page.keyboard.press("m")
        page.locator("#work[data-number='1']").wait_for()
        shown(page, "câu số 1 vừa có việc tiếp theo")
        assert "Lời tôi đang viết" in page.locator("outbox-list .mine").inner_text()
