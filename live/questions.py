"""The life of a question, from its receipt to what came of it.

How it comes in is in `receiving`, reading in `review`, the order in `order`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from live import commands as do
from live.cards import typed_in
from live.dossier import Dossier
from live.entries import (
    Entry,
    QuestionReceived,
    QuestionUnmerged,
    QuestionWithdrawn,
    SupportSet,
)
from live.evidence import Sent
from live.judged import Judged
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.sites import not_here
from live.states import Channel, DialogueState, Outcome, RefusalReason
from live.states import QuestionState as Q
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

TEXT_LIMIT = 500
"""Characters in a question; longer is refused, never cut."""
NAME_LIMIT = 80
SENTENCE_LIMIT = 500

REVIEWABLE = frozenset({Q.RECEIVED, Q.IN_REVIEW})
OUTCOMES = {Q(outcome.value): outcome for outcome in Outcome}
PUBLIC = frozenset(
    {Q.APPROVED, Q.QUEUED, Q.ON_DECK, Q.ON_STAGE, Q.ANSWERED, Q.PARTLY_ANSWERED, Q.WRITTEN_DUE, Q.FORWARDED_UP}
)
"""States whose text everybody may read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stood before it was merged: its state, since when, and the queue it stood in, if it did.

    `merged` are those it led itself, which went with it.
    """

    state: Q
    moved_at: datetime
    queue: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `number` is its receipt number and never changes; its place is elsewhere.

    `text` is the public wording, `original` what the asker sent. `closing` is the sentence that went with a refusal,
    a rerouting or an outcome, `ground` the reason in the words of the dialogue's own list; `agency` and `due` who must
    answer in writing and by when. `card` is the number on the paper it came on. `officer` is the name of whoever
    entered it for somebody else, `unread` why they could not read it back.
    `answer` is there once an answer owed in writing was sent, `judged` once its asker said what they think of it.
    `photo` is the SHA-256 of the picture beside it, `photo_shown` whether all may see it, `photos` how many there were.
    `openly`: it was sent to its own procedure from the floor, before everybody. `voice_agreed`: its asker lets a phone
    carry their voice. `by_message`: it came as a text message. `absent_at`: since then it waits again, because it was
    called and nobody was there.
    """

    number: int
    seat: str
    entered_by: str
    channel: Channel
    name: Sealed
    locality: Sealed
    publish_name: bool
    text: Sealed
    original: Sealed
    topic: Sealed
    receipt: Sealed
    asked_at: datetime
    moved_at: datetime
    state: Q = Q.RECEIVED
    revision: int = 1
    redacted: bool = False
    reviewer: str = ""
    reviewer_name: Sealed = NOTHING
    claimed_until: datetime | None = None
    reason: RefusalReason | None = None
    closing: Sealed = NOTHING
    agency: Sealed = NOTHING
    due: date | None = None
    merged_into: int | None = None
    merged_from: Standing | None = None
    merged: tuple[int, ...] = ()
    supports: int = 0
    called_at: datetime | None = None
    site: Sealed = NOTHING
    card: int | None = None
    read_back: bool = False
    unread: Sealed = NOTHING
    officer: Sealed = NOTHING
    ground: Sealed = NOTHING
    photo: Sealed = NOTHING
    photo_shown: bool = False
    photos: int = 0
    openly: bool = False
    by_message: bool = False
    dossier: Dossier = field(default_factory=Dossier)
    answer: Sent | None = None
    judged: Judged | None = None
    voice_agreed: bool = False
    absent_at: datetime | None = None

    @property
    def waiting(self) -> bool:
        return self.state.waiting

    @property
    def asker_seat(self) -> str:
        """Whose it is: a phone's seat, or that of whoever sent the message; empty when somebody else typed it in."""
        return self.entered_by if self.by_message else self.seat

    @property
    def by_voice(self) -> bool:
        """A hand raised to speak: its words are said aloud, its text tells what about."""
        return self.channel is Channel.VOICE

    @property
    def public(self) -> bool:
        return self.state in PUBLIC or self.concluded

    @property
    def outcome(self) -> Outcome | None:
        return OUTCOMES.get(self.state)

    @property
    def concluded(self) -> bool:
        """Everybody may read what came of it: an outcome, or from the floor the way to its own procedure."""
        return self.outcome is not None or (self.state is Q.REROUTED and self.openly)

    def with_dossier(self, **changes: Any) -> "Question":
        """The question with this changed of what staff know beside its text."""
        return replace(self, dossier=replace(self.dossier, **changes))

    def departing(self, reason: Sealed) -> "Question":
        """The question that goes against the declared rule, for this reason; unchanged when there is none."""
        return self.with_dossier(departure=reason) if reason else self

    def read_again(self, at: datetime) -> "Question":
        """The question as it stands before anybody has read it; what it was refused or sent away for is gone."""
        unheld = replace(self, state=Q.RECEIVED, moved_at=at, reviewer="", claimed_until=None)
        return replace(unheld, reason=None, ground=NOTHING, closing=NOTHING, agency=NOTHING, openly=False)


