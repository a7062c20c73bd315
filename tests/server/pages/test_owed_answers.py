"""Answers owed in writing on pages: at the agency's desk, on the record, among the commitments, on the receipt."""

import pytest

from live import commands as do
from live.refusals import Refused
from live.states import CommitmentState, DialogueState, MinutesState, Outcome, Signatory
from tests.cast import BY_JUNE, CHAIR, CLERK, MODERATOR, SECRETARY
from tests.visitors import browser, staff_cookie

AGENCY = "Phòng Kinh tế"
OVER = "quá hạn"


def send(served, room, *commands, by=MODERATOR):
    for command in commands:
        assert not isinstance(served.run(room.handle(command, by)), Refused), command


@pytest.fixture
def owed(served, room):
    send(served, room, do.Ask("Bao giờ sửa cầu?"), by=CLERK)
    send(served, room, do.Approve(1), do.CallNext())
    send(served, room, do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency=AGENCY, due=BY_JUNE))
    return room


def published(served, room):
    for to in (DialogueState.CLOSING, DialogueState.CLOSED):
        send(served, room, do.MoveDialogue(to))
    send(served, room, do.MoveMinutes(MinutesState.CHECKED), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.APPROVED), by=CHAIR)
    send(served, room, do.SignMinutes(Signatory.SECRETARY, "Vũ Ngọc Mai"), by=SECRETARY)
    send(served, room, do.SignMinutes(Signatory.CHAIR, "Đỗ Minh Quang"), by=CHAIR)
    send(served, room, do.MoveMinutes(MinutesState.PUBLISHED), by=SECRETARY)


def read(served, address, cookie=""):
    with browser(served, cookie) as person:
        return person.get(address).text


def test_it_is_on_its_agencys_desk_and_reported_from_there_without_script(served, owed):
    cookie = staff_cookie(served, "agency", agency="phòng kinh tế")
    with browser(served, cookie) as person:
        page = person.get("/d/TEST01/agency").text
        assert "mine-answer-1" in page
        assert "Đã gửi văn bản trả lời" not in page, "beside “not yet answered” it would be read as done"
        assert f'<due-day data-day="{BY_JUNE}"' in page
        sent = {"as": "agency", "question": "1", "note": "Công văn số 12", "link": "https://eamo.example/12"}
        assert person.post("/d/TEST01/do/report_answer", data=sent).status_code == 303
        assert "Đã gửi văn bản trả lời" in person.get("/d/TEST01/agency").text
    receipt = str(owed.dialogue.questions[1].receipt)
    page = read(served, f"/r/{receipt}")
    assert "Công văn số 12" in page
    assert "Đã được trả lời bằng văn bản" in page
    assert "Sẽ được trả lời" not in page
    assert 'href="https://eamo.example/12"' in page


def test_it_is_listed_for_everybody_once_published_and_counted_with_the_promises(served, owed):
    assert "Bao giờ sửa cầu?" not in read(served, "/commitments")
    published(served, owed)
    for address in ("/commitments", "/commitments?show=overdue", "/d/TEST01/record"):
        page = read(served, address)
        assert "Bao giờ sửa cầu?" in page, address
        assert OVER in page, address
    assert '<a href="/commitments?show=kept">Đã giữ lời <span class="count">0</span>' in read(served, "/commitments")
    send(served, owed, do.ReportAnswer(1, "Công văn số 12"), by=SECRETARY)
    page = read(served, "/commitments?show=kept")
    assert "Công văn số 12" in page
    assert OVER not in page
    assert "Bao giờ sửa cầu?" not in read(served, "/commitments?show=due")


def test_a_promise_that_is_kept_and_an_answer_that_is_owed_are_told_apart(served, owed):
    send(served, owed, do.NoteCommitment("Sửa cầu", AGENCY, BY_JUNE), by=SECRETARY)
    send(served, owed, do.MoveCommitment(1, CommitmentState.READ_BACK), by=SECRETARY)
    published(served, owed)
    page = read(served, "/commitments")
    assert page.index("Sửa cầu") < page.index("Câu hỏi hẹn trả lời bằng văn bản") < page.index("Bao giờ sửa cầu?")


def test_work_is_offered_to_agencies_with_an_account_and_others_are_said_to_have_none(served, owed):
    cookie = staff_cookie(served, "moderator")
    unreached = "Chưa có tài khoản nào của Phòng Kinh tế"
    assert unreached in read(served, "/d/TEST01/moderator?question=1", cookie)
    staff_cookie(served, "agency", agency="Phòng  Kinh Tế")
    page = read(served, "/d/TEST01/moderator?question=1", cookie)
    assert unreached not in page
    assert '<option value="Phòng  Kinh Tế" data-account>' in page or 'value="Phòng Kinh Tế" data-account' in page
    assert '<option value="Phòng Kinh tế">' not in page, "the same agency is offered once"
