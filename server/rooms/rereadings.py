"""Second readings asked for on a page: one after the other, in a process that lets everything else go first."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import structlog

from server.rooms.ears import sound_directory
from transcription.models import Model, list_models
from transcription.problems import CannotWrite, Problem
from transcription.readings import Reading, Span, begin, readings
from transcription.reread import ReadSoFar, read_again

LAST = 19
"""How nice the reading process is: everything else on the machine goes first."""

log = structlog.get_logger()


class Rereadings:
    """What is to be read lies beside the recordings; here is only what is being read, and what could not be."""

    def __init__(self, data_dir: Path, models_dir: Path, own: Model | None, nice: int = LAST) -> None:
        """`own` is the model that hears live, which may lie elsewhere than the others."""
        self._nice = nice
        self._data_dir = data_dir
        self._models_dir = models_dir
        self._own = own
        self._waiting: dict[Path, Path] = {}
        self._news = asyncio.Event()
        self._reading: Path | None = None
        self._seconds = 0.0
        self._problems: dict[Path, Problem] = {}
        self._job: asyncio.Task[None] | None = None
        self._work: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Go on with what was being read when the server stopped."""
        for path in await asyncio.to_thread(_unfinished, self._data_dir / "sound"):
            self._waiting[path] = path.parent.parent
        self._work = asyncio.create_task(self._read_for_ever(), name="second readings")
        self._news.set()

    async def close(self) -> None:
        """Stop; what was read is kept."""
        for task in (self._work, self._job):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    def models(self) -> list[Model]:
        """What can read: the models installed, the live one first."""
        others = [model for model in list_models(self._models_dir) if self._own is None or model.name != self._own.name]
        return [*([self._own] if self._own else []), *others]

    def of(self, code: str, source: str) -> list[Reading]:
        """All readings of a source, the oldest first."""
        return readings(sound_directory(self._data_dir, code, source))

    def state(self, reading: Reading) -> str:
        """done, reading, waiting, failed or stopped."""
        if reading.done:
            return "done"
        if reading.path == self._reading:
            return "reading"
        if reading.path in self._problems:
            return "failed"
        return "waiting" if reading.path in self._waiting else "stopped"

    def seconds(self, reading: Reading) -> float:
        """How far it is."""
        return self._seconds if reading.path == self._reading else reading.samples[0] / 16_000

    def problem(self, reading: Reading) -> Problem | None:
        """Why it could not go on."""
        return self._problems.get(reading.path)

    async def begin(self, code: str, source: str, model: Model, spans: list[Span]) -> Reading:
        """A new reading, in its turn. Raises CannotWrite."""
        recording = sound_directory(self._data_dir, code, source)
        reading = await asyncio.to_thread(begin, recording, model.name, model.engine, spans)
        self._ask(reading)
        return reading

    async def begin_by_itself(self, code: str, source: str, spans: list[Span]) -> None:
        """Read what recognition passed over, once, with the model that hears live; for another one people ask."""
        before = await asyncio.to_thread(self.of, code, source)
        left = [span for span in spans if not any(_within(span, asked) for one in before for asked in one.spans)]
        if self._own is None or not left:
            return
        try:
            await self.begin(code, source, self._own, left)
        except CannotWrite as problem:
            log.warning("reading_not_begun", dialogue=code, source=source, problem=problem.en)

    async def go_on(self, reading: Reading) -> None:
        """Read on where it stopped. Raises CannotWrite."""
        await asyncio.to_thread(reading.stop, stopped=False)
        self._ask(reading)

    async def stop(self, reading: Reading) -> None:
        """Stop it, also for after a restart; what was read is kept. Raises CannotWrite."""
        self._waiting.pop(reading.path, None)
        await asyncio.to_thread(reading.stop, stopped=True)
        if self._reading == reading.path and self._job is not None:
            self._job.cancel()
            await asyncio.gather(self._job, return_exceptions=True)

    def _ask(self, reading: Reading) -> None:
        self._problems.pop(reading.path, None)
        self._waiting[reading.path] = reading.path.parent.parent
        self._news.set()

    async def _read_for_ever(self) -> None:
        while True:
            await self._news.wait()
            while self._waiting:
                path = next(iter(self._waiting))
                recording = self._waiting.pop(path)
                self._job = asyncio.create_task(self._read(path, recording), name=f"reading {path.name} again")
                await asyncio.wait([self._job])
            self._news.clear()

    async def _read(self, path: Path, recording: Path) -> None:
        found = {one.path: one for one in await asyncio.to_thread(readings, recording)}
        reading = found.get(path)
        if reading is None or reading.done:
            return
        self._reading, self._seconds = path, reading.samples[0] / 16_000
        try:
            model = next((one for one in self.models() if one.name == reading.model), None)
            if model is None:
                raise Problem(
                    f"Không còn mô hình {reading.model} trên máy chủ. Phần đã nghe vẫn còn; hãy cài lại mô hình đó.",
                    f"The model {reading.model} is not on the server any more. What was heard is kept; install it.",
                )
            async with aclosing(read_again(reading, recording, model.path, nice=self._nice)) as heard:
                async for one in heard:
                    if isinstance(one, ReadSoFar):
                        self._seconds = one.seconds
        except Problem as problem:
            self._problems[path] = problem
            log.warning("reading_failed", reading=str(path.relative_to(self._data_dir)), problem=problem.en)
        finally:
            self._reading = None


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _unfinished(folder: Path) -> list[Path]:
    """Readings that nobody stopped and that are not done, of all dialogues, the oldest first."""
    recordings = {path.parent.parent for path in folder.glob("*/*/readings/[0-9]*.jsonl")}
    going = [one for recording in recordings for one in readings(recording) if not one.done and not one.stopped]
    return [one.path for one in sorted(going, key=lambda one: one.path.stat().st_mtime)]
