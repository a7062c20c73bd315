"""What recordings take of the disk, and how long it will last for more: told hours before it is full."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage

import structlog

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

log = structlog.get_logger()

BYTES_AN_HOUR = 3600 * SAMPLE_RATE * SAMPLE_BYTES
"""Of one source: 115 MB."""
KEPT_FREE = 256 << 20
"""Bytes left to the journal, which must still take questions when no sound can be taken any more."""
WARN_BELOW = 6.0
"""Hours: a long evening with its preparation. Whoever is warned in the morning can still bring a disk."""


def hours_left(directory: Path, sources: int) -> float:
    """Hours until nothing more can be recorded, if so many sources (at least one) go on."""
    free = disk_usage(directory).free - KEPT_FREE
    return max(0.0, free / BYTES_AN_HOUR / max(1, sources))


def taken(directory: Path) -> int:
    """Bytes that recordings take in this folder and all below it. Looks at every file: call it off the event loop."""
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with suppress(FileNotFoundError):  # compacted just now: its FLAC is counted the next time
                total += (Path(folder) / name).stat().st_size
    return total


def account(directory: Path, hours: float) -> dict[str, str]:
    """What recordings take, and for how many more hours there is room, in a sentence for staff. As `taken`."""
    kept = taken(directory)
    size = f"{kept / 1e9:.1f} GB" if kept >= 1e9 else f"{kept / 1e6:.0f} MB"
    written = size.replace(".", ",")
    return {
        "vi": f"Các bản ghi âm đang chiếm {written}; ổ đĩa còn chỗ cho khoảng {hours:.0f} giờ thu nữa.",
        "en": f"Recordings take {size}; the disk has room for about {hours:.0f} more hours of sound.",
    }


class Watch:
    """Looks at the disk, and says in the log when it gets short and when there is room again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._short = False

    def look(self, sources: int) -> dict[str, str] | None:
        """The sentence for those who record, once it is time for it."""
        hours = hours_left(self._directory, sources)
        full = warning(hours)
        if (full is not None) is not self._short:
            self._short = full is not None
            (log.warning if self._short else log.info)("disk", short=self._short, hours=round(hours, 1))
        return full


def warning(hours: float) -> dict[str, str] | None:
    """The sentence for those who record, once it is time for it."""
    if hours >= WARN_BELOW:
        return None
    left = f"{hours:.0f}" if hours >= 1 else "< 1"
    return {
        "vi": f"Ổ đĩa còn chỗ cho khoảng {left} giờ ghi âm. Phần đã ghi vẫn an toàn; hãy giải phóng chỗ trước khi đầy.",
        "en": f"The disk has room for {left} hours of sound. What is recorded is safe; make room before it is full.",
    }
