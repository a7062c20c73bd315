"""All rooms of this server: opened when somebody comes, replayed from the journal, closed with the server."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from live.commands import Describe
from live.dialogue import replay
from live.refusals import Refused
from live.seats import Seat
from server import clock
from server.rooms.elsewhere import Elsewhere
from server.rooms.fanout import Fanout
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rounds import Rounds
from server.rooms.turn import Answer
from server.store.journal import Journal, NotStored, Stream


class Rooms:
    """Finds the room of a dialogue by its code.

    `heard` maps a code to the samples recorded per source; `opened` is told of each room that is opened; `elsewhere`
    is what the other processes are told.
    """

    def __init__(self, journal: Journal, render: Render, now: Callable[[], datetime] = clock.now) -> None:
        self.heard: dict[str, dict[str, int]] = {}
        self.opened: Callable[[Room], None] = lambda _: None
        self.elsewhere = Elsewhere()
        self._journal = journal
        self._render = render
        self._now = now
        self._rooms: dict[str, Room] = {}
        self._opening = asyncio.Lock()
        self._rounds = Rounds()

    async def get(self, code: str) -> Room | None:
        """The room of `code` (either case), or None when there is no such dialogue.

        It is where the journal is: whoever asked something of one server and looks at another finds it there.
        """
        code = code.upper()
        if code in self._rooms:
            return await self._fresh(self._rooms[code])
        async with self._opening:
            if code not in self._rooms and (stream := await self._journal.stream(code)) is not None:
                self._rooms[code] = await self._open(stream)
        return self._rooms.get(code)

    async def _fresh(self, room: Room) -> Room:
        if self.elsewhere.writes:
            try:
                stream = await self._journal.stream(room.code)
            except NotStored:  # what is known here is still true, and the pages that must write will say so
                return room
            if stream is not None:
                await room.reach(stream)
        return room

    async def _open(self, stream: Stream) -> Room:
        dialogue = replay(await self._journal.entries(stream.id))
        fanout = Fanout(stream.code, stream.epoch, self._render, dialogue, self._rounds)
        heard = self.heard.setdefault(stream.code, {})
        room = Room(
            stream, self._journal, dialogue, fanout, self._now,
            lambda: self.elsewhere.heard(stream.code) | heard,
        )  # fmt: skip
        room.elsewhere = self.elsewhere
        await room.load_tally()
        if room.tally:
            room.signals.tally(room.tally)
        self.opened(room)
        return room

    async def create(self, code: str, describe: Describe, seat: Seat, *, demo: bool = False) -> Room | Answer:
        """A new dialogue with its notice as the first entry; the refusal when the notice is unfit."""
        await self._journal.create(code, demo=demo, at=self._now())
        room = await self.get(code)
        if room is None:
            raise LookupError(f"dialogue {code} was created and is not there")
        answer = await room.handle(describe, seat)
        return answer if isinstance(answer, Refused) else room

    def opened_room(self, code: str) -> Room | None:
        """The room of `code`, if somebody has come to it before."""
        return self._rooms.get(code.upper())

    def open_rooms(self) -> tuple[Room, ...]:
        return tuple(self._rooms.values())

    async def close(self) -> None:
        await asyncio.gather(*(room.close() for room in self._rooms.values()))
        self._rooms.clear()
