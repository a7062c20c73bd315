"""How long the disk will last for what is being recorded, told hours before it is full."""

from shutil import disk_usage
from typing import TYPE_CHECKING

import structlog

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path

log = structlog.get_logger()

BYTES_AN_HOUR = 3600 * SAMPLE_RATE * SAMPLE_BYTES
"""Of one source: 115 MB."""
KEPT_FREE = 256 << 20
"""Bytes left to the journal, which must still take questions when no sound can be taken any more."""
WARN_BELOW = 6.0
"""Hours: a long evening with its preparation. Whoever is warned in the morning can still bring a disk."""


def hours_left(directory: "Path", sources: int) -> float:
    """Hours until nothing more can be recorded, if so many sources (at least one) go on."""
    free = disk_usage(directory).free - KEPT_FREE
    return max(0.0, free / BYTES_AN_HOUR / max(1, sources))


class Watch:
    """Looks at the disk, and says in the log when it gets short and when there is room again."""

    def __init__(self, directory: "Path") -> None:
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
