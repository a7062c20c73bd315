"""Facts about lines, minutes and commitments."""

from dataclasses import dataclass
from datetime import date, datetime

from live.entries.base import Fact
from live.states import CommitmentState, MinutesState, Role, Signatory
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class LineWritten(Fact):
    text: Sealed
    role: Role
    speaker: Sealed
    question: int | None


@dataclass(frozen=True, slots=True)
class LineEdited(Fact):
    line: int
    text: Sealed


@dataclass(frozen=True, slots=True)
class ReadingTaken(Fact):
    """Words of a second reading; `line` 0 makes a new line. The rest is as in `SegmentHeard`."""

    line: int
    source: str
    reading: int
    start: int
    end: int
    raw: Sealed
    text: Sealed
    times: tuple[tuple[int, int, int], ...]
    spans: tuple[tuple[int, int], ...]
    question: int | None
    role: Role
    spoken_at: datetime | None
    speaker: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class ReadingGivenBack(Fact):
    line: int


@dataclass(frozen=True, slots=True)
class LineAttributed(Fact):
    line: int
    role: Role
    speaker: Sealed


@dataclass(frozen=True, slots=True)
class LineLinked(Fact):
    line: int
    question: int | None


@dataclass(frozen=True, slots=True)
class LineStruck(Fact):
    line: int


@dataclass(frozen=True, slots=True)
class LineRestored(Fact):
    line: int


@dataclass(frozen=True, slots=True)
class GlossarySet(Fact):
    """The whole glossary anew: each name with what is heard for it."""

    entries: tuple[tuple[Sealed, tuple[Sealed, ...]], ...]


@dataclass(frozen=True, slots=True)
class CommitmentNoted(Fact):
    commitment: int
    text: Sealed
    agency: Sealed
    due: date
    question: int | None
    person: Sealed = NOTHING
    evidence: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class CommitmentReworded(Fact):
    commitment: int
    text: Sealed
    agency: Sealed
    person: Sealed = NOTHING
    evidence: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class CommitmentMoved(Fact):
    """`link` goes with a report, `confirmed_by` with a confirmation."""

    commitment: int
    to: CommitmentState
    note: Sealed
    link: Sealed = NOTHING
    confirmed_by: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class CommitmentExtended(Fact):
    commitment: int
    due: date
    reason: Sealed


@dataclass(frozen=True, slots=True)
class MinutesEdited(Fact):
    """An empty text brings the composed one back, as it always did; `emptied` says that the block is to stay empty."""

    block: str
    text: Sealed
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class MinutesMoved(Fact):
    to: MinutesState
    note: Sealed


@dataclass(frozen=True, slots=True)
class MinutesSigned(Fact):
    """`blocks` (key, text) is the whole text, with the first signature; whoever signs second signs the same words."""

    role: Signatory
    name: Sealed
    blocks: tuple[tuple[str, Sealed], ...] = ()
