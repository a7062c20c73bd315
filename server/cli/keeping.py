"""Sound of `capture` on this machine's own disk until the server has it: it outlives the process and a power cut.

A folder for each line (one recording from start to stop): `line.json` says what it is, files of a minute hold its
pieces. What is acknowledged goes, so that the file is empty while the server answers. A lock tells a line whose process
lives from one that was left behind. As the capture page keeps it (web/static/js/sound/keeping.js); decision 0320.
"""

import fcntl
import json
import os
import shutil
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from transcription import durable
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

HEAD = struct.Struct("<QQI")
"""Before each piece: its first sample, when its last one was heard (ms since 1970), bytes; then the CRC-32 of it all.
Without samples it is a mark: the server has everything before that sample."""
CHECK = struct.Struct("<I")
SECOND = SAMPLE_RATE * SAMPLE_BYTES
"""Bytes between waits for the disk: a power cut costs at most about this second."""
MINUTE = 60 * SECOND
"""Bytes in a file, at which the next one is begun."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a line is: whose door it goes to, its name there, and where its sample 0 lies on the server's recording."""

    door: str
    line: str
    began: int
    """Milliseconds since 1970."""
    base: int | None = None


class Kept:
    """One line's folder, this process's alone. Calls wait for the disk, and raise OSError."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, or take over what was left in it. Raises BlockingIOError where its process still lives."""
        durable.make(folder)
        self.folder = folder
        self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise
        self._files: deque[tuple[Path, int]] = deque()  # each with the sample behind its last
        self._file: int | None = None
        self._held = self._unsynced = 0

    def label(self, label: Label) -> None:
        """Say what the line is. It is on disk when this returns: sound that is sent twice would be there twice."""
        fresh = self.folder / "line.new"
        with fresh.open("wb") as file:
            file.write(json.dumps(asdict(label)).encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / "line.json")
        durable.sync(self.folder)

    def add(self, at: int, pcm: bytes, heard_ms: int) -> None:
        """Put a piece behind the others. Of one that fails a part may be there, which nobody reads."""
        file = self._begin(at) if self._file is None or self._held >= MINUTE else self._file
        _write(file, at, heard_ms, pcm)
        self._files[-1] = self._files[-1][0], at + len(pcm) // SAMPLE_BYTES
        self._held += len(pcm)
        self._unsynced += len(pcm)
        if self._unsynced >= SECOND:
            os.fsync(file)
            self._unsynced = 0

    def forget(self, first: int) -> None:
        """What comes before this sample is on the server, or given up."""
        while len(self._files) > (self._file is not None) and self._files[0][1] <= first:
            self._files.popleft()[0].unlink()
        if self._file is None or not self._held:
            return
        if self._files[0][1] <= first:
            os.ftruncate(self._file, 0)
            self._held = self._unsynced = 0
        else:
            _write(self._file, first, 0, b"")

    def pieces(self) -> tuple[list[tuple[int, bytes]], int]:
        """What was left behind, in order: pieces with their first sample; and when the last was heard, in ms."""
        found: list[tuple[int, int, bytes]] = []
        for path in sorted(self.folder.glob("*.pcm")):
            found += _records(path.read_bytes())
            self._files.append((path, found[-1][0] + len(found[-1][2]) // SAMPLE_BYTES if found else 0))
        there = max((at for at, _, pcm in found if not pcm), default=0)
        kept = [(at, ms, pcm) for at, ms, pcm in found if at + len(pcm) // SAMPLE_BYTES > there]
        return [(at, pcm) for at, _, pcm in kept], kept[-1][1] if kept else 0

    def remove(self) -> None:
        """The line is over: everything is on the server, or in a file that people know of."""
        shutil.rmtree(self.folder)

    def close(self) -> None:
        """Let go of the folder; what is in it stays."""
        if self._file is not None:
            os.close(self._file)
        os.close(self._lock)

    def _begin(self, at: int) -> int:
        if self._file is not None:
            os.fsync(self._file)
            os.close(self._file)
            self._file = None
        path = self.folder / f"{at:016d}.pcm"
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        durable.sync(self.folder)
        self._files.append((path, at))
        self._held = self._unsynced = 0
        return self._file


def left_behind(root: Path, door: str) -> list[tuple[Kept, Label]]:
    """Lines to this door whose process is gone, the oldest first, each now ours. Raises OSError."""
    found = []
    for path in root.glob("*/line.json"):
        with suppress(ValueError, TypeError, BlockingIOError):  # no label of ours, or a process that lives
            label = Label(**json.loads(path.read_text(encoding="utf-8")))
            if label.door == door:
                found.append((Kept(path.parent), label))
    return sorted(found, key=lambda one: one[1].began)


def _write(file: int, at: int, heard_ms: int, pcm: bytes) -> None:
    head = HEAD.pack(at, heard_ms, len(pcm))
    record = memoryview(head + CHECK.pack(zlib.crc32(pcm, zlib.crc32(head))) + pcm)
    while record:
        record = record[os.write(file, record) :]


def _records(kept: bytes) -> Iterator[tuple[int, int, bytes]]:
    """First sample, moment and samples of each whole piece; a torn one ends what its process wrote."""
    at, before = 0, HEAD.size + CHECK.size
    while at + before <= len(kept):
        first, heard, size = HEAD.unpack_from(kept, at)
        [check] = CHECK.unpack_from(kept, at + HEAD.size)
        pcm = kept[at + before : at + before + size]
        if len(pcm) < size or zlib.crc32(pcm, zlib.crc32(kept[at : at + HEAD.size])) != check:
            return
        yield first, heard, pcm
        at += before + size
