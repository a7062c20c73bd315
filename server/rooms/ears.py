"""Sound coming in: appended to the recording on disk before anything else is done with it."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import structlog

from live.commands import LoseSound
from live.intakes import Intake
from live.seats import Audience, Seat
from server.rooms.delays import Trend
from server.rooms.room import Room
from server.rooms.turn import Busy
from transcription.compacting import compact
from transcription.heard import SAMPLE_RATE
from transcription.pieces import PIECE
from transcription.problems import CannotWrite
from transcription.recordings import Recording

log = structlog.get_logger()

LONGEST_HELD = 3 * 3600
"""Seconds that a page may have kept sound: two hours, and some to send it."""
AHEAD = 5.0
"""Seconds by which a page may think it is later than it is here."""

MACHINE = Seat("machine", Audience.MACHINE, "Máy ghi âm")
"""The seat from which the recorder and the recogniser speak."""


class Connected(Protocol):
    """The page of a microphone, as the rest of the server needs it."""

    line: str
    """Names one recording of one page, from start to stop."""

    async def come_back(self) -> None:
        """Tell it what is on disk, and send it away to come back."""

    async def give_way(self) -> None:
        """Tell it what is on disk and end its line for good: another page records this source."""


@dataclass(eq=False, slots=True)
class Ear:
    """One source of one dialogue: its recording, one writer at a time, and whether a microphone is connected."""

    room: Room
    source: str
    recording: Recording
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    connected: bool = False
    trend: Trend = field(default_factory=Trend)
    microphone: Connected | None = None
    """Set by the door while a microphone is connected."""

    _untold: deque[LoseSound] = field(default_factory=deque)
    _compacting: asyncio.Task[None] | None = None
    _compacted: int = 0
    """Minutes of the recording that were looked at for compacting."""

    @property
    def name(self) -> str:
        """The source's name among all dialogues of this server."""
        return ear_name(self.room.code, self.source)

    @property
    def intakes(self) -> tuple[Intake, ...]:
        """What has come into the source so far, as the dialogue knows it."""
        source = self.room.dialogue.sources.get(self.source)
        return source.intakes if source else ()

    async def take(self, position: int, pcm: bytes) -> int:
        """Put samples on disk; the answer is how many the recording has. A gap becomes an entry of the journal."""
        async with self.turn:
            had = self.recording.have
            have = await asyncio.to_thread(self.recording.append, position, pcm)
        if position > had:
            self._untold.append(LoseSound(self.source, had, position, self.spoken_at(had)))
        while self._untold and not isinstance(await self.room.handle(self._untold[0], MACHINE), Busy):
            self._untold.popleft()  # else the disk is busy: it is told with the next sound
        return have

    async def caught(self, place: int, ms: int) -> None:
        """The microphone says when a sample was spoken. What cannot be is not believed."""
        now, have = time.time() * 1000, self.recording.have
        if now - LONGEST_HELD * 1000 <= ms <= now + AHEAD * 1000 and 0 <= place <= have + LONGEST_HELD * SAMPLE_RATE:
            try:
                async with self.turn:
                    await asyncio.to_thread(self.recording.caught, place, min(ms, int(now)))
            except CannotWrite as problem:
                log.warning("moment_not_kept", source=self.name, problem=problem.en)

    async def pause(self) -> None:
        """The recording stops on purpose. On a full disk that is not noted, and is found where the next sound joins."""
        try:
            await asyncio.to_thread(self.recording.pause, int(time.time() * 1000))
        except CannotWrite as problem:
            log.warning("pause_not_kept", source=self.name, problem=problem.en)

    def spoken_at(self, sample: int) -> datetime | None:
        """When this sample was spoken, where a microphone has said so."""
        at = self.recording.spoken_at(sample)
        return None if at is None else datetime.fromtimestamp(at, UTC)

    def compact_behind(self, have: int) -> None:
        """Compact what became a full piece, one at a time and beside everything else."""
        if have // PIECE > self._compacted and (self._compacting is None or self._compacting.done()):
            self._compacted = have // PIECE
            self._compacting = asyncio.create_task(self._compact(have), name=f"compacting {self.name}")

    async def _compact(self, have: int) -> None:
        try:
            await asyncio.to_thread(compact, self.recording.directory, have)
        except CannotWrite as problem:
            log.warning("sound_not_compacted", source=self.name, problem=problem.en)

    @property
    def rehearsed(self) -> list[tuple[int, int]]:
        """Spans of samples that were recorded for a rehearsal which is over, and whose sound still lies here."""
        told = self.room.dialogue.rehearsed.get(self.source, ())
        return [span for span in told if span not in self.recording.emptied]

    async def empty(self) -> None:
        """Wipe what was recorded for rehearsals. A disk that will not is tried again when the server starts."""
        if self._compacting is not None:
            await self._compacting
        self._compacting = asyncio.create_task(self._empty(), name=f"emptying {self.name}")
        await self._compacting

    async def _empty(self) -> None:
        try:
            async with self.turn:
                for first, end in self.rehearsed:
                    await asyncio.to_thread(self.recording.empty, first, end)
        except CannotWrite as problem:
            log.warning("rehearsal_not_emptied", source=self.name, problem=problem.en)

    async def close(self) -> None:
        """Everything is on disk and let go of."""
        if self._compacting is not None:
            await self._compacting
        await asyncio.to_thread(self.recording.close)


def ear_name(code: str, source: str) -> str:
    return f"{code}/{source}"


def sound_directory(data_dir: Path, code: str, source: str) -> Path:
    """Where the recording of a source lies."""
    return data_dir / "sound" / code / source
