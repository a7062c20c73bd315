"""The receipt page: every state in plain words, and what its asker may do from it without script."""

import pytest

from live import commands as do
from live.states import QuestionState
from tests.cast import BY_JUNE, CLERK, MODERATOR, SECOND_MODERATOR, TO_STATE
from tests.visitors import browser, citizen_cookie, staff_cookie

SAID = {
    QuestionState.RECEIVED: "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.",
    QuestionState.IN_REVIEW: "Người kiểm duyệt đang đọc câu này.",
    QuestionState.APPROVED: "Đã duyệt, đang chờ xếp vào hàng.",
    QuestionState.QUEUED: "Đã duyệt, đứng thứ 1 trong hàng chờ.",
    QuestionState.ON_DECK: "Sắp đến lượt, đứng thứ 1. Xin chuẩn bị.",
    QuestionState.ON_STAGE: "Đang được trả lời.",
    QuestionState.ANSWERED: "Đã được trả lời tại phiên.",
    QuestionState.PARTLY_ANSWERED: "Đã được trả lời một phần tại phiên.",
    QuestionState.WRITTEN_DUE: f"bằng văn bản trước ngày {BY_JUNE:%d/%m/%Y}. Nơi trả lời: Phòng Kinh tế.",
    QuestionState.FORWARDED_UP: "đã chuyển đến UBND tỉnh.",
    QuestionState.MERGED: "Đã gộp vào câu số 2",
    QuestionState.REFUSED: "Lý do: việc thuộc thủ tục khiếu nại, tố cáo hoặc thủ tục khác.",
    QuestionState.REROUTED: "được hướng dẫn gửi đến: Ban Tiếp công dân.",
    QuestionState.WITHDRAWN: "Đã rút theo ý người hỏi.",
}


@pytest.fixture
def phone(served, room):
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        yield phone


def asked(phone, text: str = "Bao giờ sửa cầu?") -> str:
    location = phone.post("/d/TEST01/do/ask", data={"text": text, "as": "phone"}).headers["location"]
    assert location.startswith("/r/")
    return str(location)


def sent(phone, command: str, receipt: str, **fields: str):
    """What the form on the receipt sends; its answer leads back there."""
    answer = phone.post(f"/d/TEST01/do/{command}", data={"as": "phone", "question": "1", "back": receipt, **fields})
    assert (answer.status_code, answer.headers["location"]) == (303, receipt)


@pytest.mark.parametrize("state", QuestionState)
def test_every_state_is_said_in_plain_words(served, room, phone, state):
    receipt = asked(phone)
    for command in TO_STATE[state][1:]:
        if isinstance(command, do.Ask):
            asked(phone, command.text)
        elif isinstance(command, do.Withdraw):
            sent(phone, "withdraw", receipt)
        else:
            served.run(room.handle(command, MODERATOR))
    assert room.dialogue.questions[1].state is state
    assert SAID[state] in phone.get(receipt).text


def test_words_are_added_from_the_receipt(served, room, phone):
    receipt = asked(phone)
    assert "Bổ sung cho câu này" in phone.get(receipt).text
    sent(phone, "add_to_question", receipt, text="Cả lan can cũng gãy.")
    assert "Cả lan can cũng gãy." in phone.get(receipt).text
    assert str(room.dialogue.questions[1].dossier.additions[0]) == "Cả lan can cũng gãy."


def test_a_refusal_is_appealed_from_the_receipt_once_and_then_approved_by_another(served, room, phone):
    receipt = asked(phone)
    served.run(room.handle(TO_STATE[QuestionState.REFUSED][1], MODERATOR))
    page = phone.get(receipt).text
    assert "Việc này đang được tòa án xét xử." in page
    assert "Gửi đề nghị" in page
    sent(phone, "appeal", receipt, text="Cầu không thuộc vụ án nào.")
    page = phone.get(receipt).text
    assert SAID[QuestionState.RECEIVED] in page
    assert "Cầu không thuộc vụ án nào." in page
    served.run(room.handle(do.Approve(1), SECOND_MODERATOR))
    assert SAID[QuestionState.QUEUED] in phone.get(receipt).text
    served.run(room.handle(TO_STATE[QuestionState.REFUSED][1], SECOND_MODERATOR))
    assert "Gửi đề nghị" not in phone.get(receipt).text


def test_pressing_twice_sends_once(served, room, phone):
    receipt = asked(phone)
    for _ in range(2):
        sent(phone, "add_to_question", receipt, text="Một lần thôi.", op="page-1-add")
    assert len(room.dialogue.questions[1].dossier.additions) == 1


def test_who_only_holds_the_receipt_reads_it_and_can_do_nothing(served, room, phone):
    receipt = asked(phone)
    served.run(room.handle(TO_STATE[QuestionState.REFUSED][1], MODERATOR))
    for cookie in ("", citizen_cookie(served, "Y Tuấn Niê")):
        with browser(served, cookie) as holder:
            page = holder.get(receipt).text
            assert SAID[QuestionState.REFUSED] in page
            assert "Chỉ máy đã gửi câu này mới đề nghị xem lại được." in page
            assert 'action="/d/' not in page
            appeal = {"as": "phone", "question": "1", "text": "Của tôi."}
            assert holder.post("/d/TEST01/do/appeal", data=appeal).status_code == 409
    assert not room.dialogue.questions[1].dossier.appealed


def test_who_was_not_there_when_called_reads_it_on_the_receipt(served, room):
    served.run(room.handle(do.Ask("Bao giờ có nước?"), CLERK))
    for command in (do.Approve(1), do.CallNext(), do.ReturnToQueue(1, absent=True)):
        served.run(room.handle(command, MODERATOR))
    with browser(served) as asker:
        told = asker.get(f"/r/{room.dialogue.questions[1].receipt}").text
    assert "mà không thấy người hỏi. Câu vẫn đứng thứ 1 trong hàng chờ." in told
    with browser(served, staff_cookie(served, "moderator")) as moderator:
        assert "không có mặt lúc" in moderator.get("/d/TEST01/moderator").text
