"""Pieces that are full, as FLAC: the same samples in about half the room, with a digest in the manifest.

A raw piece is removed only when its FLAC is on the disk, was read back, and gave every sample.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from transcription import durable, manifest, pieces
from transcription.heard import SAMPLE_BYTES
from transcription.problems import CannotWrite


def compact(directory: Path, until: int) -> int:
    """Compact the full pieces of the first `until` samples, which are acknowledged; how many it were is the answer.

    It may be stopped anywhere and begun anew. Raises CannotWrite, after which every sample is still there.
    """
    done = 0
    try:
        for number in range(until // pieces.PIECE):
            raw = pieces.piece_path(directory, number)
            if raw.exists() and raw.stat().st_size == pieces.PIECE * SAMPLE_BYTES:
                _compact(directory, number, raw)
                done += 1
    except OSError as why:
        raise CannotWrite(
            f"Không nén được bản ghi trong {directory} ({why.strerror}). Bản ghi vẫn nguyên vẹn, chỉ tốn chỗ hơn.",
            f"Cannot compact the recording in {directory} ({why.strerror}). All sound is there but takes more room.",
        ) from why
    return done


def _compact(directory: Path, number: int, raw: Path) -> None:
    from transcription import flac  # noqa: PLC0415 - FFmpeg's libraries are for those who need them

    pcm = raw.read_bytes()
    part, compacted = directory / f"{number:06d}.part", pieces.compacted_path(directory, number)
    with part.open("wb") as file:
        file.write(flac.encoded(pcm))
        file.flush()
        os.fsync(file.fileno())
    if flac.decoded(part.read_bytes()) != pcm:
        raise OSError(0, "FLAC gave other samples back")
    manifest.write(directory, {"piece": number, "sha256": hashlib.sha256(pcm).hexdigest()})
    part.rename(compacted)
    durable.sync(directory)  # the new name is on the disk before the raw piece goes
    raw.unlink()
