"""Commands about the order, the stage and its clock."""

from dataclasses import dataclass
from datetime import date

from live.commands.base import Command
from live.states import Outcome, Part


@dataclass(frozen=True, slots=True)
class Place(Command):
    """Put an approved or queued question before another one, or at the end (`before` = None)."""

    question: int
    before: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAside(Command):
    """Take a question out of the queue and keep it approved; under a declared rule that needs `reason`."""

    question: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PutOnDeck(Command):
    """Take the question for one of the two next places; `reason` when that departs from the declared rule."""

    question: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeOffDeck(Command):
    """Give up an announced place, for a `reason`: everybody has read that it comes next."""

    question: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CallNext(Command):
    """Call the next question to the stage. `expect_current` is what the person saw there (None = empty).

    `expect_next` is the question they meant to call; None asks for whichever is next.
    """

    expect_current: int | None = None
    expect_next: int | None = None


@dataclass(frozen=True, slots=True)
class Call(Command):
    """Call this very question; past those announced, or past the declared rule, with a reason."""

    question: int
    expect_current: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnToQueue(Command):
    """Take the question off the stage, back to the place it was called from; to the queue's head when `absent`.

    Under a declared rule a call is taken back for a `reason`. A question with an outcome comes back to the queue's
    head; that needs `reason` too, and can be undone.
    """

    question: int
    absent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GiveOutcome(Command):
    """Say what came of a question; a later change needs `reason`, and so does what was announced to come next."""

    question: int
    outcome: Outcome
    agency: str = ""
    due: date | None = None
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportAnswer(Command):
    """Say that an answer owed in writing was sent, with what shows it: a note, a `link` (https), or both.

    Without `sent` what was said of it is taken back.
    """

    question: int
    note: str = ""
    link: str = ""
    sent: bool = True


@dataclass(frozen=True, slots=True)
class StartClock(Command):
    part: Part


@dataclass(frozen=True, slots=True)
class StopClock(Command):
    """Pause the running clock; starting it again with the same part goes on counting."""


@dataclass(frozen=True, slots=True)
class ExtendClock(Command):
    seconds: int = 60
