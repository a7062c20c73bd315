"""Reading a recording a second time, by any model, while people wait for nothing: it can be stopped and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcription.conditions import Condition, State
from transcription.heard import SAMPLE_RATE, Final
from transcription.messages import Ended, Progress, Skipped, Trouble
from transcription.problems import Problem
from transcription.readings import Reading
from transcription.recogniser import Event, Recogniser


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """Seconds of the reading's spans that are done, of how many."""

    seconds: float
    of: float


async def read_again(
    reading: Reading, recording: Path, model_dir: Path, *, command: Sequence[str] | None = None
) -> AsyncGenerator[Final | ReadSoFar, None]:
    """Read what is left of the reading: finals as they come, kept before they are told, and how far it is.

    Closing the iterator stops the work; another call goes on. Raises Problem: no model, no room, a recogniser that
    fails for good.
    """
    events: asyncio.Queue[Event] = asyncio.Queue()
    recogniser = Recogniser(model_dir, events.put, command=command)
    try:
        await recogniser.start()
        while not reading.done:
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
            reading.span_read()
        yield _so_far(reading, sum(end - start for start, end in reading.spans))
    finally:
        await recogniser.stop()


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
