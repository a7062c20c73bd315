"""Rounds: every listener of a group is brought up to date, some hundreds in a turn of the loop.

Ten thousand writes are some 60 ms; nobody's command, pong or handshake should wait for them. Because each listener has
a position of its own, news that comes in the middle of a round needs no queue: who has not been visited gets both at
once, who has is visited again, and who joins in between is already there.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from server.rooms.groups import Group
from server.rooms.listeners import Listener

SLICE = 250
"""Listeners visited in one turn of the loop, some 2 ms; of 500 a broadcast kept the loop 12 ms at its worst."""

Bring = Callable[[Group, Sequence[Listener]], None]


def _soon(work: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_soon(work)


class Rounds:
    """One for all rooms of a server, so that a turn of the loop stays short however many have news at once."""

    def __init__(self, soon: Callable[[Callable[[], None]], None] = _soon) -> None:
        self._soon = soon
        self._due: dict[Group, Bring] = {}
        self._walk: Iterator[None] | None = None

    def start(self, group: Group, bring: Bring) -> None:
        """Have everybody in `group` visited, soon, after what is already waiting: answers go first."""
        self._due[group] = bring
        if self._walk is None:
            self._walk = self._slices()
            self._soon(self._turn)

    def _turn(self) -> None:
        if self._walk is not None and next(self._walk, self) is self:
            self._walk = None
        else:
            self._soon(self._turn)

    def _slices(self) -> Iterator[None]:
        left = SLICE
        while self._due:
            group = min(self._due, key=_size)  # the few who work before the many who look
            bring, listeners, start = self._due.pop(group), tuple(group.listeners), 0
            while start < len(listeners):
                if not left:
                    yield
                    left = SLICE
                part = listeners[start : start + left]
                bring(group, part)
                start, left = start + len(part), left - len(part)


def _size(group: Group) -> int:
    return len(group.listeners)
