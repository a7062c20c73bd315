"""What is missing, at its place: sound that never came, sound that recognition passed over, captions that were stopped.

A gap is an entry and not a silence: whoever reads the transcript sees where something is missing, and what of it can
still be heard.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, SoundLost, SoundSkipped
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.sights import Thing
from live.states import GapKind

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Gap:
    """`start` and `end` are samples of the source (captions have none); `until` is None while it lasts."""

    kind: GapKind
    at: datetime
    until: datetime | None = None
    source: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class GapRow(Thing):
    """A gap among the lines of the desk. `unread`: the recording has sound there, and the transcript no words."""

    number: int
    kind: GapKind
    at: datetime
    until: datetime | None
    source: str
    start: int
    end: int
    unread: bool


def seconds(gap: Gap | GapRow) -> float:
    """How long sound is missing."""
    return (gap.end - gap.start) / 16_000


def in_order(dialogue: "Dialogue") -> list[Gap]:
    """All gaps by the moment at which they begin."""
    return sorted(dialogue.gaps, key=lambda gap: gap.at)


def rows(dialogue: "Dialogue") -> list[GapRow]:
    """The same for the desk; `number` is that of their entries' order and stays."""
    found = [
        GapRow(number, gap.kind, gap.at, gap.until, gap.source, gap.start, gap.end, _unread(dialogue, gap))
        for number, gap in enumerate(dialogue.gaps, start=1)
    ]
    return sorted(found, key=lambda row: row.at)


def passed_over(dialogue: "Dialogue", source: str) -> list[tuple[int, int]]:
    """The samples of a source that recognition gave up and that have no words yet, by a second reading or by hand."""
    return [(gap.start, gap.end) for gap in dialogue.gaps if gap.source == source and _unread(dialogue, gap)]


def _unread(dialogue: "Dialogue", gap: Gap) -> bool:
    return gap.kind is GapKind.SKIPPED and not any(
        gap.start <= start < gap.end for start in _starts(dialogue, gap.source)
    )


def _starts(dialogue: "Dialogue", source: str) -> Iterator[int]:
    for line in dialogue.lines.values():
        if line.segment is not None and line.segment.source == source:
            yield line.segment.start


@decides(do.LoseSound)
def lose_sound(dialogue: "Dialogue", command: do.LoseSound, seat: Seat, moment: Moment) -> tuple[SoundLost] | Refused:
    if command.source not in dialogue.sources or command.end <= command.start:
        return refuse(Code.NOT_FOUND)
    return (SoundLost(command.source, command.start, command.end, command.spoken_at),)


@applies(SoundLost)
def sound_lost(dialogue: "Dialogue", fact: SoundLost, entry: Entry) -> "Dialogue":
    source = dialogue.sources[fact.source]
    source = replace(source, gaps=(*source.gaps, (fact.start, fact.end)))
    dialogue = replace(dialogue, sources={**dialogue.sources, source.name: source})
    return _with(dialogue, GapKind.LOST, fact, entry)


@decides(do.SkipSound)
def skip_sound(
    dialogue: "Dialogue", command: do.SkipSound, seat: Seat, moment: Moment
) -> tuple[SoundSkipped, ...] | Refused:
    """The same told twice is nothing new."""
    source = dialogue.sources.get(command.source)
    if source is None or command.end <= command.start:
        return refuse(Code.NOT_FOUND)
    if command.end <= source.heard_to:
        return ()
    return (SoundSkipped(command.source, command.run, command.start, command.end, command.spoken_at),)


@applies(SoundSkipped)
def sound_skipped(dialogue: "Dialogue", fact: SoundSkipped, entry: Entry) -> "Dialogue":
    """Recognition goes on behind it, also after a restart of the server."""
    source = replace(dialogue.sources[fact.source], heard_to=fact.end)
    dialogue = replace(dialogue, sources={**dialogue.sources, source.name: source})
    return _with(dialogue, GapKind.SKIPPED, fact, entry)


def _with(dialogue: "Dialogue", kind: GapKind, fact: SoundLost | SoundSkipped, entry: Entry) -> "Dialogue":
    lasted = timedelta(seconds=(fact.end - fact.start) / 16_000)
    at = fact.spoken_at or entry.at - lasted
    gap = Gap(kind, at, at + lasted, fact.source, fact.start, fact.end)
    return replace(dialogue, gaps=(*dialogue.gaps, gap))


def captions_off(dialogue: "Dialogue", at: datetime) -> "Dialogue":
    """From this moment on the public reads nothing."""
    return replace(dialogue, gaps=(*dialogue.gaps, Gap(GapKind.HIDDEN, at)))


def captions_on(dialogue: "Dialogue", at: datetime) -> "Dialogue":
    """The public reads again."""
    open_one = [gap for gap in dialogue.gaps if gap.kind is GapKind.HIDDEN and gap.until is None]
    return replace(dialogue, gaps=tuple(replace(gap, until=at) if gap in open_one else gap for gap in dialogue.gaps))
