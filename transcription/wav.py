"""A recording as one WAV file that exists nowhere: a header made on the fly before the raw samples.

Any range of its bytes can be had without reading the rest, which is what a browser asks for when a person jumps.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.pieces import read

HEADER_BYTES = 44
_BLOCK = SAMPLE_RATE
"""Samples read at a time: half a megabyte of memory would serve no listener better than 32 KB."""


def wav_size(samples: int) -> int:
    """Bytes of the WAV file of that many samples."""
    return HEADER_BYTES + samples * SAMPLE_BYTES


def wav_header(samples: int) -> bytes:
    """The 44 bytes before the samples. Sizes end at 4 GB (37 hours); beyond, players read on to the end."""
    sound = min(samples * SAMPLE_BYTES, 0xFFFFFFFF - HEADER_BYTES)
    byte_rate = SAMPLE_RATE * SAMPLE_BYTES
    shape = struct.pack("<IHHIIHH", 16, 1, 1, SAMPLE_RATE, byte_rate, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
    riff = b"RIFF" + struct.pack("<I", sound + HEADER_BYTES - 8)
    return riff + b"WAVEfmt " + shape + b"data" + struct.pack("<I", sound)


def wav_bytes(directory: Path, samples: int, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """Bytes `first` to `last` (included, as HTTP ranges say) of the WAV of the recording's first `samples`.

    Raises BadSound when fewer samples are on disk. Gaps are silence.
    """
    end = wav_size(samples) if last is None else min(last + 1, wav_size(samples))
    if first < HEADER_BYTES:
        yield wav_header(samples)[first : min(end, HEADER_BYTES)]
    at = max(first, HEADER_BYTES)
    while at < end:
        sample, skipped = divmod(at - HEADER_BYTES, SAMPLE_BYTES)
        count = min(_BLOCK, -(-(end - HEADER_BYTES) // SAMPLE_BYTES) - sample)
        block = read(directory, sample, count)[skipped : skipped + end - at]
        yield block
        at += len(block)
