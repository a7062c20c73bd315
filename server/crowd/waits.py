"""Times, kept as counts in buckets that grow by two percent: any number of them in some kilobytes."""

import math
from collections import Counter
from collections.abc import Iterable

_GROWTH = math.log(1.02)
_SMALLEST = 1e-5
"""Seconds; nothing that crosses a socket is quicker."""


class Waits:
    """Seconds that something took. Percentiles are right to two percent, the largest is exact."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self.count = 0
        self.largest = 0.0

    def add(self, seconds: float) -> None:
        self._counts[_bucket(seconds)] += 1
        self.count += 1
        self.largest = max(self.largest, seconds)

    def add_all(self, many: Iterable[float]) -> None:
        for seconds in many:
            self.add(seconds)

    def at(self, share: float) -> float | None:
        """The time that `share` (0 to 1) of all did not exceed, within two percent; None without any."""
        if not self.count:
            return None
        left = math.ceil(share * self.count)
        for bucket in sorted(self._counts):
            left -= self._counts[bucket]
            if left <= 0:
                return min(self.largest, _SMALLEST * math.exp((bucket + 1) * _GROWTH))
        return self.largest


def _bucket(seconds: float) -> int:
    return int(math.log(max(seconds, _SMALLEST) / _SMALLEST) / _GROWTH)
