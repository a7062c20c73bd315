"""When samples were spoken: places of a recording on the clock of the server, as microphones tell it.

A microphone says now and then "this sample I caught at that moment". Sound that waited for the network is on disk late,
but was not spoken late: from one such mark every other sample of its stretch follows, for sound has its own pace.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from transcription.heard import SAMPLE_RATE

APART = 0.5
"""Seconds by which a mark may differ from what the one before it foretold and still be of the same stretch."""
LONGEST = 8 * 3600 * SAMPLE_RATE
"""Samples from a mark beyond which it says nothing: nobody's clock is that good, and nobody speaks that long."""


@dataclass(slots=True)
class _Stretch:
    first: int
    place: int
    at: float

    def of(self, sample: int) -> float:
        return self.at + (sample - self.place) / SAMPLE_RATE


@dataclass(slots=True)
class Spoken:
    """The marks of one recording. Moments are seconds since 1970."""

    _stretches: list[_Stretch] = field(default_factory=list)

    def tell(self, place: int, at: float, first: int) -> bool:
        """The sample at `place` was caught at this moment. `first` is the first sample that is not on disk.

        Whether a new stretch begins there is the answer: such a mark is worth keeping.
        """
        last = self._stretches[-1] if self._stretches else None
        if last is not None and abs(last.of(place) - at) <= APART:
            last.place, last.at = place, at
            return False
        if last is not None and last.first >= first:
            self._stretches.pop()
        self._stretches.append(_Stretch(first, place, at))
        return True

    def at(self, sample: int) -> float | None:
        """When this sample was spoken; None where no microphone has said."""
        number = bisect_right(self._stretches, sample, key=lambda stretch: stretch.first) - 1
        if number < 0 or abs(sample - self._stretches[number].place) > LONGEST:
            return None
        return self._stretches[number].of(sample)

    def quiet(self, first: int) -> None:
        """From this sample on nothing is known any more: another sender came, who tells no time."""
        self._stretches = [stretch for stretch in self._stretches if stretch.first < first]
        self._stretches.append(_Stretch(first, first - 2 * LONGEST, 0.0))
