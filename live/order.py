"""The order of the queue and the two places on deck, announced on the hall screen and therefore locked."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, QuestionPlaced, QuestionPutOnDeck, QuestionSetAside, QuestionTakenOffDeck
from live.questions import find, leave
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q

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
    if command.before in dialogue.deck:
        return refuse(Code.LOCKED)
    if command.before is not None and command.before not in dialogue.queue:
        return refuse(Code.WRONG_STATE)
    if command.before == question.number:
        return refuse(Code.WRONG_STATE)
    return (QuestionPlaced(question.number, command.before),)


@applies(QuestionPlaced)
def placed(dialogue: "Dialogue", fact: QuestionPlaced, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    others = [n for n in dialogue.queue if n != fact.question]
    index = others.index(fact.before) if fact.before in others else len(others)
    others.insert(index, fact.question)
    return dialogue.with_question(replace(question, state=Q.QUEUED, moved_at=entry.at), queue=tuple(others))


@decides(do.SetAside)
def set_aside(
    dialogue: "Dialogue", command: do.SetAside, seat: Seat, moment: Moment
) -> tuple[QuestionSetAside] | Refused:
    question = find(dialogue, command.question, Q.QUEUED)
    return question if isinstance(question, Refused) else (QuestionSetAside(question.number),)


@applies(QuestionSetAside)
def aside(dialogue: "Dialogue", fact: QuestionSetAside, entry: Entry) -> "Dialogue":
    return leave(dialogue, replace(dialogue.questions[fact.question], state=Q.APPROVED, moved_at=entry.at))


@decides(do.PutOnDeck)
def put_on_deck(
    dialogue: "Dialogue", command: do.PutOnDeck, seat: Seat, moment: Moment
) -> tuple[QuestionPutOnDeck] | Refused:
    question = find(dialogue, command.question, Q.APPROVED, Q.QUEUED)
    if isinstance(question, Refused):
        return question
    if len(dialogue.deck) >= DECK_PLACES:
        return refuse(Code.DECK_FULL)
    return (QuestionPutOnDeck(question.number),)


@applies(QuestionPutOnDeck)
def on_deck(dialogue: "Dialogue", fact: QuestionPutOnDeck, entry: Entry) -> "Dialogue":
    question = replace(dialogue.questions[fact.question], state=Q.ON_DECK, moved_at=entry.at)
    dialogue = leave(dialogue, question)
    return replace(dialogue, deck=(*dialogue.deck, question.number))


@decides(do.TakeOffDeck)
def take_off_deck(
    dialogue: "Dialogue", command: do.TakeOffDeck, seat: Seat, moment: Moment
) -> tuple[QuestionTakenOffDeck] | Refused:
    question = find(dialogue, command.question, Q.ON_DECK)
    return question if isinstance(question, Refused) else (QuestionTakenOffDeck(question.number),)


@applies(QuestionTakenOffDeck)
def off_deck(dialogue: "Dialogue", fact: QuestionTakenOffDeck, entry: Entry) -> "Dialogue":
    question = replace(dialogue.questions[fact.question], state=Q.QUEUED, moved_at=entry.at)
    dialogue = leave(dialogue, question)
    return replace(dialogue, queue=(question.number, *dialogue.queue))
