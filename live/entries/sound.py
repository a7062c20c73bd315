"""Facts about sound and what the machine heard."""

from dataclasses import dataclass
from datetime import datetime

from live.entries.base import Fact
from live.states import Mouth, Role, RoomVerdict
from live.texts import NOTHING, Sealed


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
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SoundSkipped(Fact):
    """Recognition passed over these samples; the recording has them, and they can be read again."""

    source: str
    run: int
    start: int
    end: int
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IntakeSet(Fact):
    """From sample `first` on this comes into a source, as in `SetIntake`."""

    source: str
    first: int
    mouth: Mouth
    role: Role
    owner: Sealed


@dataclass(frozen=True, slots=True)
class RoomTried(Fact):
    """`wrong` thousandths of the words of a known text were heard otherwise."""

    source: str
    wrong: int
    verdict: RoomVerdict


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
    speaker: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class CaptionsHidden(Fact):
    """`by_trial`: no person stopped them, but a trial of the room that went badly."""

    by_trial: bool = False


@dataclass(frozen=True, slots=True)
class CaptionsShown(Fact):
    """`heard` says how many samples of each source were recorded by then: what lies before them stays off captions."""

    heard: tuple[tuple[str, int], ...] = ()
