"""Facts about sound and what the machine heard."""

from dataclasses import dataclass
from datetime import datetime

from live.entries.base import Fact
from live.states import Role
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class RecordingStarted(Fact):
    source: str


@dataclass(frozen=True, slots=True)
class RecordingStopped(Fact):
    source: str


@dataclass(frozen=True, slots=True)
class SoundLost(Fact):
    """Samples of `source` from `start` to before `end` never arrived: a gap is an entry, not a silence."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RunStarted(Fact):
    source: str
    run: int
    engine: str
    model: str
    start: int


@dataclass(frozen=True, slots=True)
class RunEnded(Fact):
    source: str
    run: int
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentHeard(Fact):
    """What the machine heard: immutable. `question` was on the floor at sample `start`; the rest is as in `Hear`."""

    source: str
    run: int
    seq: int
    start: int
    end: int
    raw: Sealed
    text: Sealed
    times: tuple[tuple[int, int, int], ...]
    salvaged: bool
    question: int | None
    role: Role
    spans: tuple[tuple[int, int], ...] = ()
    suggestions: tuple[tuple[int, int, Sealed], ...] = ()
    masked: bool = False
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaptionsHidden(Fact):
    pass


@dataclass(frozen=True, slots=True)
class CaptionsShown(Fact):
    """`heard` says how many samples of each source were recorded by then: what lies before them stays off captions."""

    heard: tuple[tuple[str, int], ...] = ()
