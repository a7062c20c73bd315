"""Where something that left a row goes back to, when others of that row may have moved, gone or come since."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def place_again(before: Sequence[T], now: Sequence[T], one: T) -> int:
    """The index in `now` that is `one`'s place as it was in `before`.

    Before the first that stood behind it and is still there, else behind all that stood before it, else at the head.
    """
    own = before.index(one)
    behind = [now.index(other) for other in before[own + 1 :] if other in now]
    ahead = [now.index(other) + 1 for other in before[:own] if other in now]
    return min(behind) if behind else max(ahead, default=0)


def put_back(before: Sequence[T], now: Sequence[T], one: T) -> tuple[T, ...]:
    """The row with `one` at its former place again."""
    others = [other for other in now if other != one]
    others.insert(place_again(before, others, one), one)
    return tuple(others)
