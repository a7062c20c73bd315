"""The wheel: one timer that looks after every line, instead of two timers for each.

Each line sits in a slot; every half second one slot is visited. A line from which nothing came since its last visit is
dead (a browser answers pings by itself), and a full one of which the network took nothing for too long is stalled.
"""

import asyncio
import struct
from collections import deque
from statistics import median
from typing import Protocol

STAMP = struct.Struct(">d")
PING = b"\x89" + bytes([STAMP.size])
"""The head of a ping frame, before the moment at which it is sent: the pong brings that back."""
PERIOD = 20.0
"""Seconds between two pings to a line: below the 25 to 30 after which home routers and proxies forget it, and a phone
that went away without a word is found after at most two rounds."""
SLOTS = 40
TICK = PERIOD / SLOTS
MEASURED = 500
"""Round trips of which the middle one is told."""
LATE = 1.0
"""Seconds by which a tick may be late; beyond it we were the ones who stood still, and nobody is judged for a round."""


class Watched(Protocol):
    """What the wheel looks after."""

    def beat(self, ping: bytes, *, judged: bool) -> None:
        """Ask with this frame whether anybody is there; when `judged`, cut the line if nobody answered the last one."""
        ...

    def still_full(self, now: float, *, judged: bool) -> None:
        """Cut a full line that has not moved for too long."""
        ...


class Wheel:
    """Turns while the server runs."""

    def __init__(self) -> None:
        self.full: set[Watched] = set()
        self.lag = 0.0
        self._trips: deque[float] = deque(maxlen=MEASURED)
        self._slots: list[set[Watched]] = [set() for _ in range(SLOTS)]
        self._place = 0
        self._hand = 0
        self._lenient = 0
        self._due = 0.0
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._due = loop.time() + TICK
        self._next = loop.call_at(self._due, self._tick)

    def stop(self) -> None:
        if self._next is not None:
            self._next.cancel()

    def worst_lag(self) -> float:
        """Seconds by which the latest tick since the last call came too late: how long the loop was held up."""
        worst, self.lag = self.lag, 0.0
        return worst

    def answered(self, seconds: float) -> None:
        """A page took so long to answer a ping. Nobody may say that it was longer than a turn, or nothing."""
        if 0 < seconds <= PERIOD:
            self._trips.append(seconds)

    def round_trip(self) -> float | None:
        """Seconds to a page and back, the middle one of late; None before any was measured."""
        return median(self._trips) if self._trips else None

    def add(self, line: Watched) -> int:
        """Look after a line; the answer is its slot. New lines are spread, so that pings never come in a burst."""
        self._place = (self._place + 1) % SLOTS
        self._slots[self._place].add(line)
        return self._place

    def remove(self, line: Watched, slot: int) -> None:
        self._slots[slot].discard(line)
        self.full.discard(line)

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self.turn(now, now - self._due)
        self._due = now + TICK
        self._next = loop.call_at(self._due, self._tick)

    def turn(self, now: float, late: float) -> None:
        """Visit one slot. A slot is a small part of all, so this is some milliseconds with ten thousand lines."""
        self.lag = max(self.lag, late)
        self._lenient = SLOTS if late > LATE else max(0, self._lenient - 1)
        self._hand = (self._hand + 1) % SLOTS
        ping = PING + STAMP.pack(now)
        for line in tuple(self._slots[self._hand]):
            line.beat(ping, judged=not self._lenient)
        for line in tuple(self.full):
            line.still_full(now, judged=not self._lenient)
