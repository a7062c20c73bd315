"""Promises as pages show them: to everybody, and to the agency that made them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from live.agreeing import mark
from live.evidence import host
from live.sights import Thing
from live.states import CommitmentState

if TYPE_CHECKING:
    from live.commitments import Commitment


@dataclass(frozen=True, slots=True)
class CommitmentCard(Thing):
    """A promise as it is read. `shown` and `link` are the evidence given, `note` is what was said of it since then."""

    number: int
    text: str
    agency: str
    due: date
    question: int | None
    state: CommitmentState
    note: str
    extensions: tuple[tuple[date, str], ...]
    person: str
    evidence: str
    shown: str
    link: str
    confirmed_by: str
    read_back: bool

    @property
    def was(self) -> str:
        """What goes back with better words: the mark of these (live/agreeing)."""
        return mark(self.text, self.agency, self.person, self.evidence)

    @property
    def host(self) -> str:
        """Where the link leads, to be read before it is followed."""
        return host(self.link)


@dataclass(frozen=True, slots=True)
class MyPromise(CommitmentCard):
    """A promise as the agency that made it sees it: with what the agency may say about it."""

    @property
    def key(self) -> str:
        return f"mine-{self.number}"


def commitment(c: "Commitment") -> CommitmentCard:
    return CommitmentCard(*_told(c))


def my_promise(c: "Commitment") -> MyPromise:
    return MyPromise(*_told(c))


def _told(c: "Commitment") -> tuple[Any, ...]:
    former = tuple((day, str(reason)) for day, reason in c.extensions)
    note = "" if c.note == c.shown else str(c.note)
    said = (c.number, str(c.text), str(c.agency), c.due, c.question, c.state, note, former, str(c.person))
    return (*said, str(c.evidence), str(c.shown), str(c.link), str(c.confirmed_by), c.read_back)
