"""A room: the running host of one dialogue. Commands one at a time; disk, then memory, then the answer, then the world.

Waiting commands are settled as a group: decided one after another on a draft, committed together with one fsync.
The draft becomes the dialogue only when the commit has come back, so memory follows the disk and never leads it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from live.commands import Command
from live.dialogue import Dialogue, replay
from live.reckoning import sums
from live.refusals import Code, refuse
from live.seats import Audience, Seat
from live.views import View
from server.rooms.bursts import Bursts
from server.rooms.elsewhere import Elsewhere
from server.rooms.fanout import Fanout
from server.rooms.in_progress import Words
from server.rooms.listeners import Listener
from server.rooms.looking import Looking
from server.rooms.news import News
from server.rooms.seen import Seen
from server.rooms.settling import Settling, followed
from server.rooms.signals import Signals
from server.rooms.turn import Answer, Busy, Turn, Waiting
from server.rooms.waiting_line import WaitingLine
from server.store.journal import Journal, NotStored, Rewritten, Stream

COME_BACK_MS = 800
"""What a room that cannot write asks of a client before it sends again, in milliseconds; the client adds jitter."""
FULL_MS = 2_000
"""The same of a full room: about as long as it needs for all that wait (docs/benchmarks.md tells the rate)."""

LONGEST_LOOK = 2.0
"""Seconds that a page waits for what other servers wrote; then it is drawn from what is known."""

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
        self.seen = Seen(self.signals, fanout)
        self.looking = Looking(self.signals, fanout)
        self.bursts = Bursts(lambda: journal.lone_supports(self.stream.id), fanout, self.signals)
        self.clock = clock
        self.tally: dict[int, int] = {}
        self.floor_changed: Callable[[Room], None] = lambda _: None
        self.elsewhere = Elsewhere()
        self.sign_outs: Counter[str] = Counter()
        self._journal = journal
        self._settling = Settling(journal, clock, heard)
        self._line = WaitingLine()
        self._news = News()
        self._rewritten = False
        self._moved = asyncio.Event()
        self._work = asyncio.create_task(self._settle_for_ever(), name=f"room {stream.code}")
        self._recount: asyncio.Task[None] | None = None
        self._uncounted = False
        self._unsummed = False

    @property
    def n(self) -> int:
        return self.dialogue.n

    @property
    def full(self) -> bool:
        """Whether so many commands wait that one more would be told to come back: doors ask before they look it up."""
        return self._line.full

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
        if self.full:
            return Busy(FULL_MS)
        waiting = Waiting(command, seat, op, self.clock(), asyncio.get_running_loop().create_future())
        self._line.put(waiting)
        return await asyncio.shield(waiting.answer)

    def look(self, stream: Stream) -> None:
        """The journal is said to stand there now: what is new to this room is read and told."""
        if stream.supported != self.stream.supported:
            self.stream = replace(self.stream, supported=stream.supported)
            self.count_soon()
        if (stream.n, stream.epoch) != (self.n, self.epoch):
            self._line.look_soon()

    def hear(self, n: int, epoch: str, told: Sequence[Sequence[Any]]) -> None:
        """Another process says that it wrote up to `n`, and what; see `news` for errors."""
        self._news.hear(epoch, told)
        self.look(replace(self.stream, n=n))

    def welcome(self, listener: Listener, since: int | None, epoch: str) -> None:
        """Bring a page up to date and keep it so. One that comes from another server may know more than this one."""
        self.fanout.make_room(listener.seat)
        self.fanout.join(listener, since, epoch, self.clock())
        if since is not None and since > self.n and epoch == self.epoch:
            self.look(replace(self.stream, n=since))

    async def reach(self, stream: Stream) -> None:
        """Wait until this room is where the journal was found to be, or cannot be read; a second or two at the most."""
        try:
            async with asyncio.timeout(LONGEST_LOOK):
                while stream.n > self.n:
                    self.look(stream)
                    await self._moved.wait()
        except TimeoutError:
            log.warning("behind", dialogue=self.code, n=self.n, journal=stream.n)

    async def close(self) -> None:
        """Stop hosting. What was accepted is on disk."""
        tasks = [task for task in (self._work, self._recount, self.bursts.work) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def words(self, source: str, text: str, *, private: bool = False) -> None:
        """What is being said right now, for the pages of every process."""
        self.signals.words(source, text, private=private)
        draft = self.signals.current(Audience.SECRETARY)["draft"]
        self.elsewhere.words(self.code, draft, self.signals.current(Audience.PUBLIC)["caption"])

    def words_elsewhere(self, draft: list[Words], caption: Words) -> None:
        """The same from the process that hears it. What may not be read is decided there, and once more here."""
        self.signals.set("draft", draft)
        self.signals.set("caption", caption | {"text": ""} if self.dialogue.captions_hidden else caption)

    async def load_tally(self) -> None:
        self.tally = await self._journal.supports(self.stream.id, self.dialogue.leads)
        self.bursts.soon(self.tally)

    async def supported_by(self, seat: str) -> frozenset[int]:
        """The questions this seat supports, and those that lead them."""
        own = await self._journal.supported_by(self.stream.id, seat) if seat else frozenset()
        return own | {self.dialogue.leads[number] for number in own if number in self.dialogue.leads}

    async def _settle_for_ever(self) -> None:
        while True:
            batch = await self._line.next()
            try:
                if self._rewritten:
                    await self._start_over()
                await (self._settle(batch) if batch else self._look())
            except NotStored as problem:
                self._not_stored(batch, problem)
            except Rewritten as problem:
                self._found_rewritten(batch, problem)
            except Exception:  # logged; each command is then tried alone, so that one cannot spoil the others
                log.exception("not_settled", dialogue=self.code, commands=len(batch))
                await self._settle_apart(batch)

    async def _settle_apart(self, batch: list[Waiting]) -> None:
        """A command that nobody foresaw ends neither the evening nor the commands beside it: only its sender hears."""
        for waiting in batch:
            if waiting.answer.done():
                continue
            if self._rewritten:
                waiting.answer.set_result(Busy(COME_BACK_MS))
                continue
            try:
                await self._settle([waiting])
            except NotStored as problem:
                self._not_stored([waiting], problem)
            except Rewritten as problem:
                self._found_rewritten([waiting], problem)
            except Exception as mistake:  # noqa: BLE001 - handed to the caller, whose door reports it
                if not waiting.answer.done():
                    waiting.answer.set_exception(mistake)

    def _not_stored(self, batch: list[Waiting], problem: NotStored) -> None:
        log.error("not_stored", dialogue=self.code, problem=str(problem))
        self._answer_all(batch, Busy(COME_BACK_MS, refuse(Code.NOT_STORED)))

    async def _settle(self, batch: list[Waiting]) -> None:
        self._adopt(await self._settling.settle(self.stream.id, self.dialogue, batch))

    def _adopt(self, turn: Turn) -> None:
        before = self.dialogue
        self.dialogue = turn.dialogue
        for waiting, answer in turn.answers:
            if not waiting.answer.done():
                waiting.answer.set_result(answer)
        for waiting, error in turn.errors:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
        if turn.deeds:  # first: the others have a longer way to their pages
            written = [entry for deed in turn.deeds for entry in deed.entries]
            self.elsewhere.committed(self.stream.id, self.epoch, self.n, written, supported=turn.supported)
        self._tell(before)
        if turn.supported:
            self.count_soon()

    def _tell(self, before: Dialogue) -> None:
        """Tell whom it concerns what changed since `before`."""
        self._moved.set()
        self._moved = asyncio.Event()
        if self.dialogue is not before:
            self._publish()
        if self.dialogue.captions_hidden and not before.captions_hidden:
            self.signals.stop_captions()
        if self.dialogue.supports_shown is not before.supports_shown:
            self.signals.show_or_hide_tally()
        if self.dialogue.questions is not before.questions:
            self.count_soon(supports=self.dialogue.leads is not before.leads)
        if (kept := before.before_rehearsal) is not None and self.dialogue.before_rehearsal is not kept:
            self.seen.keep(len(kept.questions))
            self.count_soon()
        if self.dialogue.floor_log is not before.floor_log or self.dialogue.rehearsed is not before.rehearsed:
            self.floor_changed(self)

    async def _look(self) -> None:
        """Take what other processes wrote: as they told it, else from the journal."""
        if not (entries := self._news.next_after(self.epoch, self.n)):
            stream, entries = await self._journal.tail(self.code, self.n)
            if stream is None or stream.epoch != self.epoch or stream.n < self.n:
                raise Rewritten(f"{self.code}: the journal is another one")
        before = self.dialogue
        self.dialogue = followed(before, entries)
        self._tell(before)

    def _found_rewritten(self, batch: list[Waiting], problem: Rewritten) -> None:
        """The database was put back from a copy: what it says is true, and nothing is written before it was read."""
        log.error("rewritten", dialogue=self.code, problem=str(problem))
        self._rewritten = True
        self._answer_all(batch, Busy(COME_BACK_MS))
        self._line.look_soon()

    async def _start_over(self) -> None:
        """Read the dialogue anew, and tell every page to come again. What cannot be read now is tried each time."""
        stream = await self._journal.stream(self.code)
        if stream is None:
            raise LookupError(f"the database was put back from a copy that knows no dialogue {self.code}")
        self.dialogue = replay(await self._journal.entries(stream.id))
        self.stream, self.fanout.epoch = stream, stream.epoch
        self._rewritten = False
        self._publish()
        self.fanout.start_over()

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

    def count_soon(self, *, supports: bool = True) -> None:
        """Tallies and sums go out at most once a second, however many ask and support."""
        self._uncounted = self._uncounted or supports
        self._unsummed = True
        if self._recount is None or self._recount.done():
            self._recount = asyncio.create_task(self._count(), name=f"tally {self.code}")

    async def _count(self) -> None:
        while self._unsummed or self._uncounted:
            supports, self._uncounted, self._unsummed = self._uncounted, False, False
            if supports:
                await self._count_supports()
            self.signals.set("sums", sums(self.dialogue))
            await asyncio.sleep(1)

    async def _count_supports(self) -> None:
        try:
            await self.load_tally()
        except NotStored:
            self._uncounted = True  # whoever could not read the journal says so; here it is only tried again
        self.signals.tally(self.tally)
