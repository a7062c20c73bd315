"""The moments at which pages may stand, as far as one process knows."""

from collections import deque

KEPT = 4_096
"""Moments remembered: more than a ring holds frames."""


class Moments:
    """The entry numbers at which this process told its pages how things are.

    Another process tells of the same entries in other groups. A page that stands between two of our moments cannot be
    brought on by our frames: they say what changed since the moment before it, and it has part of that already.
    """

    def __init__(self, n: int) -> None:
        self._known = {n}
        self._order = deque([n])

    def add(self, n: int) -> None:
        self._known.add(n)
        self._order.append(n)
        if len(self._order) > KEPT:
            self._known.discard(self._order.popleft())

    def __contains__(self, n: object) -> bool:
        return n in self._known
