"""What passes between those who prepare and the chair, as seen on their pages; nobody else sees any of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from live.dossier import NoteLine, note_lines
from live.lineup import next_on_deck
from live.looks import upcoming
from live.sights import Thing
from live.states import Channel, Desk, QuestionState

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.messages import Message
    from live.questions import Question

ANSWERS_KEPT = 3
"""Acknowledgements a desk has in view, the latest; older ones that nobody put away make room."""


@dataclass(frozen=True, slots=True)
class Proposal(Thing):
    """What the rule would put on deck or call next; `number` is None when nobody waits.

    `announced` is how many stand on deck and come before it.
    """

    number: int | None
    text: str
    channel: Channel | None
    announced: int = 0


@dataclass(frozen=True, slots=True)
class PreparedNote(Thing):
    """What lies before the chair for a question that is on the stage or comes next.

    An agency's words, or that it was asked for them; notes of staff; what the asker added; what others asked in the
    questions that were merged into it, with their numbers.
    """

    number: int
    agency: str
    due: date | None
    text: str
    on_stage: bool
    notes: tuple[NoteLine, ...] = ()
    additions: tuple[str, ...] = ()
    merged: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyNote(Thing):
    """What an agency has ready for a question that waits further back, so that the chair can choose by it."""

    number: int
    agency: str
    text: str
    question: str
    place: int | None


@dataclass(frozen=True, slots=True)
class MessageCard(Thing):
    """A message that nobody at its desk has acknowledged yet, or whose sender does not know yet that somebody has.

    `mine`: this page is the one it was sent to. `read_by` and `read_at` are the acknowledgement on its way back.
    """

    number: int
    text: str
    name: str
    at: datetime
    to: Desk
    mine: bool
    read_by: str = ""
    read_at: datetime | None = None


def messages(dialogue: "Dialogue", desk: Desk) -> tuple[MessageCard, ...]:
    """What waits to be read at this desk, and what it has sent until it knows that it was read elsewhere."""
    unread = [m for m in dialogue.messages.values() if m.read_at is None and desk in {m.to, m.sender}]
    read = [m for m in dialogue.messages.values() if m.read_at and not m.done and m.sender is desk]
    return tuple(_message(m, desk) for m in sorted([*unread, *read[-ANSWERS_KEPT:]], key=lambda m: m.number))


def _message(m: "Message", desk: Desk) -> MessageCard:
    return MessageCard(m.number, str(m.text), str(m.name), m.at, m.to, m.to is desk, str(m.read_by), m.read_at)


def proposal(dialogue: "Dialogue") -> Proposal:
    """Who follows those on stage and deck by the declared rule."""
    number = next_on_deck(dialogue)
    if number is None:
        return Proposal(None, "", None)
    question = dialogue.questions[number]
    return Proposal(number, str(question.text), question.channel, len(dialogue.deck))


def prepared(dialogue: "Dialogue") -> tuple[PreparedNote, ...]:
    """What there is to know beside the words of the question on the stage and the next two."""
    notes = (_prepared(dialogue, dialogue.questions[number]) for number in _before_the_chair(dialogue))
    return tuple(note for note in notes if note.agency or note.notes or note.additions or note.merged)


def ready(dialogue: "Dialogue") -> tuple[ReadyNote, ...]:
    """What agencies have ready for whoever waits behind those, in the order in which they stand; set aside at last."""
    line = (*dialogue.deck, *dialogue.queue)
    aside = (q.number for q in dialogue.questions.values() if q.state is QuestionState.APPROVED)
    before = _before_the_chair(dialogue)
    questions = (dialogue.questions[number] for number in (*line, *aside) if number not in before)
    return tuple(_ready(q, line) for q in questions if q.dossier.prepared)


def _before_the_chair(dialogue: "Dialogue") -> tuple[int, ...]:
    return (*((dialogue.turn.question,) if dialogue.turn else ()), *upcoming(dialogue))


def _prepared(dialogue: "Dialogue", q: "Question") -> PreparedNote:
    d = q.dossier
    return PreparedNote(
        number=q.number,
        agency=str(d.agency),
        due=d.due,
        text=str(d.prepared),
        on_stage=dialogue.turn is not None and dialogue.turn.question == q.number,
        notes=note_lines(d),
        additions=tuple(map(str, d.additions)),
        merged=tuple((number, str(dialogue.questions[number].text)) for number in q.merged),
    )


def _ready(q: "Question", line: tuple[int, ...]) -> ReadyNote:
    place = line.index(q.number) + 1 if q.number in line else None
    return ReadyNote(q.number, str(q.dossier.agency), str(q.dossier.prepared), str(q.text), place)
