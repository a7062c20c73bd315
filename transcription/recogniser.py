"""Recognition as the server sees it: sources followed, words coming in, whatever happens to the worker process.

A worker that crashes or hangs is replaced. Each source goes on from its last settled sample in a
run of its own, so that no word is lost and none comes twice.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcription import conditions
from transcription.conditions import Condition, State
from transcription.followed import Command, Followed
from transcription.heard import Cut, Final, Partial
from transcription.life import Life
from transcription.messages import Ended, Message, Progress, Ready, Skipped, Started, Trouble
from transcription.models import Model, verify
from transcription.patience import Patience, processor_seconds
from transcription.sources import Sources

Event = Started | Partial | Final | Cut | Progress | Ended | Skipped | Trouble | Condition

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, and counts of lives in a row that brought no source further."""

    loading: float = 180
    """A large model on a slow disk takes a minute."""
    silence: float = 15
    """Sound is there and no answer, by the clock of `patience`: a chunk takes at most a second of processor."""
    look_every: float = 1
    rest: float = 0.5
    """Before the second start; twice as long before each further one."""
    longest_rest: float = 30
    skip_after: int = 3
    give_up_after: int = 6


class Recogniser:
    """Follows sources through the lives of worker processes, one at a time.

    `on_event` is awaited for each event in order. If it raises, the event counts as not delivered: it
    is logged and heard again in the next life. So a final may come twice only if storing it failed.
    """

    def __init__(
        self,
        model_dir: Path,
        on_event: Callable[[Event], Awaitable[None]],
        limits: Limits = Limits(),
        *,
        command: Sequence[str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model_dir = model_dir.resolve()
        self.condition = conditions.STOPPED
        self._on_event = on_event
        self._limits = limits
        self._command = command
        self._clock = clock
        self.lives = 0
        """Worker processes begun so far."""
        self._sources = Sources()
        self._quiet = asyncio.Event()
        self._life: Life | None = None
        self._patience = Patience(clock, lambda: processor_seconds(self.worker_pid))
        self._ready = False
        self._storing = False
        self._began = 0.0
        self._gained = 0
        self._unusable: Condition | None = None
        self._living: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work, or begin again after a failure; nothing happens if it already works."""
        if self._living is not None and not self._living.done():
            return
        model = verify(self.model_dir)
        if isinstance(model, Model):
            worker = (sys.executable, "-m", "transcription.worker", "--engine", model.engine)
            self._command = self._command or (*worker, "--model", str(self.model_dir))
            self._living = asyncio.create_task(self._live(), name="recogniser")
        else:
            await self._be(Condition(State.ABSENT, model.vi, model.en))

    async def stop(self) -> None:
        """End the worker at once; sources stay known and go on with the next start."""
        if self._living is not None:
            self._living.cancel()
            await asyncio.wait([self._living])
            self._living = None
            self._sources.begin_again(skip=False)
        await self._be(conditions.STOPPED)

    async def drain(self, within: float) -> bool:
        """End every source and wait until all is heard, at most so many seconds. Whether all was is the answer."""
        for source in self.sources:
            self.end(source)
        try:
            async with asyncio.timeout(within):
                while self._sources:
                    self._quiet.clear()
                    await self._quiet.wait()
        except TimeoutError:
            return False
        return True

    def follow(self, source: str, recording: Path, from_sample: int = 0, run: int = 1) -> int:
        """Listen to this recording as it grows. The number of the run is the answer: `run` or the next free one.

        Each further life of the worker takes the next number; `Started` tells it.
        ValueError when the source is already followed.
        """
        followed = self._sources.add(source, recording.resolve(), from_sample, run)
        self._tell(*followed.commands())
        return followed.run

    def have(self, source: str, samples: int) -> None:
        """The recording of this source has this many samples on disk. KeyError for a source not followed."""
        self._sources.one(source).grow(samples, self._patience.seconds)
        self._tell({"do": "have", "source": source, "samples": samples})

    def cut(self, source: str, at: int | None = None) -> None:
        """Make a final of all before this sample (None: all there is) at a change of floor or a mute.

        A sample yet to come is waited for; an utterance decoded beyond it is heard again up to there.
        """
        followed = self._sources.one(source)
        at = followed.have if at is None else at
        followed.cuts.append(at)
        self._tell({"do": "cut", "source": source, "at": at})

    def end(self, source: str) -> None:
        """Hear what the recording has to the end; `Ended` follows. The source may be followed anew at once."""
        followed = self._sources.close(source)
        followed.grow(followed.have, self._patience.seconds)
        self._tell({"do": "end", "source": source})

    def lag(self, source: str) -> float:
        """Seconds of sound not yet decoded. KeyError for a source not followed."""
        return self._sources.one(source).lag

    @property
    def sources(self) -> list[str]:
        return self._sources.open

    @property
    def worker_pid(self) -> int | None:
        """The worker process, while there is one."""
        return self._life.pid if self._life else None

    async def _live(self) -> None:
        fruitless = 0
        await self._be(conditions.LOADING)
        while True:
            before = self._gained
            await self._one_life()
            fruitless = 0 if self._gained > before else fruitless + 1
            skipped = self._sources.begin_again(skip=fruitless == self._limits.skip_after)
            if self._unusable or fruitless >= self._limits.give_up_after:
                await self._be(self._unusable or conditions.FAILED)
                return
            await self._be(conditions.RESTARTING)
            for event in skipped:
                await self._announce(event)
            await asyncio.sleep(min(self._limits.longest_rest, self._limits.rest * 2 ** max(0, fruitless - 1)))

    async def _one_life(self) -> None:
        self._unusable = None
        self._began = self._clock()
        self.lives += 1
        self._life = await Life.begin(self._command or ())
        watch = asyncio.create_task(self._watch(self._life), name="recogniser's watchdog")
        try:
            async for message in self._life.messages():
                await self._take(message)
        except Exception:  # on_event is the caller's and may raise anything: logged, and a next life hears it again
            log.exception("An event of the recogniser was not taken; it will be heard again.")
        finally:
            watch.cancel()
            life, self._life, self._ready = self._life, None, False
            code = await life.over()
        log.warning("The recogniser's worker ended by itself with code %s.", code)

    async def _take(self, message: Message) -> None:
        match message:
            case Ready():
                self._ready = True
                for followed in self._sources:
                    followed.wait_again(self._patience.seconds)
                    self._tell(*followed.commands())
                await self._be(conditions.READY)
            case Trouble(source="", vi=vi, en=en):
                self._unusable = Condition(State.FAILED, vi, en)
            case Trouble(source=source):
                for followed in [one for one in self._sources if one.source == source]:
                    self._forget(followed)
                await self._store(message)
            case _ if known := self._sources.run(message.source, message.run):
                await self._store(message)
                self._gained += known.take(message, self._patience.seconds)
                if isinstance(message, Ended):
                    self._forget(known)
            case _:
                pass  # a run that was given up

    async def _store(self, event: Event) -> None:
        """Deliver an event. The worker is not to blame for the time this takes."""
        self._patience.look()
        began = self._patience.seconds
        self._storing = True
        try:
            await self._on_event(event)
        finally:
            self._storing = False
            self._patience.look()
            for followed in self._sources:
                followed.excuse(self._patience.seconds - began)

    async def _announce(self, event: Event) -> None:
        """Deliver an event that no sound would bring again: if it cannot be taken, that is told and work goes on."""
        try:
            await self._store(event)
        except Exception:  # logged; the recogniser goes on with what else is said
            log.exception("%r was not taken.", event)

    async def _watch(self, life: Life) -> None:
        while True:
            await asyncio.sleep(self._limits.look_every)
            if self._stuck():
                log.warning("The recogniser's worker gives no answer and is replaced.")
                life.kill()
                return

    def _stuck(self) -> bool:
        if not self._ready:
            return self._clock() - self._began > self._limits.loading
        self._patience.look()
        waits = [self._patience.seconds - one.waiting_since for one in self._sources if one.waiting_since is not None]
        return not self._storing and max(waits, default=0) > self._limits.silence

    async def _be(self, condition: Condition) -> None:
        if condition != self.condition:
            self.condition = condition
            await self._announce(condition)

    def _tell(self, *commands: Command) -> None:
        if self._life and self._ready:
            for command in commands:
                self._life.tell(command)

    def _forget(self, followed: Followed) -> None:
        self._sources.forget(followed)
        self._quiet.set()
