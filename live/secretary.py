"""What the secretary's desk shows: lines with what the machine heard behind them, sources, and the names given."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from live.gaps import passed_over
from live.glossary import derived
from live.intakes import ANYBODY, heard_now
from live.proof import ByEar, pieces, suggested
from live.sights import Thing
from live.states import Role, RoomVerdict

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Line, Source


@dataclass(frozen=True, slots=True)
class DeskLine(Thing):
    """A line on the secretary's desk.

    `words` holds each piece of the text with its confidence in thousandths (-1: none given) and the words heard for it;
    `suggestions` holds words, a name that may have been said, and the text with that name. `apart`: of a given file, or
    of a trial, and so neither on captions nor tied to a question by itself.
    """

    line: int
    at: datetime
    source: str
    start: int | None
    end: int | None
    role: Role
    speaker: str
    question: int | None
    text: str
    raw: str
    words: tuple[tuple[str, int, str], ...]
    suggestions: tuple[tuple[str, str, str], ...]
    revision: int
    edited: bool
    struck: bool
    salvaged: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class SourceCard(Thing):
    """`passed_over`: samples that recognition gave up and that have no words yet. `role` and `owner`: whose it is.

    `verdict` and `wrong` (thousandths of words) are of its last trial.
    """

    name: str
    recording: bool
    started_at: datetime | None
    runs: int
    engine: str
    model: str
    gaps: tuple[tuple[int, int], ...]
    passed_over: tuple[tuple[int, int], ...] = ()
    role: Role = Role.UNKNOWN
    owner: str = ""
    verdict: RoomVerdict | None = None
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class GlossaryCard(Thing):
    """The secretary's own names as they are edited, and those that the notice and the promises give."""

    lines: str
    count: int
    derived: tuple[str, ...]
    revision: int


def desk_line(dialogue: "Dialogue", line: "Line", given: ByEar) -> DeskLine:
    segment = line.segment
    return DeskLine(
        line=line.id,
        at=line.at,
        source=segment.source if segment else "",
        start=segment.start if segment else None,
        end=segment.end if segment else None,
        role=line.role,
        speaker=str(line.speaker),
        question=line.question,
        text=str(line.text),
        raw=str(segment.raw) if segment else "",
        words=pieces(line),
        suggestions=suggested(line, given),
        revision=line.revision,
        edited=line.edited,
        struck=line.struck,
        salvaged=segment.salvaged if segment else False,
        apart=not heard_now(dialogue, segment.source, segment.start) if segment else False,
    )


def source(dialogue: "Dialogue", source: "Source") -> SourceCard:
    intake = source.intakes[-1] if source.intakes else ANYBODY
    trial = dialogue.trials.get(source.name)
    return SourceCard(
        source.name,
        source.recording,
        source.started_at,
        source.runs,
        source.engine,
        source.model,
        source.gaps,
        tuple(passed_over(dialogue, source.name)),
        intake.role,
        str(intake.owner),
        trial.verdict if trial else None,
        trial.wrong if trial else 0,
    )


def glossary(dialogue: "Dialogue") -> GlossaryCard:
    own = dialogue.glossary
    return GlossaryCard(own.lines, len(own.terms), derived(dialogue), own.revision)
