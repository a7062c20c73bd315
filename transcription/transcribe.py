"""A sound file into words: decoded, recorded and recognised exactly as a microphone is."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from transcription.audio import decode, seconds_of
from transcription.conditions import Condition, State
from transcription.heard import SAMPLE_RATE, Final
from transcription.messages import Ended, Progress, Trouble
from transcription.problems import CannotWrite, Problem
from transcription.recogniser import Event, Recogniser
from transcription.recordings import Recording

SOURCE = "file"


@dataclass(frozen=True, slots=True)
class HeardSoFar:
    """How far the file has been heard, in seconds; `of` is what the file says it lasts, None when it does not."""

    seconds: float
    of: float | None


async def transcribe(
    file: Path, model_dir: Path, recording_dir: Path, *, command: Sequence[str] | None = None
) -> AsyncGenerator[Final | HeardSoFar, None]:
    """Hear a file to its end: finals as they come, and now and then how far it is. Closing the iterator stops the work.

    `recording_dir` must be new or empty and keeps the sound that the finals' positions refer to.
    Raises Problem: no sound in the file, no model, a full disk, a recogniser that fails for good.
    """
    seconds = seconds_of(file)
    recording = await asyncio.to_thread(_new_recording, recording_dir)
    events: asyncio.Queue[Event | BaseException] = asyncio.Queue()
    recogniser = Recogniser(model_dir, events.put, command=command)
    recogniser.follow(SOURCE, recording_dir)
    stopped = threading.Event()
    await recogniser.start()
    decoding = asyncio.create_task(_decode(file, recording, recogniser, events, stopped))
    decoding.add_done_callback(partial(_broken_off, events))
    try:
        while not isinstance(event := await events.get(), Ended):
            if (failure := _failure(event)) is not None:
                raise failure
            if isinstance(event, Final):
                yield event
            elif isinstance(event, Progress):
                yield HeardSoFar(event.decoded / SAMPLE_RATE, seconds)
        if (broken := await decoding) is not None:
            raise broken
    finally:
        stopped.set()
        await asyncio.wait([decoding])
        await recogniser.stop()


async def _decode(
    file: Path,
    recording: Recording,
    recogniser: Recogniser,
    events: asyncio.Queue[Event | BaseException],
    stopped: threading.Event,
) -> Problem | None:
    """Record the file. The problem of one that breaks off is the answer: what came before is heard first."""
    loop = asyncio.get_running_loop()

    def grew(samples: int) -> None:
        if SOURCE in recogniser.sources:
            recogniser.have(SOURCE, samples)

    broken = None
    try:
        await asyncio.to_thread(_record, file, recording, lambda n: loop.call_soon_threadsafe(grew, n), stopped)
    except Problem as why:
        broken = why
    if broken is not None and not recording.have:
        events.put_nowait(broken)
    elif SOURCE in recogniser.sources:
        grew(recording.have)
        recogniser.end(SOURCE)
    return broken


def _broken_off(events: asyncio.Queue[Event | BaseException], decoding: asyncio.Task[Problem | None]) -> None:
    """A mistake of ours ends the decoding, and nothing more would come: whoever waits for events is raised it."""
    if not decoding.cancelled() and (mistake := decoding.exception()) is not None:
        events.put_nowait(mistake)


def _record(file: Path, recording: Recording, grew: Callable[[int], object], stopped: threading.Event) -> None:
    told = 0
    try:
        for pcm in decode(file):
            have = recording.append(recording.have, pcm)
            if stopped.is_set():
                return
            if have - told >= SAMPLE_RATE:
                grew(have)
                told = have
    finally:
        recording.close()


def _new_recording(directory: Path) -> Recording:
    recording = Recording(directory)
    if recording.have:
        raise CannotWrite(
            f"Thư mục {directory} đã có bản ghi dài {recording.duration:.0f} giây. Hãy chọn thư mục trống.",
            f"There is a recording of {recording.duration:.0f} seconds in {directory}. Choose an empty directory.",
        )
    return recording


def _failure(event: Event | BaseException) -> BaseException | None:
    if isinstance(event, BaseException):
        return event
    if isinstance(event, Trouble) or (isinstance(event, Condition) and event.state in (State.ABSENT, State.FAILED)):
        return Problem(event.vi, event.en)
    return None
