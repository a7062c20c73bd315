"""A thread that works for long gives way: the others of its process want to answer people meanwhile."""

from collections.abc import Callable
from time import perf_counter, sleep

RUN = 0.001
"""Seconds of work after which others have their turn. Python itself takes the turn away after 5 ms (docs.python.org,
`sys.setswitchinterval`), and whoever waits loses as much again at each system call of its own."""
REST = 0.0001
"""Seconds of rest: as long as the one who waits needs to wake up. A rest of nothing would be over before that."""


class GivingWay:
    """Called between short steps; now and then it rests."""

    def __init__(self, clock: Callable[[], float] = perf_counter, rest: Callable[[float], None] = sleep) -> None:
        self._clock = clock
        self._rest = rest
        self._since = clock()

    def __call__(self) -> None:
        if self._clock() - self._since < RUN:
            return
        self._rest(REST)
        self._since = self._clock()
