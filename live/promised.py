"""Promises as pages show them: to everybody, and to the agency that made them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from live.sights import Thing
from live.states import CommitmentState

if TYPE_CHECKING:
    from live.commitments import Commitment


@dataclass(frozen=True, slots=True)
class CommitmentCard(Thing):
    number: int
    text: str
    agency: str
    due: date
    question: int | None
    state: CommitmentState
    note: str
    extensions: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class MyPromise(CommitmentCard):
    """A promise as the agency that made it sees it: with what the agency may say about it."""

    @property
    def key(self) -> str:
        return f"mine-{self.number}"


def commitment(c: "Commitment") -> CommitmentCard:
    return CommitmentCard(c.number, str(c.text), str(c.agency), c.due, c.question, c.state, str(c.note), _former(c))


def my_promise(c: "Commitment") -> MyPromise:
    return MyPromise(c.number, str(c.text), str(c.agency), c.due, c.question, c.state, str(c.note), _former(c))


def _former(c: "Commitment") -> tuple[tuple[date, str], ...]:
    return tuple((day, str(reason)) for day, reason in c.extensions)
