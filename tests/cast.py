"""The people of every test, all invented, and `play`, which tells a whole history in one line.

    evening = play(*OPENED, do.Ask("Bao giờ sửa cầu?"), do.Approve(1), minutes(2), (SECOND_MODERATOR, do.Refuse(...)))

A step is a command (sent by whoever it is usual for), a pair (seat, command), or a time that passes. The clock moves
only when it is told to.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from live import commands as do
from live.dialogue import Dialogue
from live.entries import Entry, Fact, SupportSet
from live.refusals import Code, Refused
from live.rulebook import Moment
from live.seats import ALLOWED, Audience, Seat
from live.states import (
    CommitmentState,
    DialogueState,
    MinutesState,
    Outcome,
    QuestionState,
    RefusalReason,
    Signatory,
)

MODERATOR = Seat("seat-moderator", Audience.MODERATOR, "Lê Thu Hà")
SECOND_MODERATOR = Seat("seat-second-moderator", Audience.MODERATOR, "Phan Văn Sơn")
CHAIR = Seat("seat-chair", Audience.CHAIR, "Đỗ Minh Quang")
SECRETARY = Seat("seat-secretary", Audience.SECRETARY, "Vũ Ngọc Mai")
CLERK = Seat("seat-clerk", Audience.CLERK, "Bùi Thị Nga")
AGENCY = Seat("seat-agency", Audience.AGENCY, "Võ Văn Thật", agency="Phòng Kinh tế")
OTHER_AGENCY = Seat("seat-other-agency", Audience.AGENCY, "Hồ Thị Bích", agency="Sở Xây dựng")
MACHINE = Seat("seat-machine", Audience.MACHINE)
STAGE = Seat("seat-stage", Audience.STAGE)
HANH = Seat("seat-hanh", Audience.PHONE, "Trần Thị Hạnh", "xã Ea Mô", publish_name=True)
TUAN = Seat("seat-tuan", Audience.PHONE, "Y Tuấn Niê", "buôn Krông", publish_name=False)
"""Hạnh agrees to be named in public, Tuấn does not: each test of names wants both."""
STRANGER = Seat("", Audience.PHONE)
"""Somebody who looked in on a phone and never gave a name."""
PASSER_BY = Seat("", Audience.PUBLIC)

EVERYBODY = (
    MODERATOR, SECOND_MODERATOR, CHAIR, SECRETARY, CLERK, AGENCY, OTHER_AGENCY, MACHINE, STAGE, HANH, TUAN, STRANGER,
    PASSER_BY,
)  # fmt: skip

START = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)
"""Half past seven in the morning in Vietnam."""
BY_JUNE = date(2026, 6, 30)

Step = do.Command | tuple[Seat, do.Command] | timedelta


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def usual(command: do.Command) -> Seat:
    """The seat from which such a command usually comes."""
    match command:
        case (
            do.Ask()
            | do.RaiseHand()
            | do.Withdraw()
            | do.Support()
            | do.AddToQuestion()
            | do.Appeal()
            | do.DropPhoto()
            | do.JudgeAnswer()
            | do.AppealSuspension()
            | do.AgreeToVoice()
        ):
            return HANH
        case do.AttachPhoto():
            return Seat(HANH.id, Audience.MACHINE)  # the door that stored it, in her name
        case do.SignMinutes(role=Signatory.CHAIR) | do.MoveMinutes(to=MinutesState.APPROVED):
            return CHAIR
    staff = (MODERATOR, SECRETARY, MACHINE, AGENCY)
    return next(seat for seat in staff if seat.audience in ALLOWED[type(command)])


@dataclass
class Evening:
    """A dialogue being played, its journal, and the clock on the wall."""

    dialogue: Dialogue = field(default_factory=Dialogue)
    entries: list[Entry] = field(default_factory=list)
    now: datetime = START
    supports: dict[int, int] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    tokens: int = 0

    def send(self, command: do.Command, by: Seat | None = None) -> tuple[Fact | SupportSet, ...] | Refused:
        """Decide, and when it is not refused, write the facts into the journal."""
        seat = by or usual(command)
        self.tokens += 1
        moment = Moment(self.now, f"receipt-{self.tokens}", dict(self.supports), dict(self.heard))
        facts = self.dialogue.decide(command, seat, moment)
        for fact in () if isinstance(facts, Refused) else facts:
            if isinstance(fact, Fact):
                entry = Entry(self.dialogue.n + 1, self.now, seat.id, fact)
                self.dialogue = self.dialogue.apply(entry)
                self.entries.append(entry)
        return facts

    def play(self, *steps: Step) -> "Evening":
        """Send each step; one that is refused is a mistake of the test."""
        for step in steps:
            if isinstance(step, timedelta):
                self.now += step
                continue
            seat, command = step if isinstance(step, tuple) else (None, step)
            answer = self.send(command, seat)
            assert not isinstance(answer, Refused), f"{command} was refused: {answer.code}"
        return self

    def refusal(self, command: do.Command, by: Seat | None = None) -> Code | None:
        """The code with which the command is refused; None when it is not."""
        answer = self.send(command, by)
        return answer.code if isinstance(answer, Refused) else None


def play(*steps: Step) -> Evening:
    return Evening().play(*steps)


DESCRIBED = do.Describe(
    title="Đối thoại với Nhân dân năm 2026",
    agency="UBND xã Ea Mô",
    place="Nhà văn hóa xã",
    starts_at=START,
    superior="UBND tỉnh",
    chair="Đỗ Minh Quang",
    secretary="Vũ Ngọc Mai",
    theme="Đất đai và nước sạch",
    topics=("Đất đai", "Nước sạch"),
)
ANNOUNCED = (DESCRIBED, do.MoveDialogue(DialogueState.ANNOUNCED))
OPENED = (*ANNOUNCED, do.MoveDialogue(DialogueState.OPEN))
CLOSED = (do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
MINUTES_APPROVED = (do.MoveMinutes(MinutesState.CHECKED), do.MoveMinutes(MinutesState.APPROVED))
SIGNED = (
    do.SignMinutes(Signatory.SECRETARY, SECRETARY.name),
    do.SignMinutes(Signatory.CHAIR, CHAIR.name),
)

ASKED = do.Ask("Bao giờ sửa cầu?")
REFUSED = do.Refuse(1, RefusalReason.OTHER_PROCEDURE, "Việc này đang được tòa án xét xử.")
REROUTED = do.Reroute(1, "Ban Tiếp công dân", "Đơn khiếu nại được gửi đến Ban Tiếp công dân.")
WRITTEN = do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế", due=BY_JUNE)
FORWARDED = do.GiveOutcome(1, Outcome.FORWARDED_UP, agency="UBND tỉnh")
_ON_STAGE = (ASKED, do.Approve(1), do.CallNext())

TO_STATE: dict[QuestionState, tuple[do.Command, ...]] = {
    QuestionState.RECEIVED: (ASKED,),
    QuestionState.IN_REVIEW: (ASKED, do.StartReview(1)),
    QuestionState.APPROVED: (ASKED, do.Approve(1, queue=False)),
    QuestionState.QUEUED: (ASKED, do.Approve(1)),
    QuestionState.ON_DECK: (ASKED, do.Approve(1), do.PutOnDeck(1)),
    QuestionState.ON_STAGE: _ON_STAGE,
    QuestionState.ANSWERED: (*_ON_STAGE, do.GiveOutcome(1, Outcome.ANSWERED)),
    QuestionState.PARTLY_ANSWERED: (*_ON_STAGE, do.GiveOutcome(1, Outcome.PARTLY_ANSWERED)),
    QuestionState.WRITTEN_DUE: (*_ON_STAGE, WRITTEN),
    QuestionState.FORWARDED_UP: (*_ON_STAGE, FORWARDED),
    QuestionState.MERGED: (ASKED, do.Ask("Cầu Ea Mô hỏng, xã làm gì?"), do.Merge(1, into=2)),
    QuestionState.REFUSED: (ASKED, REFUSED),
    QuestionState.REROUTED: (ASKED, REROUTED),
    QuestionState.WITHDRAWN: (ASKED, do.Withdraw(1)),
}
"""How question 1 comes into each state, once the dialogue is open."""

_PROMISED = do.NoteCommitment("Sửa xong cầu Ea Mô", "Phòng Kinh tế", BY_JUNE)
_MOVES = [
    do.MoveCommitment(1, CommitmentState.READ_BACK),
    do.MoveCommitment(1, CommitmentState.IN_MINUTES),
    do.MoveCommitment(1, CommitmentState.IN_PROGRESS),
    do.MoveCommitment(1, CommitmentState.EVIDENCE_GIVEN, "Ảnh chụp cầu mới"),
    do.MoveCommitment(1, CommitmentState.CONFIRMED),
    do.MoveCommitment(1, CommitmentState.DISPUTED, "Lan can còn thiếu"),
]
TO_COMMITMENT_STATE: dict[CommitmentState, tuple[do.Command, ...]] = {
    state: (_PROMISED, *_MOVES[:count]) for count, state in enumerate(CommitmentState)
}
"""How commitment 1 comes into each state; the enum is in the order of a promise's life."""


def evening_in(state: QuestionState) -> Evening:
    """An open dialogue whose question 1, asked by Hạnh, is in `state`."""
    evening = play(*OPENED, *TO_STATE[state])
    assert evening.dialogue.questions[1].state is state
    return evening
