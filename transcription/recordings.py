"""Writing a recording: sound is on disk before anything else is done with it.

`append` answers how many samples the recording has; the sender keeps what lies beyond and sends it again.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from transcription import durable, manifest
from transcription.emptying import empty
from transcription.engine import whole_samples
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.manifest import Span
from transcription.pieces import PIECE, Piece, piece_path, pieces
from transcription.pieces import read as read_samples
from transcription.problems import BadPosition, CannotWrite, DiskFull

SYNC_EVERY = SAMPLE_RATE
"""Samples between waits for the disk: a power cut costs at most about this second, a killed process nothing."""

LONGEST_JUMP = 6 * 3600 * SAMPLE_RATE
"""A gap longer than this is a broken sender's counter, not a silence worth filling."""


class Recording:
    """The sound of one source. One writer at a time; calls block for the disk, so make them off the event loop."""

    def __init__(self, directory: Path) -> None:
        """Open or begin the recording in this directory, whatever a crash left there. Raises CannotWrite."""
        self.directory = directory
        self._file: int | None = None
        self._unsynced = 0
        self._taken_back = False
        try:
            durable.make(directory)
            self.have = self._reopen()
        except OSError as why:
            raise _cannot(directory, why) from why

    def append(self, position: int, pcm: bytes) -> int:
        """Take samples that begin at `position`; the number of samples the recording has is the answer.

        What it already has is not taken twice; a jump ahead becomes a gap of silence, told in the manifest.
        Raises BadSound, BadPosition, and DiskFull or CannotWrite, after which nothing of this piece was taken.
        """
        count = len(whole_samples(pcm)) // SAMPLE_BYTES
        if position < 0 or position - self.have > LONGEST_JUMP:
            raise BadPosition(
                f"Vị trí {position} không hợp lệ: bản ghi đang có {self.have} mẫu. Hãy gửi tiếp từ đó.",
                f"Position {position} cannot be right: the recording has {self.have} samples. Go on from there.",
            )
        if position + count <= self.have:
            return self.have
        before = self.have
        try:
            self._admit()
            if position > before:
                self._gap(position)
            self._write(memoryview(pcm)[max(0, before - position) * SAMPLE_BYTES :])
        except OSError as why:
            self._take_back(before)
            raise _cannot(self.directory, why) from why
        return self.have

    def resume(self, now_ms: int) -> None:
        """Say that sound is recorded from here on (also at the very start); wall clock in ms since 1970."""
        self._tell({"resume": self.have, "ms": now_ms})

    def pause(self, now_ms: int) -> None:
        """Say that recording is stopped on purpose; later sound joins without a gap."""
        self._tell({"pause": self.have, "ms": now_ms})

    def caught(self, place: int, ms: int) -> None:
        """The sample at `place`, here or yet to come, was spoken then: server's clock, in ms. Raises CannotWrite."""
        if self._manifest.spoken.tell(place, ms / 1000, self.have):
            self._tell({"caught": place, "ms": ms, "from": self.have})

    def sender(self) -> None:
        """From here on somebody sends who has not said when it was spoken. Raises CannotWrite."""
        self._tell({"silent": self.have})

    def spoken_at(self, sample: int) -> float | None:
        """When this sample was spoken, in seconds since 1970; None where nobody has said."""
        return self._manifest.spoken.at(sample)

    def empty(self, start: int, end: int) -> None:
        """Put silence for ever in the place of these samples, once; all others keep theirs. Raises CannotWrite."""
        if (start, end) in self._manifest.emptied:
            return
        try:
            empty(self.directory, start, min(end, self.have))
        except OSError as why:
            raise _cannot(self.directory, why) from why
        self._tell({"emptied": [start, end]})

    def read(self, start: int, count: int) -> bytes:
        """These samples, gaps as silence. Raises BadSound when they are not all there."""
        return read_samples(self.directory, start, count)

    def sync(self) -> None:
        """Wait until all that was appended is on the disk. Raises CannotWrite."""
        try:
            self._sync()
        except OSError as why:
            raise _cannot(self.directory, why) from why

    def close(self) -> None:
        """Wait for the disk and let go of the file; appending opens it again. Raises CannotWrite."""
        self.sync()
        self._let_go()

    @property
    def duration(self) -> float:
        """Seconds recorded, gaps included."""
        return self.have / SAMPLE_RATE

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.directory)

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """Spans of samples for which no sound came."""
        return list(self._manifest.gaps)

    @property
    def emptied(self) -> list[tuple[int, int]]:
        """Spans of samples whose sound was wiped."""
        return list(self._manifest.emptied)

    @property
    def spans(self) -> list[Span]:
        """Spans of samples between resumptions and pauses."""
        return list(self._manifest.spans)

    def _reopen(self) -> int:
        manifest.mend(self.directory)
        self._manifest = manifest.read(self.directory)
        found = {piece.start // PIECE: piece for piece in pieces(self.directory)}
        last = max(found, default=0)
        have = found[last].end if found else 0
        if self._manifest.reach > have:
            self._tell_disk({"reopened": have})
        if found and found[last].path.suffix == ".pcm":
            os.truncate(found[last].path, (have - found[last].start) * SAMPLE_BYTES)
        for number in range(last):
            end = found[number].end if number in found else number * PIECE
            if end < (number + 1) * PIECE:
                self._mend_piece(number, end)
        return have

    def _mend_piece(self, number: int, end: int) -> None:
        """A power cut can take the end of one file and leave the next: silence keeps every later sample in place."""
        self._tell_disk({"gap": [end, (number + 1) * PIECE]})
        with piece_path(self.directory, number).open("ab") as file:
            file.truncate(PIECE * SAMPLE_BYTES)

    def _admit(self) -> None:
        if self._taken_back:
            self._tell_disk({"reopened": self.have})
            self._taken_back = False

    def _gap(self, end: int) -> None:
        self._tell_disk({"gap": [self.have, end]})
        while self.have < end:
            count = min(end, (self.have // PIECE + 1) * PIECE) - self.have
            os.ftruncate(self._open(), (self.have % PIECE + count) * SAMPLE_BYTES)
            self._took(count)

    def _write(self, pcm: memoryview) -> None:
        while pcm:
            part = pcm[: (PIECE - self.have % PIECE) * SAMPLE_BYTES]
            pcm = pcm[len(part) :]
            count, byte = len(part) // SAMPLE_BYTES, self.have % PIECE * SAMPLE_BYTES
            while part:
                # At an explicit place: what an append that failed may have left behind is written over.
                written = os.pwrite(self._open(), part, byte)
                part, byte = part[written:], byte + written
            self._took(count)

    def _open(self) -> int:
        if self._file is None:
            path = piece_path(self.directory, self.have // PIECE)
            fresh = not path.exists()
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
            if fresh:
                durable.sync(self.directory)
        return self._file

    def _took(self, count: int) -> None:
        self.have += count
        self._unsynced += count
        full = self.have % PIECE == 0
        if full or self._unsynced >= SYNC_EVERY:
            self._sync()
        if full:
            self._let_go()

    def _sync(self) -> None:
        if self._file is not None and self._unsynced:
            os.fsync(self._file)
            self._unsynced = 0

    def _let_go(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take_back(self, have: int) -> None:
        """Forget what a failed append began. The manifest is told before the next one, when there is room again."""
        self._let_go()
        self.have = have
        self._manifest.tell({"reopened": have})
        self._taken_back = True
        for piece in pieces(self.directory):
            if piece.start >= have:
                piece.path.unlink()
            elif piece.end > have:
                os.truncate(piece.path, (have - piece.start) * SAMPLE_BYTES)

    def _tell(self, event: dict[str, object]) -> None:
        try:
            self._tell_disk(event)
        except OSError as why:
            raise _cannot(self.directory, why) from why

    def _tell_disk(self, event: dict[str, object]) -> None:
        manifest.write(self.directory, event)
        self._manifest.tell(event)


def _cannot(directory: Path, why: OSError) -> CannotWrite:
    if why.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"Ổ đĩa đã đầy, không ghi thêm được vào {directory}. "
            "Phần đã ghi vẫn an toàn; hãy giải phóng chỗ rồi gửi tiếp.",
            f"The disk is full, nothing more can be recorded in {directory}. "
            "What is recorded is safe; make room and go on.",
        )
    return CannotWrite(
        f"Không ghi được âm thanh vào {directory} ({why.strerror}). "
        "Phần đã ghi vẫn an toàn; hãy kiểm tra ổ đĩa và quyền ghi.",
        f"Cannot record in {directory} ({why.strerror}). What is recorded is safe; check the disk and its permissions.",
    )
