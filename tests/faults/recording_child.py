"""A process that records and says after each piece how many samples it acknowledges; minutes are short here.

Run by test_power_and_sound.py: `recording_child.py FOLDER`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.breaks import changed
from transcription import pieces, recordings
from transcription.recordings import Recording

MINUTE = 4_000
SECOND = 1_000
APPENDS = 150


def shorten() -> None:
    """In this process a minute has 4,000 samples and a second 1,000: a power cut then meets many edges."""
    changed(pieces, "PIECE", MINUTE)
    changed(recordings, "PIECE", MINUTE)
    changed(recordings, "SYNC_EVERY", SECOND)


def schedule() -> Iterator[tuple[int, int]]:
    """Where each piece begins, and how many samples it has; now and then some are missing before it."""
    at = 0
    for number in range(APPENDS):
        at += 700 if number % 9 == 8 else 0
        count = (400, 130, 90)[number % 3]
        yield at, count
        at += count


def sound(start: int, count: int) -> bytes:
    """Samples that tell their place, none of them silent."""
    return b"".join((1 + at % 30_000).to_bytes(2, "little") for at in range(start, start + count))


def record(folder: Path) -> None:
    shorten()
    recording = Recording(folder)
    recording.resume(1_000)
    for start, count in schedule():
        print("ok", recording.append(start, sound(start, count)), flush=True)


if __name__ == "__main__":
    record(Path(sys.argv[1]))
