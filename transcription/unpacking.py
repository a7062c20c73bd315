"""Unpacking an archive from outside: nothing is written beside the target, and nothing without a bound."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from transcription.fetching import no_room
from transcription.problems import BadModel, Cancelled

MOST_FILES = 2_000
"""Vosk models have about twenty files."""

_BLOCK = 1 << 20


def unpack(archive: Path, to: Path, most: int, cancelled: Callable[[], bool]) -> None:
    """Write the files of a zip under `to`, at most `most` bytes in all, whatever its headers say.

    Raises BadModel for a damaged, hostile or huge archive, Cancelled when a person stopped it.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = packed.infolist()
            if len(entries) > MOST_FILES:
                raise _refused(archive, f"{len(entries)} tệp", f"{len(entries)} files")
            places = [_place(archive, entry) for entry in entries]
            wanted = min(sum(entry.file_size for entry in entries), most)
            if wanted > (free := shutil.disk_usage(to.parent).free):
                raise no_room(wanted, free)
            for entry, place in zip(entries, places, strict=True):
                if not entry.is_dir():
                    most -= _write(packed, entry, to / place, most, cancelled)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as why:
        raise _refused(archive, f"tệp hỏng: {why}", f"damaged: {why}") from why


def _place(archive: Path, entry: zipfile.ZipInfo) -> PurePosixPath:
    place = PurePosixPath(entry.filename)
    hostile = place.is_absolute() or ".." in place.parts or "\\" in entry.filename or ":" in entry.filename
    if hostile or stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(archive, f"đường dẫn lạ {entry.filename!r}", f"a hostile path {entry.filename!r}")
    return place


def _write(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, most: int, cancelled: Callable[[], bool]
) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with packed.open(entry) as source, path.open("wb") as file:
        while block := source.read(_BLOCK):
            written += len(block)
            if cancelled():
                raise Cancelled("Đã dừng cài đặt. Chưa cài gì.", "Installing was stopped. Nothing was installed.")
            if written > most:
                raise _refused(Path(packed.filename or ""), "quá lớn khi giải nén", "too large when unpacked")
            file.write(block)
    return written


def _refused(archive: Path, vi: str, en: str) -> BadModel:
    return BadModel(
        f"Không cài {archive.name} ({vi}). Chưa cài gì. Hãy tải lại tệp zip từ nguồn tin cậy.",
        f"{archive.name} is refused ({en}). Nothing was installed. Download the zip again from a source you trust.",
    )
