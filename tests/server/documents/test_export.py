"""A dialogue as JSON: everything for the archive; for everybody else nothing that is not theirs to read."""

import json

import pytest

from live import commands as do
from live.states import CommitmentState, MinutesState, Outcome, QuestionState, Role
from server.documents.export import export_json
from tests.cast import (
    BY_JUNE,
    CLOSED,
    HANH,
    MINUTES_APPROVED,
    OPENED,
    SECRETARY,
    SIGNED,
    TUAN,
    Evening,
    evening_in,
    minutes,
    play,
)


def exported(evening: Evening, *, public: bool):
    return json.loads(export_json(evening.dialogue, public=public))


def test_the_archive_keeps_what_the_public_does_not_read():
    evening = play(
        *OPENED,
        (TUAN, do.Ask("Số của tôi 0900 000 000, bao giờ sửa cầu?")),
        do.Edit(1, "Bao giờ sửa cầu?", 1, redacted=True),
    )
    (question,) = exported(evening, public=False)["questions"]
    assert question["original"] == "Số của tôi 0900 000 000, bao giờ sửa cầu?"
    assert question["name"] == TUAN.name
    assert "0900" not in export_json(evening.dialogue, public=True).decode()


@pytest.mark.parametrize("state", list(QuestionState))
def test_the_public_reads_no_text_that_was_not_approved(state):
    evening = evening_in(state)
    question = evening.dialogue.questions[1]
    (told, *_) = exported(evening, public=True)["questions"]
    assert ("text" in told) is question.public
    assert told["state"] == state


def test_names_are_public_by_consent_only():
    evening = play(*OPENED, (HANH, do.Ask("Một?")), (TUAN, do.Ask("Hai?")), do.Approve(1), do.Approve(2))
    hanh, tuan = exported(evening, public=True)["questions"]
    assert hanh["name"] == HANH.name
    assert "name" not in tuan
    assert TUAN.name not in export_json(evening.dialogue, public=True).decode()


def test_a_citizen_is_named_beside_a_line_only_as_they_agreed():
    evening = play(*OPENED, (TUAN, do.Ask("Hai?")), do.Approve(1), do.CallNext())
    evening.play((SECRETARY, do.WriteLine("Bao giờ sửa?", Role.CITIZEN, TUAN.name)))
    evening.play((SECRETARY, do.WriteLine("Trong tháng tới.", Role.CHAIR, "Chủ tịch")))
    asked, answered = exported(evening, public=True)["lines"]
    assert asked["speaker"] == f"Một công dân ở {TUAN.locality}"
    assert answered["speaker"] == "Chủ tịch"
    assert exported(evening, public=False)["lines"][0]["speaker"] == TUAN.name


def test_struck_lines_stay_in_the_archive():
    evening = play(*OPENED, (SECRETARY, do.WriteLine("Chuyện riêng.")))
    (line,) = evening.dialogue.lines
    evening.play(do.StrikeLine(line, 1))
    assert exported(evening, public=True)["lines"] == []
    assert exported(evening, public=False)["lines"][0]["struck"] is True


def test_minutes_are_public_once_they_are_published():
    evening = play(*OPENED, *CLOSED, *MINUTES_APPROVED, *SIGNED)
    assert exported(evening, public=True)["minutes"]["blocks"] == []
    assert exported(evening, public=False)["minutes"]["signatures"] == {
        "secretary": "Vũ Ngọc Mai",
        "chair": "Đỗ Minh Quang",
    }
    evening.play(do.MoveMinutes(MinutesState.PUBLISHED))
    told = exported(evening, public=True)["minutes"]
    assert "Đối thoại với Nhân dân năm 2026" in {block["text"] for block in told["blocks"]}
    assert told["signatures"]["chair"] == "Đỗ Minh Quang"


@pytest.mark.parametrize("public", [True, False])
def test_no_seat_and_no_receipt_leaves_in_either_form(public):
    evening = play(*OPENED, (HANH, do.Ask("Một?")), do.Approve(1), minutes(1), do.CallNext())
    evening.play(do.GiveOutcome(1, Outcome.ANSWERED))
    written = export_json(evening.dialogue, public=public).decode()
    assert HANH.id not in written
    assert "receipt-" not in written


def test_the_reckoning_in_the_file_adds_up():
    told = exported(evening_in(QuestionState.MERGED), public=True)["reckoning"]
    assert told["received"] == sum(count for name, count in told.items() if name not in {"received", "grounds"})
    assert told["refused"] == sum(ground["count"] for ground in told["grounds"])


def test_a_promise_is_exported_with_its_officer_its_evidence_and_who_confirmed_it():
    officer, link = "Ông Lê Văn Ví Dụ, Trưởng phòng", "https://eamo.example/cau"
    evening = play(*OPENED, do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE, None, officer, "Ảnh chụp"))
    for state in (CommitmentState.READ_BACK, CommitmentState.IN_MINUTES, CommitmentState.IN_PROGRESS):
        evening.play(do.MoveCommitment(1, state))
    evening.play(do.MoveCommitment(1, CommitmentState.EVIDENCE_GIVEN, "Đã xong", link))
    evening.play(do.MoveCommitment(1, CommitmentState.CONFIRMED, confirmed_by="Bà Sáu"))
    for public in (True, False):
        (promise,) = exported(evening, public=public)["commitments"]
        told = {key: promise[key] for key in ("person", "evidence", "shown", "link", "confirmed_by")}
        assert told == {
            "person": officer,
            "evidence": "Ảnh chụp",
            "shown": "Đã xong",
            "link": link,
            "confirmed_by": "Bà Sáu",
        }
