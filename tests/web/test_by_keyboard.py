"""Desks led by the keyboard alone, in a real browser: from the top of the page, no mouse, no press by script."""

from datetime import date

import pytest

from live import commands as do
from live.states import DialogueState, Outcome, Overlay, QuestionState
from tests.cast import BY_JUNE, CHAIR, MODERATOR, SECRETARY
from tests.waiting import until
from tests.web.keys import DESK, Keys, at_desk
from tests.web.visits import count, opened, shown, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
AGENCY = "Phòng Kinh tế"


@pytest.fixture
def three(house):
    house.send(*(do.Ask(f"Câu {n} hỏi gì?") for n in (1, 2, 3)), by=house.clerk)
    house.send(*(do.Approve(n) for n in (1, 2, 3)))


def question(house, number):
    return house.room.dialogue.questions[number]


def test_the_chair_calls_counts_and_closes_a_question(browser, house, three):
    with at_desk(browser, house, "chair", house.staff("chutri", "chair")) as keys:
        page = keys.page
        keys.to("Mời câu tiếp theo")
        keys.press("Enter")
        count(page, "#stage[data-number='1']", 1)
        keys.still_here()
        keys.to("Bắt đầu tính giờ hỏi")
        keys.press("Enter")
        count(page, "#stage[data-turn=speaking]", 1)
        keys.still_here()
        before = house.room.dialogue.turn.limit
        keys.to("Thêm 1 phút")
        keys.press("Enter")
        until(lambda: (house.room.dialogue.turn.limit - before).seconds == 60, "the minute more")
        keys.still_here()
        keys.to("Trả lời một phần")
        keys.press("Space")
        count(page, "#stage[data-number='']", 1)
        keys.still_here()
        assert question(house, 1).state is QuestionState.PARTLY_ANSWERED
        keys.to("Hoàn tác Đã ghi kết quả câu số 1")
        keys.press("Enter")
        count(page, "#stage[data-number='1']", 1)
        keys.still_here()


def test_the_chair_promises_a_written_answer_and_stops_new_questions(browser, house, three):
    house.send(do.CallNext())
    with at_desk(browser, house, "chair", house.staff("chutri", "chair")) as keys:
        page = keys.page
        keys.to("Tạm ngừng nhận câu hỏi")
        keys.press("Enter")
        shown(page, "Đang tạm ngừng nhận câu hỏi mới.")
        keys.still_here()
        keys.to("Hẹn trả lời bằng văn bản")
        keys.press("Enter")
        keys.to("Cơ quan trả lời")
        keys.write(AGENCY)
        keys.press("Tab")
        page.keyboard.type("03032027")  # the same whether the day or the month comes first
        keys.to("Ghi lời hẹn")
        keys.press("Enter")
        count(page, "#stage[data-number='']", 1)
        keys.still_here()
        assert question(house, 1).due == date(2027, 3, 3)


def test_the_chair_writes_a_note_and_acknowledges_a_message(browser, house, three):
    house.send(do.CallNext(), do.SendMessage("Còn năm phút."))
    with at_desk(browser, house, "chair", house.staff("chutri", "chair")) as keys:
        page = keys.page
        keys.to("Đã đọc Còn năm phút.")
        keys.press("Enter")
        count(page, "#messages > li", 0)
        keys.still_here()
        keys.to("Ghi chú cho một câu")
        keys.press("Enter")
        keys.to("Chỉ người kiểm duyệt và người chủ trì thấy")
        keys.write("Hỏi lại Sở về vốn.")
        house.send(do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext())  # the stage goes on under the writing
        count(page, "#stage[data-number='2']", 1)
        keys.to("Ghi", whole=True)
        keys.press("Enter")
        until(lambda: len(question(house, 1).dossier.notes) == 1, "the note on the question it was begun for")
        assert (str(question(house, 1).dossier.notes[0].text), question(house, 2).dossier.notes) == (
            "Hỏi lại Sở về vốn.",
            (),
        )
        page.wait_for_function("() => document.querySelector('#note-form [name=question]').value === '2'")
        keys.to("Chỉ người kiểm duyệt và người chủ trì thấy", by="Shift+Tab")
        keys.write("Mời đọc công văn 12.")
        keys.to("Ghi", whole=True)
        keys.press("Enter")
        page.locator("#prepared-2", has_text="Mời đọc công văn 12.").wait_for()
        keys.to("Gạch Mời đọc công văn 12.", by="Shift+Tab")
        keys.press("Enter")
        count(page, "#prepared-2", 0)
        keys.still_here()


