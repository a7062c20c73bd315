"""How long words take from a mouth to a screen, counted for those who run the server and told to staff."""

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from prometheus_client.core import HistogramMetricFamily

BOUNDS = (0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 12, 20, 30, 60, 300)
"""Seconds: the upper ends of the classes that are counted."""
RECENT = 15
"""Words in progress, some three seconds of them, of which the middle one is told."""
OLD = 30.0
"""Seconds after which a measured delay says nothing of the present."""
LOOK_BACK = 4.0
"""Seconds between the two looks that tell whether reading catches up."""


class Step(StrEnum):
    """Where words are, that were spoken so long ago."""

    RECOGNISED = "recognised"
    SENT = "sent"
    SCREEN = "screen"
    """Sent, and half a measured round trip to the pages (WebSocket pings) later. Drawing takes a frame or two more."""


@dataclass(slots=True)
class _Counted:
    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.classes[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def cumulative(self) -> Iterator[tuple[str, float]]:
        so_far = 0
        for bound, count in zip((*(str(float(bound)) for bound in BOUNDS), "+Inf"), self.classes, strict=True):
            so_far += count
            yield bound, so_far


class Delays:
    """Of all dialogues of this server. `round_trip` gives the middle one to its pages, in seconds, if it is known."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.round_trip: Callable[[], float | None] = lambda: None
        self._clock = clock
        self._counted: dict[tuple[str, Step], _Counted] = {}
        self._recent: dict[str, deque[tuple[float, float]]] = {}

    def recognised(self, kind: str, spoken: float) -> None:
        """Words of this kind ("partial", "final"), of which the last was spoken at this moment, came out now."""
        self._count(kind, Step.RECOGNISED, self._clock() - spoken)

    def sent(self, code: str, kind: str, spoken: float) -> None:
        """The same words are on their way to the pages of a dialogue."""
        now = self._clock()
        self._count(kind, Step.SENT, now - spoken)
        arrives = now - spoken + (self.round_trip() or 0.0) / 2
        self._count(kind, Step.SCREEN, arrives)
        self._recent.setdefault(code, deque(maxlen=RECENT)).append((now, arrives))

    def _count(self, kind: str, step: Step, seconds: float) -> None:
        self._counted.setdefault((kind, step), _Counted()).add(max(0.0, seconds))

    def of(self, code: str) -> float | None:
        """Seconds from mouth to screen of late, in this dialogue; None when nothing was measured lately."""
        since = self._clock() - OLD
        fresh = [seconds for at, seconds in self._recent.get(code, ()) if at >= since]
        return round(median(fresh), 1) if fresh else None

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """For Prometheus."""
        told = HistogramMetricFamily(
            "doithoai_words_delay_seconds", "From the last sample of words to where they are", labels=["kind", "step"]
        )
        for (kind, step), counted in self._counted.items():
            told.add_metric([kind, step.value], list(counted.cumulative()), counted.total)
        yield told


class Trend:
    """Whether what lies unread grows less."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looks: deque[tuple[float, float]] = deque()

    def look(self, lag: float) -> bool:
        """True while less lies unread than some seconds ago."""
        now = self._clock()
        self._looks.append((now, lag))
        while now - self._looks[0][0] > 2 * LOOK_BACK or (
            len(self._looks) > 1 and now - self._looks[1][0] >= LOOK_BACK
        ):
            self._looks.popleft()
        return lag < self._looks[0][1]