def find(dialogue: "Dialogue", number: int, *states: Q) -> Question | Refused:
    """The question, if it is there and in one of `states` (any, when none is named)."""
    question = dialogue.questions.get(number)
    if question is None:
        return refuse(Code.NOT_FOUND)
    if states and question.state not in states:
        return refuse(Code.WRONG_STATE)
    return question


@applies(QuestionReceived)
def received(dialogue: "Dialogue", fact: QuestionReceived, entry: Entry) -> "Dialogue":
    question = Question(
        fact.question,
        fact.seat,
        fact.entered_by,
        fact.channel,
        fact.name,
        fact.locality,
        fact.publish_name,
        fact.text,
        fact.text,
        fact.topic,
        fact.receipt,
        entry.at,
        entry.at,
        site=fact.site,
        card=fact.card,
        read_back=fact.read_back,
        unread=fact.unread,
        officer=fact.officer,
        by_message=fact.by_message,
    )
    asked = dialogue.asked
    if fact.seat:
        asked = asked.put(fact.seat, (*asked.get(fact.seat, ()), fact.question))
    return typed_in(dialogue.with_question(question, asked=asked), fact.card, fact.question)


def not_own(question: Question, seat: Seat) -> Refused | None:
    """The refusal when a phone reaches for a question that is not its own, or a clerk for one that no desk entered."""
    # A card from the hall and a phone that only looks both have no seat: they are not the same person.
    own = seat.audience is not Audience.PHONE or (seat.id and question.seat == seat.id)
    if not own:
        return refuse(Code.NOT_FOUND)
    if seat.audience is Audience.CLERK and question.seat:
        return refuse(Code.FROM_A_PHONE, number=question.number)
    return not_here(question, seat)


def may_withdraw(question: Question) -> bool:
    """Until it is on the stage."""
    return question.waiting and question.state is not Q.ON_STAGE


@decides(do.Withdraw)
def withdraw(
    dialogue: "Dialogue", command: do.Withdraw, seat: Seat, moment: Moment
) -> tuple[QuestionUnmerged | QuestionWithdrawn, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if problem := not_own(question, seat):
        return problem
    if not may_withdraw(question) or wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.WRONG_STATE)
    departs = seat.staff and leaving_departs(dialogue, question)
    if departs and (problem := unexplained(command.reason)):
        return problem
    return (*freed(question), QuestionWithdrawn(question.number, Sealed(clean(command.reason)) if departs else NOTHING))


@applies(QuestionWithdrawn)
def withdrawn(dialogue: "Dialogue", fact: QuestionWithdrawn, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].departing(fact.reason)
    return leave(dialogue, replace(question, state=Q.WITHDRAWN, moved_at=entry.at))


def freed(question: Question) -> tuple[QuestionUnmerged, ...]:
    """Those merged into a question that leaves without an answer: they are read again, each for itself."""
    return tuple(QuestionUnmerged(number) for number in question.merged)


def leaving_departs(dialogue: "Dialogue", question: Question) -> bool:
    """Whether taking it out of the line goes against what everybody was told: announced, or queued under a rule."""
    return question.state is Q.ON_DECK or (question.state is Q.QUEUED and dialogue.mixing is not None)


def unexplained(reason: str) -> Refused | None:
    """The refusal of a departure that says no reason."""
    return None if clean(reason) else refuse(Code.DEPARTS)


def leave(dialogue: "Dialogue", question: Question) -> "Dialogue":
    """The dialogue with `question` changed, and gone from queue and deck."""
    return dialogue.with_question(
        question,
        queue=tuple(n for n in dialogue.queue if n != question.number),
        deck=tuple(n for n in dialogue.deck if n != question.number),
    )


@decides(do.Support)
def support(dialogue: "Dialogue", command: do.Support, seat: Seat, moment: Moment) -> tuple[SupportSet, ...] | Refused:
    """Whoever supports a question merged into this one is counted for this one, and takes it back here, for all."""
    question = find(dialogue, command.question)
    if isinstance(question, Refused) or not question.public:
        return refuse(Code.NOT_FOUND)
    if not seat.id:
        return refuse(Code.NAME_MISSING)
    if not question.waiting or wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.WRONG_STATE)
    numbers = (question.number,) if command.on else (question.number, *question.merged)
    return tuple(SupportSet(number, seat.id, command.on) for number in numbers)


def wiped_with_rehearsal(dialogue: "Dialogue", seat: Seat) -> bool:
    """What a citizen does now would be wiped: they only look on, but for the phones that take part in the rehearsal."""
    return dialogue.state is DialogueState.REHEARSAL and seat.audience is Audience.PHONE and not seat.rehearsing


def rehearsed(dialogue: "Dialogue", question: Question) -> bool:
    """Whether it came in the rehearsal that is going on, and goes with it."""
    return dialogue.before_rehearsal is not None and question.number not in dialogue.before_rehearsal.questions


def sentence_unfit(sentence: str) -> Refused | None:
    return unfit(sentence, SENTENCE_LIMIT, Code.REASON_MISSING)
