"""Rounds: every listener of a group is brought up to date, some hundreds in a turn of the loop.

Ten thousand writes are some 60 ms; nobody's command, pong or handshake should wait for them. Because each listener has
a position of its own, news that comes in the middle of a round needs no queue: who has not been visited gets both at
once, who has is visited again, and who joins in between is already there.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from server.rooms.groups import Group
from server.rooms.listeners import Listener

SLICE = 250
"""Listeners visited in one turn of the loop, some 2 ms; of 500 a broadcast kept the loop 12 ms at its worst."""

Bring = Callable[[Group, Sequence[Listener]], None]
BringOne = Callable[[Listener], None]


def _soon(work: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_soon(work)


class Rounds:
    """One for all rooms of a server, so that a turn of the loop stays short however many have news at once."""

    def __init__(self, soon: Callable[[Callable[[], None]], None] = _soon) -> None:
        self._soon = soon
        self._own: deque[tuple[Listener, BringOne]] = deque()
        self._due: dict[Group, Bring] = {}
        self._walk: Iterator[None] | None = None
        self._going = False

    def start(self, group: Group, bring: Bring) -> None:
        """Have everybody in `group` visited, soon, behind the answers that were given just now."""
        self._behind_answers(lambda: self._due.update({group: bring}))

    def visit(self, listeners: Iterable[Listener], bring: BringOne) -> None:
        """Have these visited behind the same answers, and before any group: the news is of their own things."""
        own = [(listener, bring) for listener in listeners]
        if own:
            self._behind_answers(lambda: self._own.extend(own))

    def _behind_answers(self, wanted: Callable[[], None]) -> None:
        """An answer needs two turns of the loop: out of the shield in `Room.handle`, and to the task that writes it.

        So a round is told of the news behind them. One that is in the middle of the same group takes it along.
        """
        self._soon(lambda: self._soon(lambda: self._begin(wanted)))

    def _begin(self, wanted: Callable[[], None]) -> None:
        wanted()
        if not self._going:
            self._going = True
            self._soon(self._turn)

    def _turn(self) -> None:
        for _ in range(min(SLICE, len(self._own))):
            listener, bring = self._own.popleft()
            bring(listener)
        self._walk = self._walk or self._slices()
        if next(self._walk, self) is self:
            self._walk = None
        self._going = self._walk is not None or bool(self._own)
        if self._going:
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
