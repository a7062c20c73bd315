"""Facts about the order, the stage and its clock."""

from dataclasses import dataclass
from datetime import date

from live.entries.base import Fact
from live.states import Outcome, Part
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class QuestionPlaced(Fact):
    """`reason` says why, when that departs from the declared rule; so in the facts below."""

    question: int
    before: int | None
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionSetAside(Fact):
    question: int
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionPutOnDeck(Fact):
    question: int
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionTakenOffDeck(Fact):
    question: int
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionCalled(Fact):
    """`supports` is the tally at this moment; `heard` says how many samples of each source were recorded by then.

    `refill` are those who came on deck with it. `at_once`: somebody at the microphone, received in the same command.
    """

    question: int
    supports: int
    heard: tuple[tuple[str, int], ...] = ()
    reason: Sealed = NOTHING
    refill: tuple[int, ...] = ()
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class QuestionReturned(Fact):
    """`exactly`: to the place it was called from; otherwise to the head of the queue.

    `reason` says why an outcome was taken back, or a call under a declared rule.
    """

    question: int
    absent: bool
    heard: tuple[tuple[str, int], ...] = ()
    exactly: bool = False
    reason: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class OutcomeGiven(Fact):
    question: int
    outcome: Outcome
    agency: Sealed
    due: date | None
    note: Sealed
    reason: Sealed
    heard: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerReported(Fact):
    """An answer owed in writing was sent, as `note` and `link` show; or, without `sent`, it was not after all."""

    question: int
    note: Sealed
    link: Sealed
    name: Sealed
    sent: bool = True


@dataclass(frozen=True, slots=True)
class ClockStarted(Fact):
    part: Part
    limit_seconds: int
    heard: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ClockStopped(Fact):
    pass


@dataclass(frozen=True, slots=True)
class ClockExtended(Fact):
    seconds: int
