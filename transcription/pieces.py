"""Reading a recording: raw samples in files of one minute, found by arithmetic.

Sample n lies at byte 2n of the files put end to end, for ever: nothing to index, nothing to repair. Full pieces may lie
there as FLAC (`compacting.py`), with the same samples.
Any process may read while another one appends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.manifest import digest
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


def compacted_path(directory: Path, number: int) -> Path:
    """Where a full piece lies once it is compacted; only full ones ever are."""
    return directory / f"{number:06d}.flac"


def pieces(directory: Path) -> list[Piece]:
    """The files of a recording, in order; an odd last byte is not counted."""
    numbers = {int(path.stem) for path in directory.glob("[0-9]*.*") if path.suffix in {".pcm", ".flac"}}
    return [_piece(directory, number) for number in sorted(numbers)]


def _piece(directory: Path, number: int) -> Piece:
    start, raw = number * PIECE, piece_path(directory, number)
    try:
        return Piece(raw, start, start + raw.stat().st_size // SAMPLE_BYTES)
    except FileNotFoundError:
        return Piece(compacted_path(directory, number), start, start + PIECE)


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


def forget() -> None:
    """What is held of compacted pieces is of files that are there no more."""
    _compacted.cache_clear()


def _read_piece(path: Path, offset: int, count: int) -> bytes:
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(offset * SAMPLE_BYTES)
            pcm = file.read(count * SAMPLE_BYTES)
    except FileNotFoundError:
        # The raw piece goes only when the compacted one is there: looked for in this order, one is always found.
        pcm = _compacted(path.with_suffix(".flac"))[offset * SAMPLE_BYTES :][: count * SAMPLE_BYTES]
    if len(pcm) != count * SAMPLE_BYTES:
        raise BadSound(
            f"Bản ghi thiếu âm thanh trong {path}: cần {count} mẫu từ mẫu {offset}, có {len(pcm) // SAMPLE_BYTES}. "
            "Phần đã ghi vẫn nguyên.",
            f"The recording lacks sound in {path}: {count} samples wanted from {offset}, "
            f"{len(pcm) // SAMPLE_BYTES} there. What was recorded is untouched.",
        )
    return pcm


@lru_cache(maxsize=4)
def _compacted(path: Path) -> bytes:
    """All samples of a compacted piece, empty when there is none. Kept, for the next second of it is wanted next."""
    from transcription.flac import decoded  # noqa: PLC0415 - FFmpeg's libraries are for those who need them

    if not path.exists():
        raise BadSound(
            f"Không có âm thanh ở {path}: bản ghi thiếu âm thanh. Phần còn lại vẫn nguyên.",
            f"There is no sound at {path}. The rest of the recording is untouched.",
        )
    pcm = decoded(path.read_bytes())
    if sha256(pcm).hexdigest() != digest(path.parent, int(path.stem)):
        raise BadSound(
            f"Âm thanh trong {path} đã hỏng trên ổ đĩa. Các phút khác vẫn nguyên; hãy lấy tệp này từ bản sao lưu.",
            f"The sound in {path} was damaged on the disk. Other minutes are untouched; restore it from a backup.",
        )
    return pcm
