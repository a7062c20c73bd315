"""A refusal because somebody was quicker names the question as it stands now, so that nobody has to look for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live.commands import Command, Place
from live.refusals import Code, Refused
from live.rows import Row
from live.seats import Seat

if TYPE_CHECKING:
    from live.dialogue import Dialogue

CONFLICTS = frozenset({Code.WRONG_STATE, Code.CLAIMED, Code.STALE, Code.STAGE_CHANGED, Code.LOCKED, Code.GONE_ON})
"""Codes of what may be no mistake of the person: the page they looked at was older than what others did meanwhile."""


def with_row(dialogue: "Dialogue", command: Command, seat: Seat, refused: Refused) -> Refused:
    """The refusal with the question it is about, for staff; text that is not public must reach nobody else."""
    number = _about(dialogue, command, refused)
    question = dialogue.questions.get(number) if number is not None else None
    if question is None or refused.code not in CONFLICTS or not seat.staff:
        return refused
    return replace(refused, row=Row(question.number, question.state, str(question.text)))


def _about(dialogue: "Dialogue", command: Command, refused: Refused) -> int | None:
    if refused.code is Code.LOCKED and isinstance(command, Place) and command.before in dialogue.deck:
        return command.before
    said = refused.facts.get("number")
    if isinstance(said, int):
        return said
    named: int | None = getattr(command, "question", None)
    return named if named is not None or dialogue.turn is None else dialogue.turn.question
