"""How long each question has had the floor, as its clock ran: pauses left out, what went beyond the limit counted in.

Read off the stamps of the floor alone. It advises whoever leads; who is called next is still told by the declared rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live.states import Part, TurnState

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question


@dataclass(frozen=True, slots=True)
class FloorTime:
    """Of one question: the turns it has had, and what was spent in them on asking and on answering."""

    turns: int = 0
    asking: timedelta = timedelta()
    answering: timedelta = timedelta()

    @property
    def whole(self) -> timedelta:
        return self.asking + self.answering

    def __add__(self, other: "FloorTime") -> "FloorTime":
        return FloorTime(self.turns + other.turns, self.asking + other.asking, self.answering + other.answering)


@dataclass(frozen=True, slots=True)
class HadFloor:
    """What the asker of a waiting question has had of the floor; `now`: one of their own questions has it."""

    turns: int
    asking: timedelta
    now: bool = False


NOTHING_HAD = FloorTime()


def passed(since: datetime, at: datetime) -> timedelta:
    """How long a clock ran. A machine's own may be set back during a turn: nobody's time becomes less by it."""
    return max(at - since, timedelta())


def counted_since(dialogue: "Dialogue") -> datetime | None:
    """Since when the running clock has not been counted yet: what a turn had before it came back is."""
    since = dialogue.turn.running_since if dialogue.turn else None
    return max(since, dialogue.turn_back_at) if since and dialogue.turn_back_at else since


def counted(dialogue: "Dialogue", at: datetime) -> "Dialogue":
    """The dialogue in which what has run until now is kept: its clock stops, turns to the other part, or goes."""
    turn, since = dialogue.turn, counted_since(dialogue)
    if turn is None or since is None:
        return dialogue
    ran = passed(since, at)
    added = FloorTime(asking=ran) if turn.part is Part.ASKING else FloorTime(answering=ran)
    return _with(dialogue, turn.question, added)


def ended(dialogue: "Dialogue", at: datetime, *, returned: bool = False) -> "Dialogue":
    """The dialogue behind the turn, which is counted too; not where somebody was sent back before any clock ran.

    That is who was absent, or called by mistake.
    """
    dialogue = counted(dialogue, at)
    turn = dialogue.turn
    if turn is None or dialogue.turn_back_at is not None or (returned and turn.state is TurnState.CALLED):
        return dialogue
    return _with(dialogue, turn.question, FloorTime(1))


def _with(dialogue: "Dialogue", question: int, added: FloorTime) -> "Dialogue":
    before = dialogue.floor_time.get(question, NOTHING_HAD)
    return replace(dialogue, floor_time={**dialogue.floor_time, question: before + added})


def had_floor(dialogue: "Dialogue", question: "Question") -> HadFloor | None:
    """What the asker of a waiting question has had so far; None when nothing is known of any.

    The asker is the seat. Whom a clerk wrote down has none: two cards of one name may be two people, so that of such a
    question only its own turns count, as with the declared rule (`drawing`).
    """
    if not question.waiting or not (dialogue.floor_time or dialogue.turn):
        return None
    own = dialogue.asked.get(question.seat, ()) if question.seat else (question.number,)
    had = sum(_of(dialogue.floor_time, own), NOTHING_HAD)
    now = dialogue.turn is not None and dialogue.turn.question in own and dialogue.turn.question != question.number
    return HadFloor(had.turns, had.asking, now) if had.turns or now else None


def _of(times: Mapping[int, FloorTime], numbers: tuple[int, ...]) -> Iterator[FloorTime]:
    return (times[number] for number in numbers if number in times)
