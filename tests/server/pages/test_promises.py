"""A promise on its pages: taken at three desks, reported at the agency's, read by everybody once it may be."""

import io
import re
from datetime import date

import docx
import pytest

from live import commands as do
from live.refusals import Refused
from live.states import CommitmentState, DialogueState, MinutesState, Outcome, Signatory
from tests.cast import CHAIR, CLERK, MODERATOR, SECRETARY
from tests.visitors import browser, citizen_cookie, staff_cookie

OFFICER, RECORD = "Ông Lê Văn Ví Dụ, Trưởng phòng", "Biên bản nghiệm thu"
LINK = "https://eamo.example/cau?trang=1&anh=2"
PAGES = {"secretary": "transcript", "moderator": "moderator", "chair": "chair"}
SAID = {"text": "Sửa cầu", "agency": "Phòng Kinh tế", "person": OFFICER, "due": "2026-06-30", "evidence": RECORD}
READ_BACK = {"commitment": "1", "to": "read_back"}


def send(served, room, *commands, by=MODERATOR):
    for command in commands:
        assert not isinstance(served.run(room.handle(command, by)), Refused), command


def note(served, room, question=None):
    send(served, room, do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", date(2026, 6, 30), question, OFFICER, RECORD))


def move(served, room, *states):
    for state in states:
        note, link = ("Đã đổ <mố> cầu", LINK) if state is CommitmentState.EVIDENCE_GIVEN else ("", "")
        send(served, room, do.MoveCommitment(1, state, note, link), by=SECRETARY)


KEPT = (
    CommitmentState.READ_BACK,
    CommitmentState.IN_MINUTES,
    CommitmentState.IN_PROGRESS,
    CommitmentState.EVIDENCE_GIVEN,
    CommitmentState.CONFIRMED,
)


@pytest.mark.parametrize("role", list(PAGES))
def test_a_promise_is_taken_and_read_back_at_each_desk_without_script(served, room, role):
    back = f"/d/TEST01/{PAGES[role]}"
    with browser(served, staff_cookie(served, role)) as person:
        page = person.get(back).text
        assert {'name="person"', 'name="evidence"', "tên hiện công khai"} <= set(
            re.findall(r'name="person"|name="evidence"|tên hiện công khai', page)
        )
        sent = person.post("/d/TEST01/do/note_commitment", data={"as": role, "back": back, **SAID})
        assert (sent.status_code, sent.headers["location"].partition("?")[0]) == (303, back)
        page = person.get(back).text
        assert OFFICER in page
        assert f"Bằng chứng đã hẹn: <span>{RECORD}</span>" in page
        assert "Đã đọc lại trước hội trường" in page
        assert person.post("/d/TEST01/do/move_commitment", data={"as": role, **READ_BACK}).status_code == 303
    assert room.dialogue.commitments[1].state is CommitmentState.READ_BACK


@pytest.mark.parametrize("role", ["clerk", "agency"])
def test_nobody_else_takes_a_promise(served, room, role):
    cookie = staff_cookie(served, role, agency="Phòng Kinh tế" if role == "agency" else "")
    with browser(served, cookie) as person:
        sent = person.post(
            "/d/TEST01/do/note_commitment", data={"as": role, **SAID}, headers={"Accept": "application/json"}
        )
    assert sent.json()["code"] == "not_allowed"
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        citizen.post("/d/TEST01/do/note_commitment", data={"as": "phone", **SAID})
    assert not room.dialogue.commitments


def test_an_agency_reports_with_an_address_and_another_kind_of_address_is_refused_in_words(served, room):
    note(served, room)
    move(served, room, *KEPT[:3])
    report = {"as": "agency", "commitment": "1", "to": "evidence_given", "note": ""}
    with browser(served, staff_cookie(served, "agency", agency="Phòng Kinh tế")) as person:
        refused = person.post(
            "/d/TEST01/do/move_commitment",
            data=report | {"link": "http://eamo.example"},
            headers={"Accept": "application/json"},
        )
        assert refused.json()["code"] == "not_a_link"
        assert "https://" in refused.json()["say"]
        assert person.post("/d/TEST01/do/move_commitment", data=report | {"link": LINK}).status_code == 303
    assert str(room.dialogue.commitments[1].link) == LINK


def test_a_promise_that_is_not_in_the_minutes_yet_says_who_has_to_act(served, room):
    note(served, room)
    send(served, room, do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    secretary, chair = staff_cookie(served, "secretary"), staff_cookie(served, "chair")
    agency = staff_cookie(served, "agency", agency="Phòng Kinh tế")
    for states, waits in (((), True), (KEPT[:1], True), (KEPT[1:2], False)):
        move(served, room, *states)
        for cookie, path, words in (
            (secretary, "minutes", "Còn 1 cam kết chưa được bấm “Đưa vào biên bản”"),
            (agency, "agency", "Cơ quan báo cáo được khi thư ký đã đưa cam kết này vào biên bản."),
        ):
            with browser(served, cookie) as person:
                assert (words in person.get(f"/d/TEST01/{path}").text) is waits, (path, states)
    with browser(served, chair) as person:
        page = person.get("/d/TEST01/minutes").text
        assert "Thư ký đang soạn" in page
        assert "/transcript" not in page, "a page that the chair cannot open"


def test_whoever_signs_is_offered_their_own_name_and_not_the_line_of_the_notice(served, room):
    send(served, room, do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    send(served, room, do.MoveMinutes(MinutesState.CHECKED), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.APPROVED), by=CHAIR)
    for role in ("secretary", "chair"):
        with browser(served, staff_cookie(served, role)) as person:
            assert f'name="name" value="Nhân vật {role}"' in person.get("/d/TEST01/minutes").text


def asked_and_promised(served, room):
    """A promise about question 1; its receipt."""
    send(served, room, do.Ask("Bao giờ sửa cầu?"), by=CLERK)
    send(served, room, do.Approve(1), do.CallNext())
    note(served, room, 1)
    return str(room.dialogue.questions[1].receipt)


def test_a_receipt_tells_what_was_promised_as_soon_as_the_hall_heard_it(served, room):
    receipt = asked_and_promised(served, room)
    with browser(served) as holder:
        assert "Sửa cầu" not in holder.get(f"/r/{receipt}").text
        move(served, room, *KEPT[:1])
        page = holder.get(f"/r/{receipt}").text
    assert "Cam kết về câu hỏi này" in page
    assert OFFICER in page
    assert "đã đọc lại trước hội trường" in page


def test_everybody_reads_officer_evidence_and_confirmation_once_published(served, room):
    receipt = asked_and_promised(served, room)
    send(served, room, do.GiveOutcome(1, Outcome.ANSWERED))
    move(served, room, *KEPT[:2])
    send(served, room, do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    send(served, room, do.MoveMinutes(MinutesState.CHECKED), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.APPROVED), do.SignMinutes(Signatory.CHAIR, "Chủ Tọa"), by=CHAIR)
    send(served, room, do.SignMinutes(Signatory.SECRETARY, "Thư Ký"), by=SECRETARY)
    send(served, room, do.MoveMinutes(MinutesState.PUBLISHED), by=SECRETARY)
    move(served, room, *KEPT[2:4])
    send(served, room, do.MoveCommitment(1, KEPT[4], confirmed_by="Bà Sáu <xã>"), by=SECRETARY)
    with browser(served) as anybody:
        for address in ("/commitments", "/d/TEST01/record", f"/r/{receipt}"):
            page = anybody.get(address).text
            assert OFFICER in page
            assert f"Bằng chứng đã hẹn: <span>{RECORD}</span>" in page
            assert "Đã đổ &lt;mố&gt; cầu" in page
            assert "Bà Sáu &lt;xã&gt;" in page
            (link,) = re.findall(r"<a [^>]*eamo[^>]*>[^<]*</a>", page)
            assert link == f'<a href="{LINK.replace("&", "&amp;")}" rel="noopener nofollow">eamo.example</a>'
        sheet = docx.Document(io.BytesIO(anybody.get("/d/TEST01/record.docx").content))
    line = f"1. Sửa cầu. Cơ quan: Phòng Kinh tế ({OFFICER}). Thời hạn: 30/06/2026. Bằng chứng: {RECORD}."
    assert f"{line} Đã đọc lại trước hội trường." in [paragraph.text for paragraph in sheet.paragraphs]
