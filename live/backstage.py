"""What passes between those who prepare and the chair, as seen on their pages; nobody else sees any of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from live.looks import upcoming
from live.mixing import following
from live.sights import Proposal, Thing
from live.states import Desk

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class PreparedNote(Thing):
    """What an agency has put before the chair for a question that is on the stage or comes next."""

    number: int
    agency: str
    due: date | None
    text: str
    on_stage: bool


@dataclass(frozen=True, slots=True)
class MessageCard(Thing):
    """A message that nobody at its desk has acknowledged yet. `mine`: this page is the one it was sent to."""

    number: int
    text: str
    name: str
    at: datetime
    to: Desk
    mine: bool


def messages(dialogue: "Dialogue", desk: Desk) -> tuple[MessageCard, ...]:
    """What waits to be read at this desk, and what it has sent that still waits elsewhere."""
    return tuple(
        MessageCard(m.number, str(m.text), str(m.name), m.at, m.to, m.to is desk)
        for m in dialogue.messages.values()
        if m.read_at is None and desk in {m.to, m.sender}
    )


def proposal(dialogue: "Dialogue") -> Proposal:
    """Who follows those on stage and deck by the declared rule."""
    placed = (dialogue.turn.question, *dialogue.deck) if dialogue.turn else dialogue.deck
    number = following(dialogue, placed, dialogue.queue)
    if number is None:
        return Proposal(None, "", None)
    question = dialogue.questions[number]
    return Proposal(number, str(question.text), question.channel)


def prepared(dialogue: "Dialogue") -> tuple[PreparedNote, ...]:
    """What agencies have ready, or have been asked for, of the question on the stage and the next two."""
    on_stage = (dialogue.turn.question,) if dialogue.turn else ()
    questions = (dialogue.questions[number] for number in (*on_stage, *upcoming(dialogue)))
    return tuple(
        PreparedNote(q.number, str(q.dossier.agency), q.dossier.due, str(q.dossier.prepared), q.number in on_stage)
        for q in questions
        if q.dossier.agency
    )
