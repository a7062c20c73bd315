"""Who is called after whom: those announced, then everybody in the queue as the declared rule draws them.

One line for all: the hall screen, the phones, the chair, the place an asker is told, and the call itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from live.drawing import Traits, draw
from live.mixing import lane_of
from live.states import QuestionState as Q

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question
    from live.staff_cards import StaffCard


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, the places in it, and what it was drawn from: the very things, and all that counts of them."""

    seen: tuple[object, ...]
    grounds: tuple[object, ...]
    order: tuple[int, ...]
    places: Mapping[int, int]


@dataclass(slots=True)
class Drawn:
    """What was drawn last: the line, and the card of each question as those who read see it.

    A dialogue and its next ones share one: thousands of phones ask for the same line after each entry, and hardly any
    entry changes it, or more than one card of a thousand. It is believed only while what it was drawn from is still
    the same.
    """

    last: _Line | None = None
    cards: "dict[int, tuple[Question, StaffCard]]" = field(default_factory=dict)


def line(dialogue: "Dialogue") -> tuple[int, ...]:
    """Everybody who waits to be called, in the order in which they will be when nothing else happens."""
    return _known(dialogue).order


def places(dialogue: "Dialogue") -> Mapping[int, int]:
    """The place in that line of each question that stands in it, from 1."""
    return _known(dialogue).places


def next_called(dialogue: "Dialogue") -> int | None:
    """Who is called when nobody says otherwise."""
    return next(iter(line(dialogue)), None)


def next_on_deck(dialogue: "Dialogue") -> int | None:
    """Who takes the next place on deck when nobody says otherwise."""
    return next(iter(line(dialogue)[len(dialogue.deck) :]), None)


def following(dialogue: "Dialogue", ahead: tuple[int, ...], left: tuple[int, ...]) -> int | None:
    """The next of `left` (the queue in its order) after those `ahead` of it in the line; the first without a rule."""
    return next(drawn(dialogue, ahead, left), None)


def drawn(dialogue: "Dialogue", ahead: tuple[int, ...], left: tuple[int, ...]) -> Iterator[int]:
    """`left` as the rule draws it after those `ahead`, one after another; as it stands without a rule."""
    if dialogue.mixing is None:
        return iter(left)
    before = _traits(dialogue, (*called(dialogue), *ahead))
    return draw(dialogue.mixing, len(ahead), before, _traits(dialogue, left))


def called(dialogue: "Dialogue") -> tuple[int, ...]:
    """Those who had their turn, in its order, and whose turn it is.

    Who was absent, or was called by mistake, has not had it.
    """
    found = [q for q in dialogue.questions.values() if q.called_at is not None]
    had = sorted((q.called_at, q.number) for q in found if q.called_at is not None and q.concluded)
    return (*(number for _, number in had), *(q.number for q in found if q.state is Q.ON_STAGE))


def _traits(dialogue: "Dialogue", numbers: Iterable[int]) -> list[Traits]:
    asked = (dialogue.questions[number] for number in numbers)
    return [(q.number, lane_of(q), str(q.site), q.seat, str(q.topic)) for q in asked]


def _known(dialogue: "Dialogue") -> _Line:
    last = dialogue.drawn.last
    seen = dialogue.questions, dialogue.queue, dialogue.deck, dialogue.mixing
    if last is not None and all(one is other for one, other in zip(last.seen, seen, strict=True)):
        return last
    grounds = _grounds(dialogue)
    if last is None or last.grounds != grounds:
        order = (*dialogue.deck, *drawn(dialogue, dialogue.deck, dialogue.queue))
        last = _Line(seen, grounds, order, {number: place for place, number in enumerate(order, 1)})
    dialogue.drawn.last = last = replace(last, seen=seen)
    return last


def _grounds(dialogue: "Dialogue") -> tuple[object, ...]:
    """What the line is drawn from, as values."""
    deck, queue = dialogue.deck, dialogue.queue
    if dialogue.mixing is None:
        return deck, queue
    return dialogue.mixing, deck, _traits(dialogue, called(dialogue)), _traits(dialogue, (*deck, *queue))
