"""Paper cards with number and receipt printed beforehand: the card in the hand is the receipt of what it will ask."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import CardPrinted, Entry
from live.notice import WORKING
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.sites import came_from
from live.states import DialogueState
from live.texts import Sealed

if TYPE_CHECKING:
    from live.dialogue import Dialogue

CARDS = 2_000
"""Cards of one dialogue; no hall holds more people."""


@dataclass(frozen=True, slots=True)
class Card:
    """`number` is on the paper and never changes; `question` is what it became when a clerk typed it in."""

    number: int
    receipt: Sealed
    site: Sealed
    question: int | None = None


@decides(do.PrintCard)
def print_card(dialogue: "Dialogue", command: do.PrintCard, seat: Seat, moment: Moment) -> tuple[CardPrinted] | Refused:
    """Not in a rehearsal: paper cannot be wiped with it."""
    if dialogue.state not in WORKING | {DialogueState.DRAFT} or dialogue.before_rehearsal is not None:
        return refuse(Code.WRONG_STATE)
    if len(dialogue.cards) >= CARDS:
        return refuse(Code.ENOUGH_CARDS, count=CARDS)
    site = came_from(dialogue, command.site, seat)
    if isinstance(site, Refused):
        return site
    return (CardPrinted(len(dialogue.cards) + 1, Sealed(moment.token), Sealed(site)),)


@applies(CardPrinted)
def card_printed(dialogue: "Dialogue", fact: CardPrinted, entry: Entry) -> "Dialogue":
    return replace(dialogue, cards={**dialogue.cards, fact.card: Card(fact.card, fact.receipt, fact.site)})


def unused(dialogue: "Dialogue", number: int) -> Card | Refused:
    """The card that a clerk holds in the hand; typed in twice it would be two questions with one receipt."""
    card = dialogue.cards.get(number)
    if card is None:
        return refuse(Code.NOT_FOUND)
    return card if card.question is None else refuse(Code.CARD_USED, card=number, number=card.question)


def typed_in(dialogue: "Dialogue", card: int | None, question: int) -> "Dialogue":
    if card is None:
        return dialogue
    return replace(dialogue, cards={**dialogue.cards, card: replace(dialogue.cards[card], question=question)})
