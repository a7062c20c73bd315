"""What a machine in the hall tells whoever types a number: the state in plain words, and nothing that is not public.

A number can be guessed, so it opens less than a receipt does: no name, no unapproved text, no reason of a refusal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.mine import MyQuestion, my_question
from live.texts import clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question

LONGEST_NUMBER = 5
"""Digits of a card's or a question's number; more is a receipt that happens to have no letter."""
_READ_AS = str.maketrans("OIL", "011", "- ")
"""Crockford's base 32 has no O, I and L; people write them all the same."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a number or a receipt leads to: a card, a question, or a card and the question that it became."""

    card: int | None
    question: MyQuestion | None


def look_up(dialogue: "Dialogue", typed: str) -> tuple[Found, ...]:
    """By what stands on a card or a slip, as typed or scanned; a number may be a card's and another question's."""
    # A scanner types the whole address of a code, whose last part is the receipt.
    word = clean(typed).upper().rstrip("/").rsplit("/", 1)[-1].translate(_READ_AS)
    if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER:
        return tuple(_by_number(dialogue, int(word)))
    for question in dialogue.questions.values() if word else ():
        if _plain(str(question.receipt)) == word:
            return (Found(question.card, _told(dialogue, question)),)
    return tuple(
        Found(card.number, None) for card in dialogue.cards.values() if word and _plain(str(card.receipt)) == word
    )


def _by_number(dialogue: "Dialogue", number: int) -> Iterator[Found]:
    card = dialogue.cards.get(number)
    if card is not None:
        became = None if card.question is None else _told(dialogue, dialogue.questions[card.question])
        yield Found(number, became)
    question = dialogue.questions.get(number)
    if question is not None and question.card != number:
        yield Found(question.card, _told(dialogue, question))


def _told(dialogue: "Dialogue", question: "Question") -> MyQuestion:
    """What is told is named here; whatever else its asker may know is left out."""
    whole = my_question(dialogue, question)
    text, agency = whole.text if question.public else "", whole.agency if question.concluded else ""
    return MyQuestion(
        whole.number, receipt="", text=text, original="", state=whole.state, place=whole.place, reason=None, closing="",
        agency=agency, due=whole.due, merged_into=whole.merged_into, may_withdraw=False, answered_at=whole.answered_at,
        by_voice=whole.by_voice, absent_at=whole.absent_at,
    )  # fmt: skip


def _plain(receipt: str) -> str:
    return receipt.upper().translate(_READ_AS)
