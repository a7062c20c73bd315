"""Reading a recording a second time, by any model, while people wait for nothing: it can be stopped and goes on."""

from __future__ import annotations

import asyncio
import fcntl
import sys
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from transcription.conditions import Condition, State
from transcription.heard import SAMPLE_RATE, Final
from transcription.messages import Ended, Progress, Skipped, Trouble
from transcription.problems import Problem
from transcription.readings import Reading, mend
from transcription.recogniser import Event, Limits, Recogniser
from transcription.worker import NICE

PATIENT = Limits(loading=3600, silence=600)
"""Whoever lets everybody else go first may stand still for long and is not hung."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """Seconds of the reading's spans that are done, of how many."""

    seconds: float
    of: float


async def read_again(
    reading: Reading, recording: Path, model_dir: Path, *, command: Sequence[str] | None = None, nice: int = NICE
) -> AsyncGenerator[Final | ReadSoFar, None]:
    """Read what is left of the reading: finals as they come, kept before they are told, and how far it is.

    Closing the iterator stops the work; another call goes on. Raises Problem: no model, no room, a recogniser that
    fails for good.
    """
    command = command or _worker(model_dir, reading.engine, nice)
    events: asyncio.Queue[Event] = asyncio.Queue()
    recogniser = Recogniser(model_dir, events.put, PATIENT, command=command)
    with _alone(reading):
        try:
            await recogniser.start()
            while not reading.done:
                async for heard in _span(reading, recording, recogniser, events):
                    yield heard
                reading.span_read()
            yield _so_far(reading, sum(end - start for start, end in reading.spans))
        finally:
            await _to_its_end(asyncio.create_task(recogniser.stop(), name="ending a reading"))


async def _to_its_end(work: asyncio.Task[None]) -> None:
    """Whoever is told to go meanwhile goes afterwards: no worker process is left behind."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await work
        raise


def _worker(model_dir: Path, engine: str, nice: int) -> tuple[str, ...]:
    return (
        sys.executable, "-m", "transcription.worker", "--engine", engine, "--model", str(model_dir.resolve()),
        "--nice", str(nice),
    )  # fmt: skip


async def _span(
    reading: Reading, recording: Path, recogniser: Recogniser, events: asyncio.Queue[Event]
) -> AsyncGenerator[Final | ReadSoFar, None]:
    start, end = reading.spans[reading.read]
    before = sum(last - first for first, last in reading.spans[: reading.read])
    recogniser.follow(recording.name, recording, reading.settled)
    recogniser.have(recording.name, end)
    recogniser.end(recording.name)
    while not isinstance(event := await events.get(), Ended):
        if (problem := _problem(event)) is not None:
            raise problem
        if isinstance(event, Final):
            reading.take(event)
            yield event
        elif isinstance(event, Progress):
            yield _so_far(reading, before + event.decoded - start)


@contextmanager
def _alone(reading: Reading) -> Iterator[None]:
    """Nobody else goes on with this reading meanwhile, from a terminal or a page. Raises Problem."""
    with reading.path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise Problem(
                "Bản nghe lại này đang được đọc ở nơi khác. Hãy chờ, hoặc dừng ở đó trước.",
                "This reading is being done elsewhere. Wait, or stop it there first.",
            ) from why
        mend(reading)
        yield


def _so_far(reading: Reading, samples: int) -> ReadSoFar:
    return ReadSoFar(samples / SAMPLE_RATE, sum(end - start for start, end in reading.spans) / SAMPLE_RATE)


def _problem(event: Event) -> Problem | None:
    if isinstance(event, Skipped):
        return Problem(
            f"Bộ nhận dạng hỏng nhiều lần ở đoạn mẫu {event.start}. Phần đã nghe vẫn còn; hãy thử mô hình khác.",
            f"The recogniser failed again and again behind sample {event.start}. What was heard is kept; "
            "try another model.",
        )
    if isinstance(event, Trouble) or (isinstance(event, Condition) and event.state in (State.ABSENT, State.FAILED)):
        return Problem(event.vi, event.en)
    return None
