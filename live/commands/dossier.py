"""Commands about what staff know of a question beside its text: claims, additions, appeals, notes, labels, tasks."""

from dataclasses import dataclass
from datetime import date

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class TakeOver(Command):
    """Take a claimed question from the moderator who holds it; the card then names both."""

    question: int


@dataclass(frozen=True, slots=True)
class AddToQuestion(Command):
    """Add words to a question of one's own that still waits. What was sent before stays as it was."""

    question: int
    text: str


@dataclass(frozen=True, slots=True)
class Appeal(Command):
    """Ask, once, that a refused question be read again, with a reason."""

    question: int
    text: str


@dataclass(frozen=True, slots=True)
class JudgeAnswer(Command):
    """Say whether the answer settled one's matter; if not, `text` says what is missing. The last word counts."""

    question: int
    settled: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class NameSpeaker(Command):
    """Say who asked what came without a name: somebody at the hall microphone, named later."""

    question: int
    name: str
    locality: str = ""
    publish_name: bool = False


@dataclass(frozen=True, slots=True)
class NoteOn(Command):
    """A private note of staff."""

    question: int
    text: str


@dataclass(frozen=True, slots=True)
class StrikeNote(Command):
    question: int
    note: int


@dataclass(frozen=True, slots=True)
class Label(Command):
    question: int
    label: str


@dataclass(frozen=True, slots=True)
class Unlabel(Command):
    question: int
    label: str


@dataclass(frozen=True, slots=True)
class OpenOriginal(Command):
    """See what the asker sent before personal data was taken out; that it was opened, and by whom, is an entry."""

    question: int


@dataclass(frozen=True, slots=True)
class OpenContact(Command):
    """See how the asker may be reached about an answer that is owed; that it was opened, and by whom, is an entry."""

    question: int


@dataclass(frozen=True, slots=True)
class Assign(Command):
    """Have an agency prepare what is needed for the answer until a day."""

    question: int
    agency: str
    due: date


@dataclass(frozen=True, slots=True)
class Unassign(Command):
    question: int


@dataclass(frozen=True, slots=True)
class PrepareNote(Command):
    """What the assigned agency puts before the chair for the answer; an empty text takes it back.

    `was`: the mark of what was there when the writing began (live/agreeing).
    """

    question: int
    text: str
    was: str = ""
