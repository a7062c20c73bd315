"""From recordings to words: the one recogniser of this server, and what its events mean to each room."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog

from live.commands import SetIntake, StartRecording, StopRecording
from live.refusals import Code, Refused
from live.seats import Seat
from server.rooms.delays import Delays
from server.rooms.dictation import Dictation, unread
from server.rooms.disk_room import Watch, hours_left
from server.rooms.ears import MACHINE, Ear, ear_name, sound_directory
from server.rooms.insisting import insist
from server.rooms.rehearsed_sound import over
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted, Answer
from transcription.conditions import Condition, State
from transcription.messages import Ended, Progress
from transcription.models import Model
from transcription.polish import DEFAULT, Polish
from transcription.problems import BadModel
from transcription.recogniser import Event, Recogniser
from transcription.recordings import Recording

GRACE = 60
"""Seconds a microphone may be away before its recording is said to have stopped."""
DRAIN = 2
"""Seconds that recognition has at a planned stop to finish what it is reading."""
NO_MODEL = Condition(
    State.ABSENT,
    "Chưa có mô hình nhận dạng tiếng nói; mọi việc khác vẫn chạy, thư ký gõ lời bằng tay. "
    "Cài tiếng Việt: doithoai model install vi",
    "No speech model is installed; all else works and the secretary types by hand. "
    "Install Vietnamese: doithoai model install vi",
)

log = structlog.get_logger()


async def _never(ear: Ear, spans: list[tuple[int, int]]) -> None:
    """Nobody reads again here."""


class Listening:
    """Keeps the ears of all dialogues open and brings the words to their rooms.

    Of several servers one is `here` for sound: recordings lie on one disk and are read by one recogniser.
    """

    def __init__(
        self,
        rooms: Rooms,
        data_dir: Path,
        found: Model | BadModel | None,
        grace: float = GRACE,
        steps: tuple[str, ...] = DEFAULT,
        *,
        here: bool = True,
    ) -> None:
        model = self.model = found if isinstance(found, Model) else None
        self.unusable = found if isinstance(found, BadModel) else None
        """Why nothing hears, when there is something that should be a model."""
        if self.unusable is not None:
            log.error("model_unusable", problem=self.unusable.vi)
        self.here = here
        self.delays = Delays()
        self._watch = Watch(data_dir)
        self._rooms = rooms
        self._data_dir = data_dir
        self._grace = grace
        self.polish = Polish(steps, language=model.language if model else None)
        self._dictation = Dictation(model, self.polish, self.delays)
        self.read_again: Callable[[Ear, list[tuple[int, int]]], Awaitable[None]] = _never
        """Told, when a source has ended, what recognition passed over of it."""
        self._ears: dict[str, Ear] = {}
        self._recogniser = Recogniser(model.path, self._event) if model else None
        self._absences: dict[str, asyncio.Task[None]] = {}
        self._resuming: set[asyncio.Task[None]] = set()
        self._opening = asyncio.Lock()
        rooms.opened = self._room_opened

    @property
    def condition(self) -> Condition:
        """How recognition is, in sentences."""
        if self._recogniser is not None:
            return self._recogniser.condition
        bad = self.unusable
        return Condition(State.ABSENT, bad.vi, bad.en) if bad else NO_MODEL

    @property
    def ears(self) -> tuple[Ear, ...]:
        return tuple(self._ears.values())

    def recorded(self) -> dict[str, dict[str, tuple[int, bool]]]:
        """By code and source: how many samples there are, and whether the microphone runs."""
        found: dict[str, dict[str, tuple[int, bool]]] = {}
        for ear in self._ears.values():
            found.setdefault(ear.room.code, {})[ear.source] = (ear.recording.have, ear.connected)
        return found

    @property
    def lives(self) -> int:
        """Worker processes begun so far: more than one tells of crashes or hangs."""
        return self._recogniser.lives if self._recogniser else 0

    def hours_left(self) -> float:
        """Hours until the disk is full, if the connected microphones go on."""
        return hours_left(self._data_dir, sum(ear.connected for ear in self._ears.values()))

    def disk(self) -> dict[str, str] | None:
        """The sentence that the disk gets short, hours before it is full."""
        return self._watch.look(sum(ear.connected for ear in self._ears.values()))

    def lag(self, ear: Ear) -> float:
        """Seconds of this ear's sound that are recorded and not yet read."""
        reader = self._reader(ear)
        return reader.lag(ear.name) if reader else 0.0

    def pace(self, ear: Ear) -> dict[str, object]:
        """How late words are, for staff: seconds unread, whether they grow less, and from mouth to screen of late."""
        lag = self.lag(ear)
        return {"lag": round(lag, 1), "catching_up": ear.trend.look(lag), "delay": self.delays.of(ear.room.code)}

    async def close(self) -> None:
        """Stop hearing: what is recorded and unread is read when the room is opened again."""
        tasks = [*self._absences.values(), *self._resuming]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._recogniser is not None:
            await self._recogniser.drain(DRAIN)
            await self._recogniser.stop()
        for ear in self._ears.values():
            await ear.close()

    def _room_opened(self, room: Room) -> None:
        room.signals.told = lambda keys: self._dictation.sent(room, keys)
        if (room.dialogue.sources or room.dialogue.rehearsed) and self.here:
            self._aside(self._resume(room))

    async def _resume(self, room: Room) -> None:
        """After a restart: read what was recorded and not yet read, and wait for the microphones to come back."""
        for name in room.dialogue.rehearsed:
            await (await self._open(room, name)).empty()
        for source in room.dialogue.sources.values():
            ear = await self._open(room, source.name)
            self._rooms.heard[room.code][source.name] = ear.recording.have
            if self._recogniser is not None and ear.recording.have > source.heard_to:
                await self._recogniser.start()
                self._follow(self._recogniser, ear)
                if not source.recording:
                    self._recogniser.end(ear.name)
            if source.recording and not ear.connected:
                self.leave(ear)

    async def begin(self, room: Room, source: str, seat: Seat, into: SetIntake | None = None) -> Ear | Answer:
        """Open an ear for what comes into a source. The refusal when another microphone is connected to it."""
        name = ear_name(room.code, source)
        ear = self._ears.get(name)
        if ear is None or not ear.connected:
            answer = await room.handle(StartRecording(source), seat)
            resumed = isinstance(answer, Refused) and answer.code is Code.ALREADY_RECORDING
            if not isinstance(answer, Accepted) and not resumed:
                return answer
            ear = ear or await self._open(room, source)
            if not ear.connected:
                await self._connect(ear)
                await self.set_intake(ear, into or SetIntake(source), seat)
                return ear
        return Refused(Code.ALREADY_RECORDING, {"source": source})

    async def _open(self, room: Room, source: str) -> Ear:
        name = ear_name(room.code, source)
        async with self._opening:
            if name not in self._ears:
                directory = sound_directory(self._data_dir, room.code, source)
                recording = await asyncio.to_thread(Recording, directory)
                self._ears[name] = Ear(room, source, recording)
                room.floor_changed = self._floor_changed
        return self._ears[name]

    async def set_intake(self, ear: Ear, into: SetIntake, seat: Seat) -> None:
        """From the next sample on this comes into the source; what was said before it is made final there."""
        before = ear.intakes
        await insist(ear.room, into, seat)
        if len(ear.intakes) > len(before) and (reader := self._reader(ear)):
            reader.cut(ear.name, ear.intakes[-1].first)

    async def take_over(self, ear: Ear, into: SetIntake, seat: Seat) -> None:
        """Another page records on without a break: nothing that the one before said of times or owners holds for it."""
        await asyncio.to_thread(ear.recording.sender)
        await self.set_intake(ear, into, seat)

    async def _connect(self, ear: Ear) -> None:
        ear.connected = True
        if absence := self._absences.pop(ear.name, None):
            absence.cancel()
        self._rooms.heard[ear.room.code][ear.source] = ear.recording.have
        await asyncio.to_thread(ear.recording.resume, int(time.time() * 1000))
        await asyncio.to_thread(ear.recording.sender)
        if self._recogniser is not None:
            await self._recogniser.start()
            self._follow(self._recogniser, ear)
        self._tell(ear)

    def _reader(self, ear: Ear) -> Recogniser | None:
        """The recogniser, while it reads what this ear records."""
        known = self._recogniser
        return known if known is not None and ear.name in known.sources else None

    def _follow(self, recogniser: Recogniser, ear: Ear) -> None:
        if ear.name in recogniser.sources:
            return
        known = ear.room.dialogue.sources[ear.source]
        recogniser.follow(ear.name, ear.recording.directory, known.heard_to, known.runs + 1)
        recogniser.have(ear.name, ear.recording.have)

    async def take(self, ear: Ear, position: int, pcm: bytes) -> int:
        """Samples from a microphone: on disk first, then to the recogniser's notice. Raises what Recording raises."""
        have = await ear.take(position, pcm)
        self._rooms.heard[ear.room.code][ear.source] = have
        if reader := self._reader(ear):
            reader.have(ear.name, have)
        elif self._recogniser is None:
            self._tell(ear)  # no words bring the news that the disk gets short
        ear.compact_behind(have)
        return have

    def leave(self, ear: Ear) -> None:
        """A microphone went away without a word. It may come back; after a while the recording counts as stopped."""
        ear.connected = False
        self._absences[ear.name] = asyncio.create_task(self._absent(ear), name=f"absence of {ear.name}")

    async def _absent(self, ear: Ear) -> None:
        await asyncio.sleep(self._grace)
        await self.stop(ear, MACHINE)

    async def stop(self, ear: Ear, seat: Seat) -> Answer:
        """The recording of this source ends; what was said is read to its end."""
        ear.connected = False
        await ear.pause()
        if ear.connected:  # the next speaker was as quick as this: what they say is recorded, and is said to be
            return Accepted(ear.room.n)
        if reader := self._reader(ear):
            reader.end(ear.name)
        answer = await ear.room.handle(StopRecording(ear.source), seat)
        self._tell(ear)
        return answer

    def _floor_changed(self, room: Room) -> None:
        """Words before and after a change of floor belong to different questions: cut at the very sample."""
        heard = room.dialogue.floor_log[-1].heard if room.dialogue.floor_log else {}
        for ear in [one for one in self._ears.values() if one.room is room]:
            if ear.rehearsed:
                self._aside(over(ear, self._reader(ear), self.leave))
            elif heard and (reader := self._reader(ear)):
                reader.cut(ear.name, heard.get(ear.source))

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._resuming.add(task)
        task.add_done_callback(self._resuming.discard)

    def _tell(self, ear: Ear) -> None:
        condition = self.condition
        state: dict[str, object] = {"state": condition.state.value, "vi": condition.vi, "en": condition.en}
        behind = max((one for one in self._ears.values() if one.room is ear.room), key=self.lag, default=ear)
        state |= {"source": behind.source} | self.pace(behind)
        if (full := self.disk()) is not None:
            state |= {"disk": full}
        ear.room.signals.set("sound", state)
        ear.room.elsewhere.sound(ear.room.code, state)

    async def _event(self, event: Event) -> None:
        if isinstance(event, Condition):
            for every in self._ears.values():
                self._tell(every)
            return
        ear = self._ears.get(event.source)
        if ear is None:
            return
        if isinstance(event, Progress):
            self._tell(ear)
        else:
            await self._dictation.take(ear, event)
        if isinstance(event, Ended) and (spans := unread(ear)):
            await self.read_again(ear, spans)
