"""Supports that came all at once from phones that had just come in: flagged for whoever reads, never taken away.

It rests on what is kept alone: when a seat joined, when it supported, and that it did nothing else (decision 0341).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST = 5
"""Supports below which nothing is said: a family around one table."""
WINDOW = timedelta(minutes=1)
"""How close together they came, and how soon after joining."""
SHARE = 2
"""At least half: of all who support the question, and of all phones that came in meanwhile."""


@dataclass(frozen=True, slots=True)
class LoneSupport:
    """The only support that a seat ever set, and when the seat joined."""

    question: int
    seat: str
    at: datetime
    joined: datetime


@dataclass(frozen=True, slots=True)
class Burst:
    """`count` of the `supports` of a question came from `first` to `last`, from phones that had just come in.

    In the time in which they came in, `came` phones did so at all.
    """

    count: int
    supports: int
    first: datetime
    last: datetime
    came: int


def bursts(
    lone: Iterable[LoneSupport],
    joins: Iterable[datetime],
    askers: Container[str],
    leads: Mapping[int, int],
    tally: Mapping[int, int],
) -> dict[int, Burst]:
    """The questions whose supports came in a burst. `joins` is when each seat joined, `askers` those who have asked.

    Whoever supports a question merged into another one is counted for that one (`leads`), as `tally` does.
    """
    hasty: dict[int, list[LoneSupport]] = defaultdict(list)
    for one in lone:
        if one.seat not in askers and timedelta() <= one.at - one.joined <= WINDOW:
            hasty[leads.get(one.question, one.question)].append(one)
    came = sorted(joins)
    found = ((number, _burst(supports, came, tally.get(number, 0))) for number, supports in hasty.items())
    return {number: burst for number, burst in sorted(found) if burst is not None}


def _burst(hasty: list[LoneSupport], joins: Sequence[datetime], supports: int) -> Burst | None:
    crowd = _densest(sorted(hasty, key=lambda one: (one.at, one.seat)))
    begin, end = min(one.joined for one in crowd), max(one.joined for one in crowd)
    came = bisect_right(joins, end) - bisect_left(joins, begin)
    if len(crowd) < FEWEST or len(crowd) * SHARE < max(supports, came):
        return None
    return Burst(len(crowd), supports, crowd[0].at, crowd[-1].at, came)


def _densest(hasty: list[LoneSupport]) -> list[LoneSupport]:
    """The most of them within one window, the earliest such."""
    start, best = 0, hasty[:1]
    for end, one in enumerate(hasty, 1):
        while one.at - hasty[start].at > WINDOW:
            start += 1
        if end - start > len(best):
            best = hasty[start:end]
    return best
