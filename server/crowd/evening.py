"""A whole evening of a crowd: everybody comes, acts by the schedule, drops out, comes back, and misses nothing.

The schedule is open: what was due is due, however slow the server is, and waits count from then.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from server.crowd.doors import CannotEnter, fetch, take_seat
from server.crowd.line import Pace
from server.crowd.moderator import Moderator
from server.crowd.page import LivePage
from server.crowd.phone import Phone, Screen
from server.crowd.plan import Plan
from server.crowd.stand import Stand

_AT_THE_FORM = 32
"""Phones that fill in the form at the same time."""
_AUDITED = 100
"""Phones whose questions are looked up at the same time."""
_RECEIPTS = 100
"""Receipts that are opened at the end: the server lets one address open 120 a minute."""


class Evening:
    """Runs a plan on a stand; `staff` are the cookies of its moderators, who share them.

    `run` may be cancelled at any time; `finish` then says what is known.
    """

    def __init__(self, stand: Stand, plan: Plan, staff: Sequence[str] = ()) -> None:
        self.stand, self.plan, self.staff = stand, plan, staff
        self.phones: list[Phone] = []
        self._acting: list[Phone] = []
        desks = [staff[index % len(staff)] for index in range(plan.moderators)] if staff else []
        self.moderators = [Moderator(stand, cookie, 0) for cookie in desks]
        self.screens = [Screen(stand, cookie, 0) for cookie in staff[:1]]
        self.began = 0.0
        self.stage = ""
        self.audited = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def pages(self) -> list[LivePage]:
        return [*self.phones, *self.moderators, *self.screens]

    async def run(self) -> None:
        """The evening, up to the last scheduled act. Raises CannotEnter."""
        self._start(self._sweep())
        for page in (*self.moderators, *self.screens):
            page.open()
        self.stage = "vào phòng / coming in"
        await self._come()
        self.stage = "đang chạy / running"
        self.began = monotonic()
        plan = self.plan
        acts: list[tuple[float, Callable[[float], None]]] = [
            (plan.asks, self._ask), (plan.supports, self._support), (plan.withdraws, self._withdraw),
            (plan.leads if self.moderators else 0.0, self._lead),
        ]  # fmt: skip
        doing = [self._start(self._at_rate(rate, act)) for rate, act in acts if rate > 0]
        if plan.storm_every > 0:
            doing.append(self._start(self._storms()))
        await asyncio.gather(*doing, asyncio.sleep(plan.seconds))

    async def finish(self) -> None:
        """Wait for what is still unanswered, look everything up, and leave."""
        self.stage = "chờ trả lời / waiting for answers"
        self.stand.settled.clear()
        await self._in_time(self.stand.settled)
        self.stage = "tìm lại từng câu / looking every question up"
        await self._audit()
        self.reckon()
        self.audited = True

    def reckon(self) -> None:
        """Bring the faults up to date with what the pages know."""
        faults, pages = self.stand.faults, self.pages
        self.stand.deliveries.reckon(monotonic())
        faults.unanswered = sum(len(page.outbox.waiting) for page in pages)
        faults.holes = sum(page.place.holes for page in pages)
        faults.strangers = sum(page.place.strangers for page in pages)
        faults.leaks = self.stand.watch.leaks()
        faults.malformed = self.stand.tally.malformed
        self.stand.tally.dead_cut = sum(phone.line is not None and phone.line.is_cut() for phone in self.phones)
        faults.astray = sum(page.ended and page.pace is Pace.STEADY for page in pages)

    async def leave(self) -> None:
        """Close every page and end every task of this evening."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for page in self.pages:
            page.end()
        await asyncio.sleep(0)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self.stand.loop.create_task(work)
        self._tasks.append(task)
        return task

    async def _come(self) -> None:
        """Phones take their seats at the rate of the plan, each through the form."""
        gate = asyncio.Semaphore(_AT_THE_FORM)
        began = monotonic()

        async def one(place: int) -> None:
            due = began + place / self.plan.arrivals
            await asyncio.sleep(due - monotonic())
            cookie = ""
            if place < self.plan.seated:
                async with gate:
                    cookie = await self._seat(place)
                self.stand.tally.seat.add(monotonic() - due)
            phone = Phone(self.stand, cookie, place, self._pace(place))
            self.phones.append(phone)
            if cookie and phone.pace is Pace.STEADY:
                self._acting.append(phone)
            phone.open()

        await asyncio.gather(*(self._start(one(place)) for place in range(self.plan.phones)))
        self.stand.expect(len(self.pages))
        await self._in_time(self.stand.complete)

    async def _in_time(self, event: asyncio.Event) -> None:
        """Wait for it as long as patience lasts; who has not come by then is counted, not waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.plan.patience):
                await event.wait()

    async def _seat(self, place: int) -> str:
        """The form as often as the server asks to wait, and once more for each broken line."""
        tries = 0
        while True:
            try:
                given = await take_seat(self.stand.target, self.stand.code, place)
            except (OSError, TimeoutError) as why:
                tries += 1
                if tries > 5:
                    raise CannotEnter(f"{type(why).__name__}: {why}") from why
                given = 2.0**tries
            if isinstance(given, str):
                return given
            self.stand.tally.told_to_wait += 1
            await asyncio.sleep(given * (0.5 + self.stand.dice.random()))

    def _pace(self, place: int) -> Pace:
        """The sick are spread among the others."""
        plan = self.plan
        sick = [Pace.SLOW] * plan.slow + [Pace.STALLED] * plan.stalled + [Pace.DEAD] * plan.dead
        every = plan.phones / len(sick) if sick else 0
        index = int(place / every) if sick else 0
        return sick[index] if sick and index < len(sick) and int(index * every) == place else Pace.STEADY

    async def _at_rate(self, rate: float, act: Callable[[float], None]) -> None:
        """Do it so many times a second, by chance as people do, and late rather than never."""
        due = self.began
        while (due := due + self.stand.dice.expovariate(rate)) < self.began + self.plan.seconds:
            wait = due - monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            act(due)

    def _steady(self) -> Phone | None:
        """Somebody with a seat, on a good line."""
        phone = self.stand.dice.choice(self._acting) if self._acting else None
        return None if phone is None or phone.ended else phone

    def _ask(self, due: float) -> None:
        tried = [phone for phone in (self._steady() for _ in range(8)) if phone is not None]
        free = [phone for phone in tried if phone.may_ask]
        for phone in (free or tried)[:1]:  # when everybody has three waiting, a refusal is part of the evening
            phone.ask(due)

    def _support(self, due: float) -> None:
        phone = self._steady()
        if phone is not None and self.stand.supportable:
            phone.support(self.stand.dice.choice(tuple(self.stand.supportable)), due)

    def _withdraw(self, due: float) -> None:
        for _ in range(20):
            phone = self._steady()
            left = phone.mine.keys() - phone.withdrawn if phone is not None else set()
            if phone is not None and left:
                phone.withdraw(max(left), due)
                return

    def _lead(self, due: float) -> None:
        self.stand.dice.choice(self.moderators).act(due)

    async def _storms(self) -> None:
        """Many lose the network in one moment."""
        for count in range(1, int(self.plan.seconds / self.plan.storm_every) + 1):
            await asyncio.sleep(self.began + count * self.plan.storm_every - monotonic())
            self.stand.tally.storms += 1
            for phone in self.phones:
                if phone.pace is Pace.STEADY and self.stand.dice.random() * 100 < self.plan.storm_share:
                    phone.drop(None if self.plan.jitter else 0.0)

    async def _sweep(self) -> None:
        """Once a second: dead links, answers that are late, and how late this loop itself is."""
        while True:
            due = monotonic() + 1
            await asyncio.sleep(1)
            now = monotonic()
            self.stand.tally.late.add(max(0.0, now - due))
            for page in self.pages:
                page.look(now)
            self.stand.owing = {page for page in self.stand.owing if page.owes(now)}
            if not self.stand.owing:
                self.stand.settled.set()
            self.stand.deliveries.reckon(now)

    async def _audit(self) -> None:
        """Every asker's page anew, whole; and some receipts, opened as by anybody who holds the paper."""
        askers = [phone for phone in self.phones if phone.mine and not phone.ended]
        gate = asyncio.Semaphore(_AUDITED)

        async def one(phone: Phone) -> None:
            async with gate:
                phone.audit()
                try:
                    async with asyncio.timeout(self.plan.patience):
                        await phone.checked.wait()
                except TimeoutError:
                    self.stand.faults.missing += len(phone.missing())

        await asyncio.gather(*(one(phone) for phone in askers))
        held = [(code, place) for place, phone in enumerate(askers) for code in phone.mine.values()]
        some = self.stand.dice.sample(held, min(_RECEIPTS, len(held)))
        for code, place in some:
            page = await fetch(self.stand.target, f"/r/{code}", place=place)
            self.stand.faults.receipts += page.status != 200 or self.stand.run.encode() not in page.body
