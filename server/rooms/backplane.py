"""Several processes and one dialogue: each asks the database what the others wrote, and at once when Redis says so.

The journal is asked twice a second whether or not there is a Redis. So Redis makes pages quick, never right.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog

from live.entries import Entry
from live.seats import Audience
from server.rooms.elsewhere import Elsewhere
from server.rooms.neighbours import Neighbours
from server.rooms.news import carried
from server.rooms.rooms import Rooms
from server.store.journal import Journal, NotStored
from server.store.people import People
from server.store.servers import Servers

if TYPE_CHECKING:
    from server.rooms.wakes import Wakes

LOOK = 0.5
"""Seconds between two looks at where the journals of the open rooms stand, and at whose sessions were ended."""
TELL = 1.0
"""Seconds between two words to the other servers about what is here."""

log = structlog.get_logger()


class Backplane(Elsewhere):
    """One process among those that share a database. `signed_out` is told of staff whose sessions were ended.

    `here` says what to tell the others: {"sound": whether this server records, "rooms": by code what is recorded}.
    """

    def __init__(
        self, rooms: Rooms, journal: Journal, people: People, servers: Servers, here: Callable[[], dict[str, Any]],
        signed_out: Callable[[frozenset[int]], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._rooms = rooms
        self._journal = journal
        self._people = people
        self._servers = servers
        self._here = here
        self._signed_out = signed_out
        self._neighbours = Neighbours()
        self._endings: dict[int, int] = {}
        self._lately: frozenset[int] = frozenset()
        self._due = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._reached = True
        self.wakes: Wakes | None = None
        self.model_known: Callable[[str, str], None] = lambda *_: None

    async def open(self, redis_url: str, secret: str) -> None:
        """Enter among the others."""
        self._neighbours.heard(await self._servers.tell(self._told()))
        self._endings = await self._people.endings()
        if redis_url:
            from server.rooms.wakes import Wakes  # noqa: PLC0415 - a server alone never loads what talks with Redis

            self.wakes = Wakes(redis_url, secret, self._woken, self._due.set)
        self._rooms.elsewhere = self
        self._tasks = [
            asyncio.create_task(self._for_ever(self.look, LOOK, self._due), name="backplane look"),
            asyncio.create_task(self._for_ever(self.tell, TELL, asyncio.Event()), name="backplane tell"),
        ]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.wakes is not None:
            await self.wakes.close()
        try:
            await self._servers.leave()
        except NotStored:
            log.info("not_left", why="the database does not answer; the others notice within seconds")

    async def look(self) -> None:
        """Ask the database where the open rooms' journals stand, and whose sessions were ended."""
        rooms = {room.stream.id: room for room in self._rooms.open_rooms()}
        for stream in await self._journal.streams(list(rooms)) if rooms else ():
            rooms[stream.id].look(stream)
        endings = await self._people.endings()
        ended = frozenset(staff for staff, count in endings.items() if count != self._endings.get(staff, 0))
        self._endings = endings
        # Twice: somebody may have been on the way in, past the question whether the session runs.
        if now := ended | self._lately:
            await self._signed_out(now)
        self._lately = ended

    async def tell(self) -> None:
        """Tell the other servers what is here, and hear what is there."""
        sound_was_there = self._neighbours.sound
        self._neighbours.heard(await self._servers.tell(self._told()))
        if (model := self._neighbours.model) is not None:
            self.model_known(*model)
        for room in self._rooms.open_rooms():
            room.signals.listeners_elsewhere = self._neighbours.listeners(room.code)
            room.signals.set("listeners", room.fanout.count(Audience.PHONE))
            room.looking.hear(self._neighbours.looking(room.code))
            if sound_was_there and not self._neighbours.sound:
                room.words_elsewhere([], {"source": "", "text": ""})

    def numbers(self) -> list[tuple[str, str, float]]:
        """Names, meanings and values for whoever watches."""
        redis = self.wakes is not None and self.wakes.connected
        return [
            ("doithoai_database_reached", "1 when the last look at the database succeeded", float(self._reached)),
            ("doithoai_redis_connected", "1 while Redis carries wakes", float(redis)),
            ("doithoai_servers", "Servers that share the database and live", 1.0 + self._neighbours.count),
        ]

    @property
    def writes(self) -> bool:
        return self._reached

    def committed(self, stream_id: int, epoch: str, n: int, entries: Sequence[Entry], *, supported: bool) -> None:
        if self.wakes is not None:
            self.wakes.tell(f"n {stream_id} {n}", ["n", self._servers.me, stream_id, n, epoch, carried(entries)])
            if supported:
                self.wakes.tell(f"s {stream_id}", ["supported", self._servers.me, stream_id])

    def words(self, code: str, draft: Sequence[Mapping[str, str]], caption: Mapping[str, str]) -> None:
        if self.wakes is not None:
            self.wakes.tell(f"w {code}", ["words", self._servers.me, code, draft, caption])

    def sound(self, code: str, state: Mapping[str, Any]) -> None:
        if self.wakes is not None:
            self.wakes.tell(f"l {code}", ["sound", self._servers.me, code, state])

    def screens(self, code: str, states: Mapping[str, str]) -> None:
        if self.wakes is not None:
            self.wakes.tell(f"v {code}", ["screens", self._servers.me, code, states])

    def heard(self, code: str) -> dict[str, int]:
        return self._neighbours.samples(code)

    def _told(self) -> dict[str, Any]:
        told = self._here()
        for room in self._rooms.open_rooms():
            here = told["rooms"].setdefault(room.code, {})
            here["listeners"], here["looking"] = room.fanout.count(Audience.PHONE), room.looking.here()
        return told

    def _woken(self, message: list[Any]) -> None:
        what, who, which, *rest = message
        if who == self._servers.me:
            return
        for room in self._rooms.open_rooms():
            if what == "n" and room.stream.id == which and rest[0] > room.n:
                room.hear(*rest)
            elif what == "supported" and room.stream.id == which:
                room.count_soon()
            elif what == "words" and room.code == which:
                room.words_elsewhere(*rest)
            elif what in {"sound", "screens"} and room.code == which:
                room.signals.set(what, rest[0])

    async def _for_ever(self, work: Callable[[], Awaitable[None]], seconds: float, due: asyncio.Event) -> None:
        while True:
            try:
                await work()
                self._reached = True
            except NotStored as problem:
                self._lost(problem)
            except Exception:  # logged; the next look may succeed, and without one this process would grow old unseen
                log.exception("backplane_failed")
            try:
                async with asyncio.timeout(seconds):
                    await due.wait()
                due.clear()
            except TimeoutError:
                pass

    def _lost(self, problem: NotStored) -> None:
        if self._reached:
            log.error("database_lost", problem=str(problem))
        self._reached = False
