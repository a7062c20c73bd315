"""Words from sound. Positions are samples of the 16 kHz recording, counted from its first sample."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_RATE = 16_000
"""Samples a second of every recording and every recognition here."""

SAMPLE_BYTES = 2
"""Signed 16-bit little-endian mono: a sample's place on disk is its number times two."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an engine. `confidence` is a posterior from 0 to 1, or None when the engine gives none.

    Confidence ranks words for a second look; it is often 1.0 on wrong words and never hides or accepts one.
    """

    text: str
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """What the engine believes so far of the utterance in progress; the next one replaces it, a final ends it."""

    source: str
    run: int
    text: str
    at: int
    """Samples of the recording decoded when this was believed."""


@dataclass(frozen=True, slots=True)
class Final:
    """What the engine heard, for good. It replaces the partial before it wholesale: words may differ.

    `salvaged` marks a final that came back empty after a good partial: the last partial stands in, without word times.
    """

    source: str
    run: int
    seq: int
    """1, 2, 3... within the run."""
    start: int
    end: int
    text: str
    words: tuple[Word, ...] = ()
    salvaged: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The engine was asked for its final here: at a pause, a change of floor, or after too long an utterance.

    An engine fed the same samples and asked at the same cuts says the same words.
    """

    source: str
    run: int
    at: int
