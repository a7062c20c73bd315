"""All files being given to this server: where their pieces lie, and how much of each is here."""

import asyncio
import hashlib
import time
from collections import Counter
from pathlib import Path
from shutil import disk_usage

import structlog

from live.seats import Seat
from server.rooms.given_file import GivenFile, Stage
from server.rooms.listening import Listening
from server.rooms.room import Room
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.problems import Problem

LARGEST = 4 << 30
"""Bytes of one file: three hours of film from a telephone."""
SPARE = 1 << 30
"""Bytes that must be free beside the file, or the sound of the longest one: and the rest of the evening."""
NOT_KEPT = Problem(
    "Ổ đĩa của máy chủ không nhận thêm được (đã đầy?). Phần tệp đã gửi được bỏ để nhường chỗ; tệp gốc vẫn ở máy bạn. "
    "Hãy báo người quản trị, rồi gửi lại.",
    "The server's disk takes no more (is it full?). What was sent of the file is removed to make room; the file itself "
    "is still with you. Tell the operator, then send it again.",
)
KEPT = 2 * 24 * 3600
"""Seconds that a file given in part waits for its giver."""

log = structlog.get_logger()


class GivenFiles:
    """Begun by name, size and date of a file, so that the same file, chosen again, goes on where it was cut."""

    def __init__(self, folder: Path, listening: Listening, longest: float = 8 * 3600.0) -> None:
        self.longest = longest
        """Seconds of sound in one file at most."""
        self._folder = folder
        self._listening = listening
        self._files: dict[str, GivenFile] = {}
        self.ended: Counter[str] = Counter()
        """How many files came to which end since the start; `refused` ones were not begun."""

    def get(self, code: str, key: str) -> GivenFile | None:
        """The file of this dialogue with this id."""
        found = self._files.get(key)
        return found if found is not None and found.room.code == code else None

    async def begin(self, room: Room, source: str, seat: Seat, name: str, size: int, modified: int) -> GivenFile:
        """A file to be given, or the one that was begun. Raises Problem when it can never be taken."""
        told = "\0".join([room.code, source, seat.id, name, str(size), str(modified)])
        key = hashlib.sha256(told.encode()).hexdigest()[:32]
        known = self._files.get(key)
        if known is None or known.stage in {Stage.FAILED, Stage.CANCELLED, Stage.DONE}:
            self._check(size, key)
            path = await asyncio.to_thread(self._place, key)
            have = min(path.stat().st_size, size)
            known = self._files[key] = GivenFile(
                key, room, source, seat, name, size, path, have, longest=self.longest, ended=self.ended
            )
        self._read_when_whole(known)
        return known

    async def take(self, given: GivenFile, at: int, piece: bytes) -> bool:
        """A piece that begins at byte `at`. False when it does not join what is here: go on from `have`."""
        async with given.turn:
            if given.stage is not Stage.RECEIVING or at != given.have or at + len(piece) > given.size:
                return False
            try:
                await asyncio.to_thread(_append, given.path, at, piece)
            except OSError as why:
                log.warning("file_not_kept", source=given.source, problem=str(why))
                given.end(Stage.FAILED, NOT_KEPT.vi, NOT_KEPT.en)  # what came goes: the microphones need room
                return False
            given.have += len(piece)
        self._read_when_whole(given)
        return True

    async def cancel(self, given: GivenFile) -> None:
        """Stop, and forget the file. What is in the recording already stays there."""
        await _stopped(given)
        given.end(Stage.CANCELLED)

    async def close(self) -> None:
        """The server stops: files wait on disk for their givers."""
        await asyncio.gather(*(_stopped(given) for given in self._files.values()))

    def _read_when_whole(self, given: GivenFile) -> None:
        free = given.reading is None or given.reading.done()
        if given.have == given.size and given.stage is Stage.RECEIVING and free:
            given.stage = Stage.READING
            given.reading = asyncio.create_task(given.read(self._listening), name=f"reading {given.name}")

    def _check(self, size: int, key: str) -> None:
        """Whether this size can be taken; what lies here of it already needs no room. Raises Problem."""
        path = self._folder / f"{key}.part"
        have = path.stat().st_size if path.exists() else 0
        try:
            _check(size, size - min(have, size), self._folder, self.longest)
        except Problem:
            self.ended["refused"] += 1
            raise

    def _place(self, key: str) -> Path:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for old in self._folder.iterdir():
            if time.time() - old.stat().st_mtime > KEPT:
                old.unlink(missing_ok=True)
        path = self._folder / f"{key}.part"
        path.touch(0o600)
        return path


async def _stopped(given: GivenFile) -> None:
    if given.reading is not None:
        given.reading.cancel()
        await asyncio.gather(given.reading, return_exceptions=True)


def _append(path: Path, at: int, piece: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(piece)


def _check(size: int, to_come: int, folder: Path, longest: float) -> None:
    if not 0 < size <= LARGEST:
        raise Problem(
            f"Tệp phải có từ 1 byte đến {LARGEST >> 30} GB. Hãy cắt tệp hoặc chỉ xuất phần tiếng, rồi thử lại.",
            f"A file has 1 byte to {LARGEST >> 30} GB. Cut it, or export its sound alone.",
        )
    sound = round(longest * SAMPLE_RATE) * SAMPLE_BYTES
    if to_come and disk_usage(folder.parent).free < to_come + max(SPARE, sound):
        raise Problem(
            "Ổ đĩa của máy chủ không đủ chỗ cho tệp này. Chưa nhận gì; hãy báo người quản trị, hoặc dùng tệp nhỏ hơn.",
            "The server's disk has no room for this file. Nothing was taken; tell the operator, or use a smaller file.",
        )
