"""A room: the running host of one dialogue. Commands one at a time; disk, then memory, then the answer, then the world.

Waiting commands are settled as a group: decided one after another on a draft, committed together with one fsync.
The draft becomes the dialogue only when the commit has come back, so memory follows the disk and never leads it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from live.commands import CallNext, Command
from live.dialogue import Dialogue
from live.refusals import Code, refuse
from live.rulebook import Moment
from live.seats import Audience, Seat
from live.views import View
from server.rooms.fanout import Fanout
from server.rooms.signals import Signals
from server.rooms.turn import Answer, Busy, Turn, Waiting
from server.store.journal import Journal, Moved, NotStored, Stream

GROUP = 256
"""Commands settled with one fsync at the most."""
WAITING = 5_000
"""Commands that may wait for their turn; more are told to come back."""
COME_BACK_MS = 800
"""What a full room or disk asks of a client before it sends again, in milliseconds."""

log = structlog.get_logger()


class Room:
    """Holds one dialogue. Only `_settle` changes it, and only one `_settle` runs."""

    def __init__(
        self, stream: Stream, journal: Journal, dialogue: Dialogue, fanout: Fanout, clock: Callable[[], datetime],
        heard: Callable[[], dict[str, int]],
    ) -> None:  # fmt: skip
        self.stream = stream
        self.code = stream.code
        self.demo = stream.demo
        self.dialogue = dialogue
        self.fanout = fanout
        self.signals = Signals(fanout)
        self.clock = clock
        self.tally: dict[int, int] = {}
        self.floor_changed: Callable[[Room], None] = lambda _: None
        self._heard = heard
        self._journal = journal
        self._line: asyncio.Queue[Waiting] = asyncio.Queue(WAITING)
        self._work = asyncio.create_task(self._settle_for_ever(), name=f"room {stream.code}")
        self._recount: asyncio.Task[None] | None = None
        self._uncounted = False

    @property
    def n(self) -> int:
        return self.dialogue.n

    @property
    def epoch(self) -> str:
        return self.stream.epoch

    def view(self, audience: Audience) -> View:
        """What `audience` sees now."""
        return self.fanout.view(audience)

    async def handle(self, command: Command, seat: Seat, op: str | None = None) -> Answer:
        """Settle a command and answer when the answer is true on disk. A caller who goes away changes nothing."""
        if self._work.done():
            return Busy(COME_BACK_MS)
        waiting = Waiting(command, seat, op, self.clock(), asyncio.get_running_loop().create_future())
        try:
            self._line.put_nowait(waiting)
        except asyncio.QueueFull:
            return Busy(COME_BACK_MS)
        return await asyncio.shield(waiting.answer)

    async def close(self) -> None:
        """Stop hosting. What was accepted is on disk."""
        tasks = [task for task in (self._work, self._recount) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def load_tally(self) -> None:
        self.tally = await self._journal.supports(self.stream.id)

    async def supported_by(self, seat: str) -> frozenset[int]:
        """The questions this seat supports."""
        return await self._journal.supported_by(self.stream.id, seat) if seat else frozenset()

    async def _settle_for_ever(self) -> None:
        while True:
            batch = [await self._line.get()]
            while len(batch) < GROUP and not self._line.empty():
                batch.append(self._line.get_nowait())
            try:
                await self._settle(batch)
            except NotStored as problem:
                self._not_stored(batch, problem)
            except Exception:  # logged; each command is then tried alone, so that one cannot spoil the others
                log.exception("not_settled", dialogue=self.code, commands=len(batch))
                await self._settle_apart(batch)

    async def _settle_apart(self, batch: list[Waiting]) -> None:
        """A command that nobody foresaw ends neither the evening nor the commands beside it: only its sender hears."""
        for waiting in batch:
            if waiting.answer.done():
                continue
            try:
                await self._settle([waiting])
            except NotStored as problem:
                self._not_stored([waiting], problem)
            except Exception as mistake:  # noqa: BLE001 - handed to the caller, whose door reports it
                if not waiting.answer.done():
                    waiting.answer.set_exception(mistake)

    def _not_stored(self, batch: list[Waiting], problem: NotStored) -> None:
        log.error("not_stored", dialogue=self.code, problem=str(problem))
        self._answer_all(batch, Busy(COME_BACK_MS, refuse(Code.NOT_STORED)))

    async def _settle(self, batch: list[Waiting]) -> None:
        known = await self._journal.answers(self.stream.id, [(w.seat.id, w.op) for w in batch if w.op is not None])
        if any(isinstance(waiting.command, CallNext) for waiting in batch):
            await self.load_tally()
        turn = Turn(self.dialogue, known, Moment(self.clock(), supports=self.tally, heard=self._heard()))
        for waiting in batch:
            turn.take(waiting)
        if turn.deeds:
            try:
                await self._journal.append(self.stream.id, self.dialogue.n, turn.deeds, turn.moment.at)
            except Moved:
                await self._catch_up()
                await self._settle(batch)
                return
        self._adopt(turn)

    def _adopt(self, turn: Turn) -> None:
        before, self.dialogue = self.dialogue, turn.dialogue
        for waiting, answer in turn.answers:
            if not waiting.answer.done():
                waiting.answer.set_result(answer)
        for waiting, error in turn.errors:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
        if self.dialogue is not before:
            self._publish()
        if self.dialogue.captions_hidden and not before.captions_hidden:
            self.signals.stop_captions()
        if self.dialogue.floor_log is not before.floor_log:
            self.floor_changed(self)
        if turn.supported:
            self._count_soon()

    async def _catch_up(self) -> None:
        """Another process took the numbers: read what it wrote, then decide again."""
        for entry in await self._journal.entries(self.stream.id, self.dialogue.n):
            self.dialogue = self.dialogue.apply(entry)
        self._publish()

    def _publish(self) -> None:
        """Tell the world. A mistake in drawing one thing must not end the evening: pages are told to come again."""
        try:
            self.fanout.publish(self.dialogue)
        except Exception:  # logged; what was committed stands, and every page is told to come again
            log.exception("not_published", dialogue=self.code, n=self.n)
            self.fanout.start_over()

    def _answer_all(self, batch: list[Waiting], answer: Answer) -> None:
        for waiting in batch:
            if not waiting.answer.done():
                waiting.answer.set_result(answer)

    def _count_soon(self) -> None:
        """Tallies go out at most once a second, however many support."""
        self._uncounted = True
        if self._recount is None or self._recount.done():
            self._recount = asyncio.create_task(self._count(), name=f"tally {self.code}")

    async def _count(self) -> None:
        while self._uncounted:
            self._uncounted = False
            await self.load_tally()
            self.signals.tally(self.tally)
            await asyncio.sleep(1)
