"""Where a recording has sound and the transcript no words: as the page of second readings lists it and asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from live.dialogue import Dialogue
from live.gaps import passed_over
from server.pages import whole
from transcription.heard import SAMPLE_RATE
from transcription.readings import Span, unheard

LEAST_GAP = 2
"""Seconds without words that are worth reading again: shorter ones are pauses."""
PASSED = "passed"
"""Asks for all that recognition gave up of a source."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source without words. `passed`: recognition gave it up, so somebody may well be speaking there."""

    source: str
    start: int
    end: int
    passed: bool


def gaps(dialogue: Dialogue, source: str, samples: int) -> list[Span]:
    """Of so many recorded samples; lost sound is silence, and nothing to read."""
    heard = [
        (line.segment.start, line.segment.end)
        for line in dialogue.lines.values()
        if line.segment is not None and line.segment.source == source
    ]
    return unheard([*heard, *dialogue.sources[source].gaps], samples, LEAST_GAP * SAMPLE_RATE)


def pieces(dialogue: Dialogue, lengths: Mapping[str, int]) -> list[Piece]:
    """All of every source, what was given up first."""
    found = []
    for source, samples in lengths.items():
        passed = passed_over(dialogue, source)
        found += [Piece(source, start, min(end, samples), passed=True) for start, end in passed]
        rest = [span for span in gaps(dialogue, source, samples) if not any(_meet(span, other) for other in passed)]
        found += [Piece(source, start, end, passed=False) for start, end in rest]
    return sorted(found, key=lambda piece: not piece.passed)


def asked(dialogue: Dialogue, piece: str) -> tuple[str, list[Span]]:
    """The source and the spans that a button names: `hall:3200-64000`, or `hall:passed`. None of nothing."""
    source, _, span = piece.partition(":")
    if span == PASSED:
        return source, passed_over(dialogue, source)
    first, _, last = span.partition("-")
    start, end = whole(first), whole(last)
    return source, [(start, end)] if start is not None and end is not None and start < end else []


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
