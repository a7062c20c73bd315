"""A refusal because somebody was quicker names the question as it stands now, so that nobody has to look for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live.commands import Call, Command, GiveOutcome, Reroute
from live.refusals import Code, Refused
from live.rows import Row
from live.seats import Seat

if TYPE_CHECKING:
    from live.dialogue import Dialogue

CONFLICTS = frozenset(
    {
        Code.WRONG_STATE, Code.CLAIMED, Code.STALE, Code.STAGE_CHANGED, Code.NEXT_CHANGED, Code.LOCKED, Code.GONE_ON,
        Code.OUTCOME_FIRST, Code.DECK_FULL, Code.CARD_USED, Code.PHOTO_CHANGED, Code.APPEALED,
    }
)  # fmt: skip
"""Codes of what may be no mistake of the person: the page they looked at was older than what others did meanwhile."""


def with_row(dialogue: "Dialogue", command: Command, seat: Seat, refused: Refused) -> Refused:
    """The refusal with the question it is about, for staff and its own asker; others must not read its text."""
    number = _about(dialogue, command, refused)
    question = dialogue.questions.get(number) if number is not None else None
    if question is None or not _meanwhile(command, refused, settled=question.concluded):
        return refused
    if not seat.staff and not (seat.id and question.seat == seat.id):
        return refused
    return replace(refused, row=Row(question.number, question.state, str(question.text)))


def with_public_row(dialogue: "Dialogue", command: Command, refused: Refused) -> Refused:
    """The same for somebody who has no seat any more: a question that everybody may read, as everybody reads it."""
    number: int | None = getattr(command, "question", None)
    question = dialogue.questions.get(number) if number is not None else None
    if question is None or not question.public:
        return refused
    return replace(refused, row=Row(question.number, question.state, str(question.text)))


def _meanwhile(command: Command, refused: Refused, *, settled: bool) -> bool:
    """A reason is missing too when somebody else gave the outcome first: for the second it is a change."""
    overtaken = refused.code is Code.REASON_MISSING and isinstance(command, GiveOutcome | Reroute) and settled
    return overtaken or refused.code in CONFLICTS


def _about(dialogue: "Dialogue", command: Command, refused: Refused) -> int | None:
    """The question that stands in the way, which is not always the one that the command was about."""
    said = refused.facts.get("number")
    if isinstance(said, int):
        return said
    named: int | None = getattr(command, "question", None)
    if refused.code is Code.DECK_FULL:
        return dialogue.deck[0]
    if refused.code is Code.STAGE_CHANGED and dialogue.turn and (named is None or isinstance(command, Call)):
        return dialogue.turn.question
    return named
