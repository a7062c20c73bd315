"""Sound that is wiped: silence in its place, so that every other sample keeps its own.

In place and again as often as it is asked for: a crash in the midst leaves a piece as long as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

from transcription import durable, pieces
from transcription.heard import SAMPLE_BYTES
from transcription.readings import readings

CHUNK = 1 << 20
"""Bytes of silence written at once."""


def empty(directory: Path, start: int, end: int) -> None:
    """Nothing of these samples is left in this recording, nor of readings of them alone that are done. Raises OSError.

    Nobody may compact it meanwhile.
    """
    for piece in pieces.pieces(directory):
        first, last = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
        if first < last:
            _silence(_raw(piece), first * SAMPLE_BYTES, last * SAMPLE_BYTES)
            piece.path.with_suffix(".flac").unlink(missing_ok=True)
    pieces.forget()
    for reading in readings(directory):
        if reading.done and all(start <= first and last <= end for first, last in reading.spans):
            reading.path.unlink()
    durable.sync(directory)


def _raw(piece: pieces.Piece) -> Path:
    """The piece as raw samples, which are read before compacted ones."""
    raw = piece.path.with_suffix(".pcm")
    if not raw.exists():
        unfinished = piece.path.with_suffix(".part")
        unfinished.write_bytes(pieces.read(piece.path.parent, piece.start, piece.end - piece.start))
        unfinished.rename(raw)
    return raw


def _silence(path: Path, first: int, last: int) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(first)
        for at in range(first, last, CHUNK):
            file.write(bytes(min(CHUNK, last - at)))
        os.fsync(file.fileno())
