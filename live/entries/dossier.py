"""Facts about what staff know of a question beside its text."""

from dataclasses import dataclass
from datetime import date, datetime

from live.entries.base import Fact
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class ReviewTakenOver(Fact):
    question: int
    reviewer: str
    until: datetime
    name: Sealed


@dataclass(frozen=True, slots=True)
class QuestionAddedTo(Fact):
    question: int
    text: Sealed


@dataclass(frozen=True, slots=True)
class RefusalAppealed(Fact):
    question: int
    text: Sealed


@dataclass(frozen=True, slots=True)
class AnswerJudged(Fact):
    """The asker's word on the answer; `text` says what is missing."""

    question: int
    settled: bool
    text: Sealed


@dataclass(frozen=True, slots=True)
class SpeakerNamed(Fact):
    question: int
    name: Sealed
    locality: Sealed
    publish_name: bool


@dataclass(frozen=True, slots=True)
class NoteWritten(Fact):
    question: int
    text: Sealed
    name: Sealed


@dataclass(frozen=True, slots=True)
class NoteStruck(Fact):
    question: int
    note: int


@dataclass(frozen=True, slots=True)
class QuestionLabelled(Fact):
    question: int
    label: Sealed


@dataclass(frozen=True, slots=True)
class QuestionUnlabelled(Fact):
    question: int
    label: Sealed


@dataclass(frozen=True, slots=True)
class ContactOpened(Fact):
    """Somebody saw how to reach the asker; `name` is theirs."""

    question: int
    name: Sealed


@dataclass(frozen=True, slots=True)
class OriginalOpened(Fact):
    """Who opened it is the seat of the entry, called `name`."""

    question: int
    name: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionAssigned(Fact):
    question: int
    agency: Sealed
    due: date


@dataclass(frozen=True, slots=True)
class QuestionUnassigned(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class NotePrepared(Fact):
    question: int
    text: Sealed