def test_an_agency_prepares_a_note_and_reports_a_written_answer(browser, house, three):
    house.send(do.Assign(1, AGENCY, BY_JUNE), do.GiveOutcome(2, Outcome.WRITTEN_DUE, agency=AGENCY, due=BY_JUNE))
    with at_desk(browser, house, "agency", house.staff("coquan", "agency", agency=AGENCY)) as keys:
        page = keys.page
        keys.to("Số liệu, căn cứ cho câu trả lời câu số 1")
        keys.write("Đã bố trí 2,4 tỷ.")
        keys.to("Đưa lên bàn")
        assert keys.heard()[1].endswith(" câu số 1")
        keys.press("Enter")
        until(lambda: str(question(house, 1).dossier.prepared) == "Đã bố trí 2,4 tỷ.", "the note before the chair")
        keys.still_here()
        keys.to("Báo đã gửi văn bản câu số 2")
        keys.press("Enter")
        keys.to("Văn bản nào, gửi cho ai, ngày nào")
        keys.write("Công văn 12/PKT ngày 02/03/2026.")
        keys.to("Ghi là đã gửi")
        keys.press("Enter")
        page.locator("#mine").get_by_text("Đã gửi văn bản trả lời, ghi ngày").wait_for()
        keys.still_here()
        assert question(house, 2).answer is not None


def test_a_clerk_types_in_what_was_said_reads_it_back_and_prints_the_slip(browser, house):
    with visitor(browser, house, house.staff("nga", "clerk"), **DESK) as context:
        context.add_init_script("window.print = () => { window.printed = true }")
        page = opened(context, f"/d/{house.code}/clerk")
        keys = Keys(page)
        keys.to("phiếu hội trường")
        keys.press("ArrowDown", "ArrowDown")
        assert keys.heard()[1] == "điện thoại"
        keys.to("Nội dung câu hỏi")
        keys.write("Bao giờ sửa cầu Ea Mô?")
        keys.to("Họ tên")
        keys.write("Bà Sáu")
        keys.to("Gửi câu hỏi")
        keys.press("Enter")
        shown(page, "Hãy đọc lại cho người hỏi nghe rồi đánh dấu")
        keys.to("Đã đọc lại cho người hỏi nghe", by="Shift+Tab")
        keys.press("Space")
        keys.to("Gửi câu hỏi")
        keys.press("Enter")
        page.locator("#q-1").wait_for()
        page.wait_for_function("() => document.activeElement.id === 'ask-text'")
        keys.to("In giấy hẹn câu số 1")
        keys.press("Enter")
        page.wait_for_url("**/slip/1")
        page.wait_for_function("() => document.activeElement.matches('[data-print]')")
        keys.press("Enter")
        assert page.evaluate("() => window.printed")
        keys.to("Về trang nhập câu hỏi")
        keys.press("Enter")
        page.wait_for_url("**/clerk")
    asked = question(house, 1)
    assert (str(asked.name), asked.read_back, asked.channel.value) == ("Bà Sáu", True, "phone_call")


def test_the_hall_screen_is_led_from_the_desk_and_at_the_projector(browser, house, three):
    with (
        visitor(browser, house, house.staff("chutri", "chair"), **DESK) as leading,
        visitor(browser, house, house.staff("man", "stage"), viewport={"width": 1920, "height": 1080}) as projecting,
    ):
        desk, screen = opened(leading, f"/d/{house.code}/chair"), opened(projecting, f"/d/{house.code}/stage")
        keys, hands = Keys(desk), Keys(screen)
        size = "() => parseFloat(getComputedStyle(document.querySelector('.hall__side h2')).fontSize)"
        before = screen.evaluate(size)
        keys.to("Màn hình hội trường")
        keys.press("Enter")
        keys.to("Chữ 120 %")
        keys.press("Enter")
        count(screen, "#board[data-percent='120']", 1)
        assert screen.evaluate(size) == pytest.approx(1.2 * before, rel=0.01)
        keys.still_here()
        keys.to("Lời trên màn hình hội trường")
        keys.write("Nghỉ đến 9 giờ")
        keys.press("Enter")
        screen.locator(".board__text").get_by_text("Nghỉ đến 9 giờ").wait_for()
        keys.to("Cất đi, hiện lại câu hỏi", by="Shift+Tab")
        keys.press("Enter")
        count(screen, "#board[data-overlay=none]", 1)
        keys.still_here()
        keys.to("Dừng màn hình")
        keys.press("Enter")
        shown(desk, "Màn hình hội trường đang dừng")
        keys.still_here()
        hands.to("Dừng màn hình (F)")
        hands.press("Enter")
        count(screen, "[data-freeze][aria-pressed=true]", 1)
        hands.press("f")
        count(screen, "[data-freeze][aria-pressed=false]", 1)
        hands.to("Phụ đề to hơn (+)")
        hands.still_here()
    assert house.room.dialogue.hall.percent == 120


