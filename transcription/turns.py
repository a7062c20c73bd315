"""Turns at the engine: a few sources are decoded at once, and whoever has waited longest is next.

Without it a source that catches up with an hour of its recording would take the cores from the hall's microphone.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


def cores_to_use() -> int:
    """What recognition may take: all cores this process may use but one, which is the room's.

    So many sources of a model that uses one core each, or so many cores of a model that uses several for one.
    """
    return max(1, len(os.sched_getaffinity(0)) - 1)


class Turns:
    """At most `places` threads are within `turn` at once; they are let in in the order in which they came."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._lock:
            mine = threading.Event()
            if self._free:
                self._free -= 1
                mine.set()
            else:
                self._waiting.append(mine)
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1
