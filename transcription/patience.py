"""A clock for waiting on a process: while the process works it counts the processor time it gets, else time itself.

A worker that gives no answer because others have the machine is slow, and killing it would make it slower: it would
load its model again, on the same machine. One that turns in a circle uses all it is given; one that sleeps uses none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

ASLEEP = 0.02
"""The least share of a core that a process which works is given, also on a machine full of others."""


class Patience:
    """`clock` counts seconds and never goes back; `used` tells processor seconds, beginning anew with each process."""

    def __init__(self, clock: Callable[[], float], used: Callable[[], float]) -> None:
        self.seconds = 0.0
        """As of the last look."""
        self._clock = clock
        self._used = used
        self._looked = clock(), used()

    def look(self) -> None:
        """Let the clock go on to this moment."""
        then, before = self._looked
        self._looked = now, used = self._clock(), self._used()
        passed, worked = now - then, used - before
        self.seconds += min(passed, worked) if worked > ASLEEP * passed else passed


def processor_seconds(pid: int | None) -> float:
    """What a process and its threads have used so far; 0 when it is gone, or where there is no /proc to tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
