"""How the evening's time on the floor divides so far: among the lanes, and among asking and answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live.floor_time import NOTHING_HAD, FloorTime, counted_since
from live.mixing import lane_of
from live.sights import Thing
from live.states import Lane, Part, TurnState

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class LaneTime:
    """What the questions of one lane have had, all of them together."""

    lane: Lane
    had: FloorTime


@dataclass(frozen=True, slots=True)
class FloorShares(Thing):
    """A row for each lane, in their order, and their sum; no row as long as nobody has had the floor.

    In whole seconds, so that what is read adds up. What runs now is not in them: `since` (server time) it runs for
    `lane` and `part`, and the page counts on by itself.
    """

    rows: tuple[LaneTime, ...] = ()
    whole: FloorTime = NOTHING_HAD
    lane: Lane | None = None
    part: Part | None = None
    since: datetime | None = None


def floor_shares(dialogue: "Dialogue") -> FloorShares:
    turn, since = dialogue.turn, counted_since(dialogue)
    if not dialogue.floor_time and since is None:
        return FloorShares()
    had = dict.fromkeys(Lane, NOTHING_HAD)
    for number, time in dialogue.floor_time.items():
        had[lane_of(dialogue.questions[number])] += time
    had = {lane: _in_seconds(time) for lane, time in had.items()}
    lane = lane_of(dialogue.questions[turn.question]) if turn else None
    if turn and lane and turn.state is not TurnState.CALLED and dialogue.turn_back_at is None:
        had[lane] += FloorTime(1)  # Counted with the others when it ends; whoever has spoken has had one.
    rows = tuple(LaneTime(lane, had[lane]) for lane in Lane)
    whole = sum(had.values(), NOTHING_HAD)
    if turn is None or since is None:
        return FloorShares(rows, whole)
    return FloorShares(rows, whole, lane, turn.part, since)


def _in_seconds(time: FloorTime) -> FloorTime:
    second = timedelta(seconds=1)
    return FloorTime(time.turns, time.asking // second * second, time.answering // second * second)
