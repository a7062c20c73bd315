"""Facts about the declared rule of taking turns, and about supports."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class MixingDeclared(Fact):
    hall: int
    online: int
    site: int
    in_advance: int
    first_time: bool
    topic_run: int
    reason: Sealed


@dataclass(frozen=True, slots=True)
class SupportsShown(Fact):
    on: bool
