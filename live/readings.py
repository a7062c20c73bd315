"""Words of a second reading taken into the transcript: the first draft stays, and can be given back."""

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.desk import changed, find
from live.entries import Entry, ReadingGivenBack, ReadingTaken
from live.intakes import spoken_by
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.texts import Sealed, clean
from live.transcript import LINE_LIMIT, Draft, Line, Segment, placed

if TYPE_CHECKING:
    from live.dialogue import Dialogue

AGAIN = 0
"""The run of a segment that comes from a second reading; its `seq` is the number of that reading."""


@decides(do.TakeReading)
def take(dialogue: "Dialogue", command: do.TakeReading, seat: Seat, moment: Moment) -> tuple[ReadingTaken] | Refused:
    """In place of a line's words, or as a line of its own where the first draft has none."""
    if command.source not in dialogue.sources or not 0 <= command.start < command.end:
        return refuse(Code.NOT_FOUND)
    line = find(dialogue, command.line, command.revision) if command.line else None
    if isinstance(line, Refused):
        return line
    if line is not None and line.struck:
        return refuse(Code.WRONG_STATE)
    text = clean(command.text)
    if problem := unfit(text, LINE_LIMIT):
        return problem
    spoken_at = command.spoken_at or (line.at if line else _said(dialogue, command.source, command.start))
    question, role, speaker = spoken_by(dialogue, command.source, command.start, command.spoken_at)
    spans = command.spans if len(command.spans) == len(text.split()) else ()
    taken = ReadingTaken(
        command.line, command.source, command.reading, command.start, command.end, Sealed(clean(command.raw)),
        Sealed(text), command.times, spans, question, role, spoken_at, speaker,
    )  # fmt: skip
    return (taken,)


def _said(dialogue: "Dialogue", source: str, start: int) -> datetime | None:
    """When the words before this sample were spoken: the new line stands right behind them."""
    of_source = [line for line in dialogue.lines.values() if line.segment and line.segment.source == source]
    of_source.sort(key=lambda line: line.segment.start if line.segment else 0)
    behind = bisect_right(of_source, start, key=lambda line: line.segment.start if line.segment else 0)
    if not of_source:
        return dialogue.sources[source].started_at
    return of_source[max(0, behind - 1)].at


@applies(ReadingTaken)
def taken(dialogue: "Dialogue", fact: ReadingTaken, entry: Entry) -> "Dialogue":
    segment = Segment(
        fact.source, AGAIN, fact.reading, fact.start, fact.end, fact.raw, fact.text, fact.times, False, fact.spans,
        spoken_at=fact.spoken_at,
    )  # fmt: skip
    if not fact.line:
        at = fact.spoken_at or entry.at
        line = Line(entry.n, at, fact.text, fact.role, fact.speaker, fact.question, segment)
        return replace(dialogue, lines=placed(dialogue.lines, line))
    line = dialogue.lines[fact.line]
    first = line.first or Draft(line.text, line.segment, line.edited)
    return changed(dialogue, fact.line, text=fact.text, segment=segment, edited=False, first=first)


@decides(do.GiveBackReading)
def give_back(
    dialogue: "Dialogue", command: do.GiveBackReading, seat: Seat, moment: Moment
) -> tuple[ReadingGivenBack] | Refused:
    line = find(dialogue, command.line, command.revision)
    if isinstance(line, Refused):
        return line
    return (ReadingGivenBack(line.id),) if line.first else refuse(Code.WRONG_STATE)


@applies(ReadingGivenBack)
def given_back(dialogue: "Dialogue", fact: ReadingGivenBack, entry: Entry) -> "Dialogue":
    first = dialogue.lines[fact.line].first
    if first is None:
        return dialogue
    return changed(dialogue, fact.line, text=first.text, segment=first.segment, edited=first.edited, first=None)
