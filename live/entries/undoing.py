"""The fact that an act was taken back."""

from dataclasses import dataclass

from live.entries.base import Fact


@dataclass(frozen=True, slots=True)
class ActUndone(Fact):
    """Whoever did the act (live/acts) that ended with entry `act` took it back; `heard` as with the floor's facts."""

    act: int
    heard: tuple[tuple[str, int], ...] = ()
