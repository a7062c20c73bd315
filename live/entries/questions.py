"""Facts about a question before it reaches the floor."""

from dataclasses import dataclass
from datetime import datetime

from live.entries.base import Fact
from live.states import Channel, Reasoned, RefusalReason
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class QuestionReceived(Fact):
    """`seat` is the asker's pseudonym, `entered_by` the officer's when somebody else typed it in.

    `officer` is that officer's name, `unread` why it could not be read back to whoever said it. `by_message`: it came
    as a text message and `entered_by` is its sender's pseudonym; whoever sees no page of ours is helped at a desk.
    """

    question: int
    seat: str
    entered_by: str
    channel: Channel
    name: Sealed
    locality: Sealed
    publish_name: bool
    text: Sealed
    topic: Sealed
    receipt: Sealed
    site: Sealed = NOTHING
    card: int | None = None
    read_back: bool = False
    unread: Sealed = NOTHING
    officer: Sealed = NOTHING
    by_message: bool = False


@dataclass(frozen=True, slots=True)
class AskingSet(Fact):
    """Whether phones may ask, and how many questions of one phone may wait."""

    open: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn(Fact):
    """`reason` is what staff said when it stood in an order that had been announced."""

    question: int
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class SupportSet:
    """Kept as a row (question, seat) -> value, not as an entry; only the total enters the journal, when called."""

    question: int
    seat: str
    on: bool


@dataclass(frozen=True, slots=True)
class ReviewStarted(Fact):
    question: int
    reviewer: str
    until: datetime
    name: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class ReviewReleased(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class QuestionApproved(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class QuestionRefused(Fact):
    question: int
    reason: RefusalReason
    sentence: Sealed


@dataclass(frozen=True, slots=True)
class QuestionRefusedFor(Fact):
    """Refused for a reason of the dialogue's own list, in its words."""

    question: int
    words: Sealed
    sentence: Sealed


@dataclass(frozen=True, slots=True)
class ReasonsSet(Fact):
    """Each reason and the sentence it suggests; none: the usual list. `of`: what they are reasons for."""

    reasons: tuple[tuple[Sealed, Sealed], ...]
    of: Reasoned = Reasoned.REFUSAL


@dataclass(frozen=True, slots=True)
class QuestionReopened(Fact):
    question: int
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionEdited(Fact):
    question: int
    text: Sealed
    redacted: bool


@dataclass(frozen=True, slots=True)
class QuestionMerged(Fact):
    question: int
    into: int


@dataclass(frozen=True, slots=True)
class QuestionUnmerged(Fact):
    """`exactly`: to the state and the place it was merged from; otherwise it is read again."""

    question: int
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class QuestionRerouted(Fact):
    """`openly`: from the floor or instead of an outcome, before everybody; `reason` when that changed what was said."""

    question: int
    to: Sealed
    sentence: Sealed
    reason: Sealed = NOTHING
    openly: bool = False
    heard: tuple[tuple[str, int], ...] = ()
