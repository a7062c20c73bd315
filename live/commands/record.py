"""Commands about lines, minutes and commitments."""

from dataclasses import dataclass
from datetime import date, datetime

from live.commands.base import Command
from live.states import CommitmentState, MinutesState, Role, Signatory


@dataclass(frozen=True, slots=True)
class WriteLine(Command):
    """Scribe mode: the secretary types what was said."""

    text: str
    role: Role = Role.UNKNOWN
    speaker: str = ""
    question: int | None = None


@dataclass(frozen=True, slots=True)
class EditLine(Command):
    line: int
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class AttributeLine(Command):
    line: int
    role: Role
    speaker: str
    revision: int


@dataclass(frozen=True, slots=True)
class LinkLine(Command):
    """Tie a line to a question, or to none."""

    line: int
    question: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class StrikeLine(Command):
    """Keep a line out of captions, minutes and record; it stays on the desk, struck through."""

    line: int
    revision: int


@dataclass(frozen=True, slots=True)
class RestoreLine(Command):
    line: int
    revision: int


@dataclass(frozen=True, slots=True)
class TakeReading(Command):
    """Words of a second reading, put in by the server from what it read: into a line, or (0) as a line of its own.

    The rest is as in `Hear`.
    """

    source: str
    reading: int
    start: int
    end: int
    raw: str
    text: str
    times: tuple[tuple[int, int, int], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    line: int = 0
    revision: int = 0
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GiveBackReading(Command):
    """A line becomes again what it was before a second reading."""

    line: int
    revision: int


@dataclass(frozen=True, slots=True)
class SetGlossary(Command):
    """Names that recognition should write right, one a line; behind "=" what it hears for a name, parted by commas."""

    entries: str
    revision: int


@dataclass(frozen=True, slots=True)
class NoteCommitment(Command):
    """What was promised on the floor: what, by whom, by when.

    `person` is the officer who answers for it, with name and office; `evidence` is what will show that it was kept.
    """

    text: str
    agency: str
    due: date
    question: int | None = None
    person: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RewordCommitment(Command):
    """Say a promise in better words before it is in the minutes; what was read back must be read back again.

    An empty agency stays as it was, for nobody promises nothing; an empty person or evidence is taken off.
    `was`: the mark of the words that were there when the writing began (live/agreeing).
    """

    commitment: int
    text: str
    agency: str = ""
    person: str = ""
    evidence: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class MoveCommitment(Command):
    """Move a promise along. Reported as kept it needs a note, a `link` (https) or both.

    `confirmed_by` says who saw that it was kept; left out, it is whoever confirms it.
    """

    commitment: int
    to: CommitmentState
    note: str = ""
    link: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class ExtendCommitment(Command):
    """A new date with a reason; the old date is kept."""

    commitment: int
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class EditMinutes(Command):
    """Replace one block of the minutes; an empty text leaves it empty, `composed` brings back what the journal says."""

    block: str
    text: str
    revision: int
    composed: bool = False


@dataclass(frozen=True, slots=True)
class MoveMinutes(Command):
    """Move the minutes along: checked, approved, published, amended. Signing is `SignMinutes`."""

    to: MinutesState
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignMinutes(Command):
    """Sign as secretary or as chair (form 1.9 of decree 30/2020 has both); the first signature freezes the text."""

    role: Signatory
    name: str
