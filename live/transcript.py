"""Sources of sound, what the machine heard, and the lines people make of it.

Four layers are never mixed: recording and gaps, segments of a run, lines, minutes. A person's edit always wins:
a line remembers what the machine said (`segment`), and later machine words never overwrite it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import (
    Entry,
    RecordingStarted,
    RecordingStopped,
    RunEnded,
    RunStarted,
    SegmentHeard,
)
from live.intakes import Intake, spoken_by
from live.refusals import Code, Refused, refuse
from live.rehearsed_sound import begins_at
from live.remote_voice import REMOTE_VOICE, barred
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import Role
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

SAMPLES_PER_SECOND = 16_000
LINE_LIMIT = 4_000
"""Characters in one line of the transcript."""


@dataclass(frozen=True, slots=True)
class Source:
    """One microphone or feed. `runs` counts the lives of its recogniser; `gaps` are sample ranges that were lost.

    `intakes` says what came into it, by the first sample of each (`live.intakes`).
    """

    name: str
    recording: bool = False
    started_at: datetime | None = None
    runs: int = 0
    engine: str = ""
    model: str = ""
    heard_to: int = 0
    gaps: tuple[tuple[int, int], ...] = ()
    intakes: tuple[Intake, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """What the machine heard. Immutable once final; positions are samples of the source's recording.

    `spans` has the words of `raw` behind each piece of `text`; `suggestions` has names for ranges of those words.
    """

    source: str
    run: int
    seq: int
    start: int
    end: int
    raw: Sealed
    text: Sealed
    times: tuple[tuple[int, int, int], ...]
    salvaged: bool
    spans: tuple[tuple[int, int], ...] = ()
    suggestions: tuple[tuple[int, int, Sealed], ...] = ()
    masked: bool = False
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a line was before words of a second reading were taken into it."""

    text: Sealed
    segment: Segment | None
    edited: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript: editable, numbered by revision, citing its segment unless typed by hand."""

    id: int
    at: datetime
    text: Sealed
    role: Role
    speaker: Sealed = NOTHING
    question: int | None = None
    segment: Segment | None = None
    revision: int = 1
    edited: bool = False
    struck: bool = False
    first: Draft | None = None


def placed(lines: Mapping[int, Line], line: Line) -> dict[int, Line]:
    """The lines with a new one where it was spoken: words of late sound come behind none that were said after them."""
    both = dict(lines)
    last = next(reversed(both.values()), line)
    both[line.id] = line
    if last.at <= line.at:
        return both
    return dict(sorted(both.items(), key=lambda numbered: numbered[1].at))


@decides(do.StartRecording)
def start_recording(
    dialogue: "Dialogue", command: do.StartRecording, seat: Seat, moment: Moment
) -> tuple[RecordingStarted] | Refused:
    source = dialogue.sources.get(command.source)
    if no_voice := barred(dialogue, command.source, seat):
        return no_voice
    if source is not None and source.recording:
        return refuse(Code.ALREADY_RECORDING, source=command.source)
    if not command.source.isidentifier() or len(command.source) > 40:
        return refuse(Code.NOT_FOUND)
    return (RecordingStarted(command.source),)


@applies(RecordingStarted)
def recording_started(dialogue: "Dialogue", fact: RecordingStarted, entry: Entry) -> "Dialogue":
    known = dialogue.sources.get(fact.source)
    source = known or Source(fact.source, heard_to=begins_at(dialogue, fact.source))
    started_at = source.started_at or entry.at
    return _with_source(dialogue, replace(source, recording=True, started_at=started_at))


def _with_source(dialogue: "Dialogue", source: Source) -> "Dialogue":
    return replace(dialogue, sources={**dialogue.sources, source.name: source})


@decides(do.StopRecording)
def stop_recording(
    dialogue: "Dialogue", command: do.StopRecording, seat: Seat, moment: Moment
) -> tuple[RecordingStopped] | Refused:
    source = dialogue.sources.get(command.source)
    if command.source == REMOTE_VOICE and seat.audience is not Audience.MACHINE:
        return refuse(Code.NOT_YOUR_MICROPHONE)
    if source is None or not source.recording:
        return refuse(Code.WRONG_STATE)
    return (RecordingStopped(command.source),)


@applies(RecordingStopped)
def recording_stopped(dialogue: "Dialogue", fact: RecordingStopped, entry: Entry) -> "Dialogue":
    return _with_source(dialogue, replace(dialogue.sources[fact.source], recording=False))


@decides(do.StartRun)
def start_run(dialogue: "Dialogue", command: do.StartRun, seat: Seat, moment: Moment) -> tuple[RunStarted] | Refused:
    if command.source not in dialogue.sources:
        return refuse(Code.NOT_FOUND)
    return (RunStarted(command.source, command.run, command.engine, command.model, command.start),)


@applies(RunStarted)
def run_started(dialogue: "Dialogue", fact: RunStarted, entry: Entry) -> "Dialogue":
    source = dialogue.sources[fact.source]
    return _with_source(
        dialogue, replace(source, runs=max(source.runs, fact.run), engine=fact.engine, model=fact.model)
    )


@decides(do.EndRun)
def end_run(dialogue: "Dialogue", command: do.EndRun, seat: Seat, moment: Moment) -> tuple[RunEnded] | Refused:
    if command.source not in dialogue.sources:
        return refuse(Code.NOT_FOUND)
    return (RunEnded(command.source, command.run, command.reason),)


@applies(RunEnded)
def run_ended(dialogue: "Dialogue", fact: RunEnded, entry: Entry) -> "Dialogue":
    return dialogue


@decides(do.Hear)
def hear(dialogue: "Dialogue", command: do.Hear, seat: Seat, moment: Moment) -> tuple[SegmentHeard, ...] | Refused:
    """Words for seconds that a run has already given are the same words told twice: nothing happens."""
    source = dialogue.sources.get(command.source)
    if source is None:
        return refuse(Code.NOT_FOUND)
    if command.end <= source.heard_to or not clean(command.text):
        return ()
    question, role, speaker = spoken_by(dialogue, command.source, command.start, command.spoken_at)
    raw, text = Sealed(clean(command.raw)), Sealed(clean(command.text))
    spans = command.spans if len(command.spans) == len(str(text).split()) else ()
    suggestions = tuple((first, end, Sealed(clean(name))) for first, end, name in command.suggestions if spans)
    return (
        SegmentHeard(
            command.source,
            command.run,
            command.seq,
            command.start,
            command.end,
            raw,
            text,
            command.times,
            command.salvaged,
            question,
            role,
            spans,
            suggestions,
            command.masked,
            command.spoken_at,
            speaker,
        ),
    )


@applies(SegmentHeard)
def segment_heard(dialogue: "Dialogue", fact: SegmentHeard, entry: Entry) -> "Dialogue":
    segment = Segment(
        fact.source, fact.run, fact.seq, fact.start, fact.end, fact.raw, fact.text, fact.times, fact.salvaged,
        fact.spans, fact.suggestions, fact.masked, fact.spoken_at,
    )  # fmt: skip
    at = fact.spoken_at or entry.at
    line = Line(entry.n, at, fact.text, fact.role, fact.speaker, fact.question, segment)
    source = replace(dialogue.sources[fact.source], heard_to=fact.end)
    return _with_source(replace(dialogue, lines=placed(dialogue.lines, line)), source)
