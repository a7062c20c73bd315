"""Reading a recording: raw samples in files of one minute, found by arithmetic.

Sample n lies at byte 2n of the files put end to end, for ever: nothing to index, nothing to repair.
Any process may read while another one appends.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.problems import BadSound

PIECE = 60 * SAMPLE_RATE
"""Samples in a full piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a recording and the samples in it."""

    path: Path
    start: int
    end: int


def piece_path(directory: Path, number: int) -> Path:
    return directory / f"{number:06d}.pcm"


def pieces(directory: Path) -> list[Piece]:
    """The files of a recording, in order; an odd last byte is not counted."""
    found = []
    for path in sorted(directory.glob("[0-9]*.pcm")):
        start = int(path.stem) * PIECE
        found.append(Piece(path, start, start + path.stat().st_size // SAMPLE_BYTES))
    return found


def duration(directory: Path) -> int:
    """Samples recorded; divide by SAMPLE_RATE for seconds."""
    found = pieces(directory)
    return found[-1].end if found else 0


def read(directory: Path, start: int, count: int) -> bytes:
    """The samples from `start`, `count` of them. Raises BadSound when they are not all on disk."""
    parts = []
    at, left = start, count
    while left > 0:
        number, offset = divmod(at, PIECE)
        here = min(left, PIECE - offset)
        parts.append(_read_piece(piece_path(directory, number), offset, here))
        at, left = at + here, left - here
    return b"".join(parts)


def _read_piece(path: Path, offset: int, count: int) -> bytes:
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(offset * SAMPLE_BYTES)
            pcm = file.read(count * SAMPLE_BYTES)
    except FileNotFoundError:
        pcm = b""
    if len(pcm) != count * SAMPLE_BYTES:
        raise BadSound(
            f"Bản ghi thiếu âm thanh trong {path}: cần {count} mẫu từ mẫu {offset}, có {len(pcm) // SAMPLE_BYTES}. "
            "Phần đã ghi vẫn nguyên.",
            f"The recording lacks sound in {path}: {count} samples wanted from {offset}, "
            f"{len(pcm) // SAMPLE_BYTES} there. What was recorded is untouched.",
        )
    return pcm
