"""Taking a question off the stage: back to the very place it was called from, or to the queue's head when absent."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, QuestionReturned
from live.floor import Turn, floor_left, heard_so_far
from live.judged import unjudged
from live.notice import LIVE
from live.order import DECK_PLACES
from live.places import put_back
from live.questions import find, unexplained
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@decides(do.ReturnToQueue)
def return_to_queue(
    dialogue: "Dialogue", command: do.ReturnToQueue, seat: Seat, moment: Moment
) -> tuple[QuestionReturned] | Refused:
    """Off the stage; or, while there is a floor and for a reason, back from an outcome that was tapped by mistake."""
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    mistaken = question.outcome is not None and dialogue.state in LIVE and not command.absent
    on_stage = question.state is Q.ON_STAGE
    if not on_stage and not mistaken:
        return refuse(Code.STAGE_CHANGED)
    exactly = on_stage and not command.absent
    ruled = exactly and dialogue.mixing is not None
    reason = clean(command.reason) if mistaken or ruled else ""
    if mistaken and not reason:
        return refuse(Code.REASON_MISSING)
    if ruled and (problem := unexplained(reason)):
        return problem  # everybody has seen that it was its turn
    return (QuestionReturned(question.number, command.absent, heard_so_far(moment), exactly, Sealed(reason)),)


@applies(QuestionReturned)
def returned(dialogue: "Dialogue", fact: QuestionReturned, entry: Entry) -> "Dialogue":
    dialogue = unjudged(dialogue, fact.question)
    question = replace(dialogue.questions[fact.question], state=Q.QUEUED, moved_at=entry.at)
    question = replace(question, agency=NOTHING, due=None, closing=NOTHING)
    question = replace(question, absent_at=entry.at if fact.absent else None)
    if dialogue.mixing is not None:
        question = question.departing(fact.reason)
    turn = dialogue.turn
    if turn is None or turn.question != question.number:
        return dialogue.with_question(question, queue=(question.number, *dialogue.queue))
    if not fact.exactly:
        ahead = dialogue.with_question(question, queue=(question.number, *dialogue.queue))
        return floor_left(ahead, fact.heard, entry.at, returned=True)
    if question.number not in (*turn.deck, *turn.queue):
        question = replace(question, state=Q.APPROVED)  # it was called from aside
    back = _standing(dialogue.with_question(question), *_places(dialogue, turn))
    return floor_left(back, fact.heard, entry.at, returned=True)


def _places(dialogue: "Dialogue", turn: Turn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Deck and queue as before the call, with what came to the queue's end since; unless people moved others."""
    deck = (*(n for n in turn.deck if n != turn.question), *turn.refill)
    queue = tuple(n for n in turn.queue if n not in {turn.question, *turn.refill})
    since = dialogue.queue[len(queue) :]
    if (dialogue.deck, dialogue.queue) == (deck, (*queue, *since)):
        return turn.deck, (*turn.queue, *since)
    if turn.question not in (*turn.deck, *turn.queue):
        return dialogue.deck, dialogue.queue
    return _between(dialogue, turn)


def _between(dialogue: "Dialogue", turn: Turn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where it stood among those who still wait; on deck when it comes before somebody announced, or stood there."""
    before, now = (*turn.deck, *turn.queue), (*dialogue.deck, *dialogue.queue)
    line = put_back(before, now, turn.question)
    index = line.index(turn.question)
    announced = index < len(dialogue.deck) or (turn.question in turn.deck and index == len(dialogue.deck))
    places = min(DECK_PLACES, len(dialogue.deck) + announced)
    return line[:places], line[places:]


def _standing(dialogue: "Dialogue", deck: tuple[int, ...], queue: tuple[int, ...]) -> "Dialogue":
    """The dialogue with this deck and this queue; whoever changed between the two knows it."""
    questions = dialogue.questions
    for number, state in (*((n, Q.ON_DECK) for n in deck), *((n, Q.QUEUED) for n in queue)):
        if questions[number].state is not state:
            questions = questions.put(number, replace(questions[number], state=state))
    return replace(dialogue, questions=questions, deck=deck, queue=queue)
