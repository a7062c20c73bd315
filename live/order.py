"""The order of the queue and the two places on deck, announced on the hall screen and therefore locked."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, QuestionPlaced, QuestionPutOnDeck, QuestionSetAside, QuestionTakenOffDeck
from live.lineup import next_on_deck
from live.questions import find, leave, leaving_departs, unexplained
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

DECK_PLACES = 2
"""Questions announced on the hall screen as coming next."""


@decides(do.Place)
def place(dialogue: "Dialogue", command: do.Place, seat: Seat, moment: Moment) -> tuple[QuestionPlaced] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if question.state is Q.ON_DECK:
        return refuse(Code.LOCKED)
    if question.state not in {Q.APPROVED, Q.QUEUED}:
        return refuse(Code.WRONG_STATE)
    if command.before is not None and command.before in dialogue.deck:
        return refuse(Code.LOCKED, number=command.before)
    if command.before is not None and command.before not in dialogue.queue:
        return refuse(Code.WRONG_STATE, number=command.before)
    if command.before == question.number:
        return refuse(Code.WRONG_STATE)
    moved = _put(dialogue.queue, question.number, command.before)
    departs = dialogue.mixing is not None and moved[: len(dialogue.queue)] != dialogue.queue
    if problem := _unexplained(command.reason, departs=departs):
        return problem
    return (QuestionPlaced(question.number, command.before, Sealed(clean(command.reason)) if departs else NOTHING),)


def _unexplained(reason: str, *, departs: bool) -> Refused | None:
    return unexplained(reason) if departs else None


def _put(queue: tuple[int, ...], number: int, before: int | None) -> tuple[int, ...]:
    """The queue with the question before another one, or at its end."""
    others = [n for n in queue if n != number]
    others.insert(others.index(before) if before in others else len(others), number)
    return tuple(others)


@applies(QuestionPlaced)
def placed(dialogue: "Dialogue", fact: QuestionPlaced, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].departing(fact.reason)
    queue = _put(dialogue.queue, fact.question, fact.before)
    return dialogue.with_question(replace(question, state=Q.QUEUED, moved_at=entry.at), queue=queue)


@decides(do.SetAside)
def set_aside(
    dialogue: "Dialogue", command: do.SetAside, seat: Seat, moment: Moment
) -> tuple[QuestionSetAside] | Refused:
    question = find(dialogue, command.question, Q.QUEUED)
    if isinstance(question, Refused):
        return question
    departs = leaving_departs(dialogue, question)
    if problem := _unexplained(command.reason, departs=departs):
        return problem
    return (QuestionSetAside(question.number, Sealed(clean(command.reason)) if departs else NOTHING),)


@applies(QuestionSetAside)
def aside(dialogue: "Dialogue", fact: QuestionSetAside, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].departing(fact.reason)
    return leave(dialogue, replace(question, state=Q.APPROVED, moved_at=entry.at))


@decides(do.PutOnDeck)
def put_on_deck(
    dialogue: "Dialogue", command: do.PutOnDeck, seat: Seat, moment: Moment
) -> tuple[QuestionPutOnDeck] | Refused:
    question = find(dialogue, command.question, Q.APPROVED, Q.QUEUED)
    if isinstance(question, Refused):
        return question
    if len(dialogue.deck) >= DECK_PLACES:
        return refuse(Code.DECK_FULL)
    departs = dialogue.mixing is not None and question.number != next_on_deck(dialogue)
    if problem := _unexplained(command.reason, departs=departs):
        return problem
    return (QuestionPutOnDeck(question.number, Sealed(clean(command.reason)) if departs else NOTHING),)


@applies(QuestionPutOnDeck)
def on_deck(dialogue: "Dialogue", fact: QuestionPutOnDeck, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].departing(fact.reason)
    question = replace(question, state=Q.ON_DECK, moved_at=entry.at)
    dialogue = leave(dialogue, question)
    return replace(dialogue, deck=(*dialogue.deck, question.number))


@decides(do.TakeOffDeck)
def take_off_deck(
    dialogue: "Dialogue", command: do.TakeOffDeck, seat: Seat, moment: Moment
) -> tuple[QuestionTakenOffDeck] | Refused:
    question = find(dialogue, command.question, Q.ON_DECK)
    if isinstance(question, Refused):
        return question
    if problem := unexplained(command.reason):
        return problem  # the hall has read that it comes next
    return (QuestionTakenOffDeck(question.number, Sealed(clean(command.reason))),)


@applies(QuestionTakenOffDeck)
def off_deck(dialogue: "Dialogue", fact: QuestionTakenOffDeck, entry: Entry) -> "Dialogue":
    question = replace(dialogue.questions[fact.question], state=Q.QUEUED, moved_at=entry.at)
    dialogue = leave(dialogue, question)
    return replace(dialogue, queue=(question.number, *dialogue.queue))
