"""A sound or film file given by staff: received in pieces, then read into the recording of a source."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from shutil import disk_usage
from typing import Any

import structlog

from live.commands import SetIntake
from live.refusals import Refused
from live.seats import Seat
from live.states import Mouth
from server.rooms.ears import Ear
from server.rooms.listening import Listening
from server.rooms.room import Room
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.problems import CannotWrite, DiskFull, Problem

PIECE = 10 * SAMPLE_RATE * SAMPLE_BYTES
"""Bytes of sound taken in one go."""

ROOM = 64 << 20
"""Bytes free on a disk that was full before a long file goes on: half an hour of sound."""

log = structlog.get_logger()


class Stage(StrEnum):
    """Where a given file is."""

    RECEIVING = "receiving"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False, slots=True)
class GivenFile:
    """One file. `have` bytes of `size` are here, `seconds` of `of` (None: not told) are in the recording."""

    id: str
    room: Room
    source: str
    seat: Seat
    name: str
    size: int
    path: Path
    have: int = 0
    stage: Stage = Stage.RECEIVING
    seconds: float = 0.0
    of: float | None = None
    why: tuple[str, str] = ("", "")
    longest: float = 8 * 3600.0
    """Seconds of sound: what is longer is refused with a sentence."""
    ended: Counter[str] = field(default_factory=Counter)
    """How many files of this server came to which end; shared by all of them."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    reading: asyncio.Task[None] | None = None
    _waits_for_room: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """The state for the page that gave it."""
        return {
            "id": self.id, "name": self.name, "source": self.source, "size": self.size, "have": self.have,
            "stage": self.stage.value, "seconds": round(self.seconds, 1), "of": self.of,
            "vi": self.why[0], "en": self.why[1],
        }  # fmt: skip

    def end(self, stage: Stage, vi: str = "", en: str = "") -> None:
        """Nothing more comes of it; the recording keeps what was read.

        Where a cancelled one began there stays known: chosen again, it goes on there, and nothing is there twice.
        """
        self.stage, self.why = stage, (vi, en)
        self.ended[stage.value] += 1
        for path in (self.path, *(() if stage is Stage.CANCELLED else (self._began,))):
            path.unlink(missing_ok=True)

    @property
    def _began(self) -> Path:
        return self.path.with_suffix(".began")

    async def read(self, listening: Listening) -> None:
        """Bring the whole file into the recording; while the source is held, or the disk full, it waits to be asked."""
        if not self._room_to_go_on():
            self.stage = Stage.RECEIVING
            return
        try:
            ear = await listening.begin(self.room, self.source, self.seat, SetIntake(self.source, Mouth.FILE))
            if isinstance(ear, Ear):
                self.why = ("", "")
                await self._read_into(listening, ear)
                log.info("file_read", source=ear.name, stage=self.stage.value, seconds=self.seconds)
            else:
                held = (ear.say("vi"), ear.say("en")) if isinstance(ear, Refused) else ("", "")
                self.stage, self.why = Stage.RECEIVING, held
        except (CannotWrite, OSError) as why:
            self._wait(why)
        except Problem as problem:
            self.end(Stage.FAILED, problem.vi, problem.en)

    async def _read_into(self, listening: Listening, ear: Ear) -> None:
        try:
            await self._pour(listening, ear)
        finally:
            await listening.stop(ear, self.seat)

    def _wait(self, why: CannotWrite | OSError) -> None:
        """The disk takes no more: what was read is in the recording, the file is kept, and it goes on where it was."""
        log.warning("file_waits", source=self.source, seconds=self.seconds, problem=str(why))
        self._waits_for_room = True
        full = isinstance(why, DiskFull)
        vi = "Ổ đĩa của máy chủ đã đầy" if full else "Máy chủ không ghi hay đọc tiếp được"
        en = "The server's disk is full" if full else "The server cannot write or read on"
        vi += (
            f": {self.seconds:.0f} giây đã ở trong bản ghi, tệp vẫn nằm ở máy chủ. Hãy báo người quản trị và để trang "
            "này mở: xong thì phần còn lại được đọc tiếp, không lặp."
        )
        en += (
            f": {self.seconds:.0f} s are in the recording, the file is still on the server. Tell the operator and "
            "leave this page open: the rest is read when it can be, and nothing twice."
        )
        self.stage, self.why = Stage.RECEIVING, (vi, en)

    def _room_to_go_on(self) -> bool:
        """After a full disk: whether there is room for the rest, so that it is not read in vain each second."""
        rest = self.longest if self.of is None else max(0.0, self.of - self.seconds)
        needs = min(ROOM, round(rest * SAMPLE_RATE) * SAMPLE_BYTES) + PIECE
        return not self._waits_for_room or disk_usage(self.path.parent).free > needs

    async def _pour(self, listening: Listening, ear: Ear) -> None:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "transcription.decoding", str(self.path), str(self.longest),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        sound, side = child.stdout, child.stderr
        if sound is None or side is None:
            raise RuntimeError("both were asked for as pipes")
        told = asyncio.create_task(self._listen(side))
        try:
            base, at = await asyncio.to_thread(self._begin_at, ear.recording.have), 0
            async for pcm in _pieces(sound):
                base = await self._take(listening, ear, base, at, pcm)
                at += len(pcm) // SAMPLE_BYTES
                self.seconds = at / SAMPLE_RATE
            last = await told
            await child.wait()
        finally:
            told.cancel()
            if child.returncode is None:
                child.kill()
                await sound.read()  # wait() sees no end behind a pipe that was paused because nobody read it
                await child.wait()
        self._judge(last)

    async def _take(self, listening: Listening, ear: Ear, base: int, at: int, pcm: bytes) -> int:
        """Put a piece where it belongs; what an earlier try has brought there already is found and not taken twice."""
        place, count, have = base + at, len(pcm) // SAMPLE_BYTES, ear.recording.have
        if place < have:
            there = await asyncio.to_thread(ear.recording.read, place, min(count, have - place))
            if pcm[: len(there)] != there:
                base, place = have - at, have  # somebody has recorded here since: the rest comes behind it
        await listening.take(ear, place, pcm)
        return base

    def _begin_at(self, have: int) -> int:
        """Where in the recording this file begins: as an earlier, interrupted try said, or here. Raises OSError."""
        if not self._began.exists():
            new = self._began.with_suffix(".new")
            new.write_text(str(have))
            new.replace(self._began)  # whole or not at all
        return int(self._began.read_text())

    async def _listen(self, side: asyncio.StreamReader) -> dict[str, Any]:
        last: dict[str, Any] = {}
        async for line in side:
            try:
                last = json.loads(line)
            except ValueError:
                continue  # a library's own complaint
            if "of" in last:
                self.of = last["of"]
        return last

    def _judge(self, last: dict[str, Any]) -> None:
        if "done" in last:
            short = self.of is not None and self.seconds < self.of - 1
            self.end(Stage.DONE, *(self._short() if short else ()))
            return
        vi, en = last.get("vi"), last.get("en")
        if not vi:  # the reader was stopped: too much memory, too much time, or a fault of its own
            vi, en = "Máy chủ không đọc được tệp này đến cùng. Hãy chọn tệp khác.", "This file could not be read."
        if self.seconds:
            vi = f"Đã đọc {self.seconds:.0f} giây đầu và giữ trong bản ghi; phần sau không đọc được. {vi}"
            en = f"The first {self.seconds:.0f} s were read and kept in the recording; the rest could not be. {en}"
        self.end(Stage.FAILED, vi, str(en))

    def _short(self) -> tuple[str, str]:
        vi = f"Tệp hỏng ở giữa hoặc thiếu đoạn cuối: chỉ đọc được {self.seconds:.1f} trên {self.of:.1f} giây. "
        en = f"The file is broken: only {self.seconds:.1f} of {self.of:.1f} s could be read. "
        return (
            vi + "Phần đọc được đã ở trong bản ghi; hãy giữ tệp gốc để kiểm tra.",
            en + "They are in the recording; keep the file itself.",
        )


async def _pieces(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        try:
            yield await stream.readexactly(PIECE)
        except asyncio.IncompleteReadError as end:
            if end.partial:
                yield end.partial
            return