def test_the_secretary_mends_a_line_keeps_it_out_and_stops_the_captions(browser, house):
    house.send(do.StartRecording("hall"), by=SECRETARY)
    house.send(do.WriteLine("Con duong hong roi."), do.WriteLine("Số nhà tôi là 12."), by=SECRETARY)
    with at_desk(browser, house, "transcript", house.staff("thuky", "secretary")) as keys:
        page = keys.page
        first, second = house.room.dialogue.lines
        keys.to(f"Dòng {first}, lời ghi lúc")
        keys.press("Control+a")
        keys.write("Con đường hỏng rồi.")
        keys.press("Enter")
        until(lambda: str(house.room.dialogue.lines[first].text) == "Con đường hỏng rồi.", "the mended line")
        keys.still_here()
        keys.to(f"khác… dòng {second}")
        keys.press("Enter")
        page.locator("#work-dialog[open]").wait_for()
        keys.to("Gạch bỏ dòng này")
        keys.press("Enter")
        count(page, f"#line-{second}[data-struck]", 1)
        count(page, "dialog[open]", 0)
        keys.still_here()
        keys.to("Ngừng phụ đề công khai")
        keys.press("Enter")
        shown(page, "Phụ đề đang tắt")
        keys.still_here()
        keys.to("Hiện lại phụ đề")
        keys.press("Enter")
        count(page, ".standing__captions", 0)
        keys.to("Lời nói", whole=True)
        keys.write("Cảm ơn bà con.")
        keys.press("Enter")
        count(page, "#lines > [data-line]", 3)
        keys.still_here()
    assert house.room.dialogue.lines[second].struck


def test_a_dialogue_is_closed_with_a_decision_for_each_question(browser, house, three):
    house.send(do.MoveDialogue(DialogueState.CLOSING), by=CHAIR)
    with at_desk(browser, house, "closing", house.staff("tochuc", "organiser")) as keys:
        page = keys.page
        for number in (1, 2, 3):
            keys.to(f"Câu {number}", whole=True)
            keys.press("Space")
        keys.to("Quyết định", whole=True)
        keys.press("ArrowDown")
        keys.to("Cơ quan trả lời, hoặc nơi nhận")
        keys.write("UBND tỉnh")
        keys.to("Ghi quyết định")
        keys.press("Enter")
        shown(page, "Đã quyết định 3 câu.")
        keys.still_here()
        keys.follow("Về trang Thiết lập", "**/desk")
        keys.to("Kết thúc phiên")
        keys.press("Enter")
        until(lambda: house.room.dialogue.state is DialogueState.CLOSED, "the dialogue to be closed")
    assert {question(house, n).state for n in (1, 2, 3)} == {QuestionState.FORWARDED_UP}


def test_another_question_on_the_stage_is_told_to_whoever_listens(browser, house, three):
    house.send(do.ShowOverlay(Overlay.BREAK), by=MODERATOR)
    with visitor(browser, house, house.staff("chutri", "chair"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/chair")
        told = page.locator("#stage-aloud[role=status]")
        assert told.inner_text() == "", "what stands there when the page opens is read with the page"
        house.send(do.CallNext())
        page.wait_for_function("() => document.getElementById('stage-aloud').textContent === 'Câu số 1. Câu 1 hỏi gì?'")
        house.send(do.GiveOutcome(1, Outcome.ANSWERED))
        page.wait_for_function("() => document.getElementById('stage-aloud').textContent.startsWith('Chưa có câu nào')")
