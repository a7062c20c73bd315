"""Answers owed in writing as pages show them: to everybody, to those who follow them, to the agency that owes them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from live.evidence import host
from live.judged import missing
from live.sights import Thing
from live.states import QuestionState
from live.written import OWED

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question


@dataclass(frozen=True, slots=True)
class WrittenAnswer(Thing):
    """A question whose answer is owed in writing. `due` is None where it went up without a date.

    `sent_at` is None until somebody said that it was sent; `shown` and `link` are what shows it.
    """

    number: int
    text: str
    topic: str
    agency: str
    state: QuestionState
    due: date | None
    shown: str
    link: str
    sent_at: datetime | None

    @property
    def host(self) -> str:
        """Where the link leads, to be read before it is followed."""
        return host(self.link)


@dataclass(frozen=True, slots=True)
class MyAnswer(WrittenAnswer):
    """The same for the agency that owes it: with what was decided, what it had prepared, and a form to report.

    `missing`: what those who asked still miss in the answer that was sent.
    """

    decided: str
    prepared: str
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"mine-answer-{self.number}"


def owed(dialogue: "Dialogue") -> "Iterator[Question]":
    """The questions whose answers are owed in writing, by number."""
    return (question for question in dialogue.questions.values() if question.state in OWED)


def written_answer(q: "Question") -> WrittenAnswer:
    return WrittenAnswer(*_told(q))


def my_answer(dialogue: "Dialogue", q: "Question") -> MyAnswer:
    told = MyAnswer(*_told(q, str(q.closing), str(q.dossier.prepared)))
    return replace(told, missing=missing(dialogue, q))


def _told(q: "Question", *more: str) -> tuple[Any, ...]:
    shown, link, at = (str(q.answer.note), str(q.answer.link), q.answer.at) if q.answer else ("", "", None)
    return q.number, str(q.text), str(q.topic), str(q.agency), q.state, q.due, shown, link, at, *more
