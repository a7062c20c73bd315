"""Who may do what: the table, command by command and audience by audience, and what is one's own."""

from datetime import UTC, datetime

import pytest

from live import commands as do
from live.refusals import Code
from live.rulebook import RULES
from live.seats import Audience, Seat
from live.states import (
    CommitmentState,
    DialogueState,
    MinutesState,
    Outcome,
    Overlay,
    Part,
    QuestionState,
    RefusalReason,
    Role,
    RoomVerdict,
    Signatory,
    SuspensionReason,
)
from tests.cast import (
    BY_JUNE,
    CLERK,
    EVERYBODY,
    HANH,
    MACHINE,
    MODERATOR,
    PASSER_BY,
    SECOND_MODERATOR,
    STAGE,
    STRANGER,
    TUAN,
    evening_in,
    play,
)

LETTERS = {
    "p": Audience.PHONE,
    "m": Audience.MODERATOR,
    "c": Audience.CHAIR,
    "s": Audience.SECRETARY,
    "k": Audience.CLERK,
    "a": Audience.AGENCY,
    "w": Audience.MACHINE,
}
NOW = datetime(2026, 3, 5, tzinfo=UTC)

WHO_MAY: list[tuple[do.Command, str]] = [
    (do.Describe("Đối thoại", "UBND xã", "Nhà văn hóa", NOW), "mc"),
    (do.MoveDialogue(DialogueState.ANNOUNCED), "mc"),
    (do.Ask("Bao giờ sửa cầu?"), "pkms"),
    (do.RaiseHand("Đất đai"), "p"),
    (do.CallSpeaker(), "mc"),
    (do.Withdraw(1), "pkm"),
    (do.Support(1), "p"),
    (do.StartReview(1), "m"),
    (do.ReleaseReview(1), "m"),
    (do.Approve(1), "m"),
    (do.Refuse(1, RefusalReason.OTHER, "Vì thế"), "m"),
    (do.Reopen(1), "m"),
    (do.Edit(1, "Bao giờ sửa cầu?", 1), "m"),
    (do.Merge(1, 2), "m"),
    (do.Unmerge(1), "m"),
    (do.JudgeAnswer(1), "pk"),
    (do.OpenContact(1), "mcsa"),
    (do.Undo(1), "mck"),
    (do.Reroute(1, "Thanh tra", "Vì thế"), "mc"),
    (do.NameSpeaker(1, "Ông Bảy"), "mks"),
    (do.DeclareMixing(1, 1), "mc"),
    (do.ShowSupports(), "mc"),
    (do.Call(1), "mc"),
    (do.OpenMicrophone(1), "mc"),
    (do.CloseMicrophone(1), "mc"),
    (do.AgreeToVoice(1, on=True), "p"),
    (do.PrintCard(), "km"),
    (do.SetSites("Điểm cầu Ea Tul"), "mc"),
    (do.SeatClerk("seat-clerk"), "mc"),
    (do.SetReasons("Ngoài chủ đề"), "mc"),
    (do.Suspend(1, SuspensionReason.FLOOD, "Xin đợi"), "m"),
    (do.Readmit(1), "m"),
    (do.AppealSuspension("Tôi chỉ gửi một câu"), "p"),
    (do.SetAsking(), "mc"),
    (do.SendMessage("Còn năm phút"), "mcsk"),
    (do.Acknowledge(1), "mcsk"),
    (do.RewordCommitment(1, "Sửa xong cầu"), "mcs"),
    (do.ShowOverlay(Overlay.BREAK), "mc"),
    (do.HideOverlay(), "mc"),
    (do.ScaleStage(120), "mc"),
    (do.FreezeStage(), "mc"),
    (do.ThawStage(), "mc"),
    (do.TakeOver(1), "m"),
    (do.AddToQuestion(1, "Và đường vào cầu"), "pkm"),
    (do.Appeal(1, "Tòa đã xử xong"), "pk"),
    (do.NoteOn(1, "Đã gọi điện"), "mc"),
    (do.StrikeNote(1, 1), "mc"),
    (do.Label(1, "cầu đường"), "m"),
    (do.Unlabel(1, "cầu đường"), "m"),
    (do.OpenOriginal(1), "m"),
    (do.Assign(1, "Phòng Kinh tế", BY_JUNE), "mc"),
    (do.Unassign(1), "mc"),
    (do.PrepareNote(1, "Đã bố trí vốn"), "a"),
    (do.AttachPhoto(1, "a" * 64), "w"),
    (do.DropPhoto(1), "pkm"),
    (do.ShowPhoto(1), "m"),
    (do.Place(1), "m"),
    (do.SetAside(1), "m"),
    (do.PutOnDeck(1), "m"),
    (do.TakeOffDeck(1), "m"),
    (do.CallNext(), "mc"),
    (do.ReturnToQueue(1), "mc"),
    (do.GiveOutcome(1, Outcome.ANSWERED), "mc"),
    (do.ReportAnswer(1, "Công văn số 12"), "mcsa"),
    (do.StartClock(Part.ASKING), "mc"),
    (do.StopClock(), "mc"),
    (do.ExtendClock(), "mc"),
    (do.StartRecording("hall"), "mcsw"),
    (do.StopRecording("hall"), "mcsw"),
    (do.SetIntake("hall"), "mcsw"),
    (do.LoseSound("hall", 0, 1), "w"),
    (do.SkipSound("hall", 1, 0, 1), "w"),
    (do.TryRoom("hall", 100, RoomVerdict.GOOD), "w"),
    (do.StartRun("hall", 1, "vosk", "vi", 0), "w"),
    (do.EndRun("hall", 1, "stopped"), "w"),
    (do.Hear("hall", 1, 1, 0, 1, "cầu", "Cầu"), "w"),
    (do.HideCaptions(), "mcs"),
    (do.ShowCaptions(), "mcs"),
    (do.WriteLine("Kính thưa bà con"), "s"),
    (do.EditLine(1, "Kính thưa", 1), "s"),
    (do.AttributeLine(1, Role.CHAIR, "", 1), "s"),
    (do.LinkLine(1, None, 1), "s"),
    (do.StrikeLine(1, 1), "s"),
    (do.RestoreLine(1, 1), "s"),
    (do.TakeReading("hall", 1, 0, 1, "cầu", "Cầu"), "s"),
    (do.GiveBackReading(1, 1), "s"),
    (do.SetGlossary("Ea Mô", 0), "s"),
    (do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE), "mcs"),
    (do.MoveCommitment(1, CommitmentState.IN_PROGRESS), "mcsa"),
    (do.ExtendCommitment(1, BY_JUNE, "Mưa lũ"), "mcs"),
    (do.EditMinutes("opening", "Khai mạc", 0), "s"),
    (do.MoveMinutes(MinutesState.CHECKED), "sc"),
    (do.SignMinutes(Signatory.CHAIR, "Đỗ Minh Quang"), "sc"),
]


