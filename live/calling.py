"""Calling a question to the stage, by the declared rule or past it with a reason; and taking a mistaken call back."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, QuestionCalled, QuestionPutOnDeck
from live.floor import Turn, floor_taken, heard_so_far
from live.lineup import drawn, next_called
from live.notice import LIVE
from live.order import DECK_PLACES
from live.questions import find, leave
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import DialogueState, Part
from live.states import QuestionState as Q
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

Called = tuple[QuestionCalled | QuestionPutOnDeck, ...]


@decides(do.CallNext)
def call_next(dialogue: "Dialogue", command: do.CallNext, seat: Seat, moment: Moment) -> Called | Refused:
    """The first on deck, or else what the rule proposes, goes to the stage; the deck is filled up again."""
    if problem := _stage_taken(dialogue, command.expect_current):
        return problem
    number = next_called(dialogue)
    if number is None:
        return refuse(Code.QUEUE_EMPTY)
    if command.expect_next not in {None, number}:
        return refuse(Code.NEXT_CHANGED, number=number)
    return _call(dialogue, number, moment)


@decides(do.Call)
def call(dialogue: "Dialogue", command: do.Call, seat: Seat, moment: Moment) -> Called | Refused:
    question = find(dialogue, command.question, Q.APPROVED, Q.QUEUED, Q.ON_DECK)
    reason = clean(command.reason)
    if isinstance(question, Refused):
        return question
    if problem := _stage_taken(dialogue, command.expect_current):
        return problem
    passed_over = dialogue.deck or dialogue.mixing is not None
    if passed_over and question.number != next_called(dialogue) and not reason:
        return refuse(Code.DEPARTS)
    return _call(dialogue, question.number, moment, reason)


def _stage_taken(dialogue: "Dialogue", expected: int | None) -> Refused | None:
    if dialogue.state not in LIVE or dialogue.state is DialogueState.PAUSED:
        return refuse(Code.WRONG_STATE)
    current = dialogue.turn.question if dialogue.turn else None
    if expected != current:
        return refuse(Code.STAGE_CHANGED)
    return None if current is None else refuse(Code.OUTCOME_FIRST, number=current)


def _call(dialogue: "Dialogue", number: int, moment: Moment, reason: str = "") -> Called:
    ahead = (number, *(n for n in dialogue.deck if n != number))
    left = tuple(n for n in dialogue.queue if n != number)
    to_deck = tuple(islice(drawn(dialogue, ahead, left), max(0, DECK_PLACES + 1 - len(ahead))))
    fact = QuestionCalled(number, moment.supports.get(number, 0), heard_so_far(moment), Sealed(reason), to_deck)
    return (fact, *(QuestionPutOnDeck(n) for n in to_deck))


@applies(QuestionCalled)
def called(dialogue: "Dialogue", fact: QuestionCalled, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].departing(fact.reason)
    question = replace(
        question, state=Q.ON_STAGE, supports=fact.supports, called_at=entry.at, moved_at=entry.at, absent_at=None
    )
    limit = timedelta(seconds=dialogue.notice.question_seconds)
    turn = Turn(question.number, entry.at, limit=limit, deck=dialogue.deck, queue=dialogue.queue, refill=fact.refill)
    turn = replace(turn, at_once=fact.at_once)
    dialogue = leave(dialogue, question)
    return replace(floor_taken(dialogue, fact.heard, entry.at, question.number, Part.ASKING), turn=turn)