def test_the_table_speaks_of_every_command():
    assert {type(command) for command, _ in WHO_MAY} == set(RULES)


@pytest.mark.parametrize("command, who", WHO_MAY, ids=[type(command).__name__ for command, _ in WHO_MAY])
def test_only_those_in_the_table_come_past_the_door(command, who, monkeypatch):
    came_past: set[Audience] = set()

    def rule(_dialogue: object, _command: object, seat: Seat, _moment: object) -> tuple[()]:
        came_past.add(seat.audience)
        return ()

    monkeypatch.setitem(RULES, type(command), rule)
    refused = {audience: play().refusal(command, by=Seat("seat-somebody", audience)) for audience in Audience}
    may = {LETTERS[letter] for letter in who}
    assert came_past == may
    assert refused == {audience: None if audience in may else Code.NOT_ALLOWED for audience in Audience}


@pytest.mark.parametrize(
    "seat, refused",
    [
        (HANH, None),
        (TUAN, Code.NOT_FOUND),
        (STRANGER, Code.NOT_FOUND),
        (CLERK, Code.FROM_A_PHONE),
        (MODERATOR, None),
        (SECOND_MODERATOR, None),
        (STAGE, Code.NOT_ALLOWED),
        (PASSER_BY, Code.NOT_ALLOWED),
        (MACHINE, Code.NOT_ALLOWED),
    ],
)
def test_a_phones_question_is_withdrawn_by_its_asker_or_by_a_moderator_on_their_behalf(seat, refused):
    assert evening_in(QuestionState.RECEIVED).refusal(do.Withdraw(1), by=seat) is refused


@pytest.mark.parametrize("seat", [HANH, STRANGER])
def test_a_phone_cannot_withdraw_a_card_from_the_hall(seat):
    """A card has no seat, and neither has a stranger: no seat is nobody's, not everybody's."""
    evening = evening_in(QuestionState.RECEIVED).play((CLERK, do.Ask("Giá nước?", name="Ông Bảy")))
    assert evening.refusal(do.Withdraw(2), by=seat) is Code.NOT_FOUND


def test_staff_sit_on_the_other_side_of_the_table():
    staff = {seat.audience for seat in EVERYBODY if seat.staff}
    assert staff == set(Audience) - {Audience.PHONE, Audience.PUBLIC, Audience.STAGE}
    assert {seat.audience for seat in EVERYBODY} == set(Audience), "the cast plays every part"
