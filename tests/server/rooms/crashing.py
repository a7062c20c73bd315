"""A house on a real disk whose journal can be stopped at a point, and which can fall down and be opened again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live.commands import Command
from live.seats import Seat
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Answer
from server.store.database import Database
from server.store.journal import Deed, Head, Journal, NotStored
from tests.cast import DESCRIBED, MODERATOR, OPENED

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class Stop(Enum):
    """Where the next commit is stopped."""

    NOWHERE = "nowhere"
    BEFORE_COMMIT = "before commit"
    AFTER_COMMIT = "after commit"
    DISK_FULL = "disk full"


class StoppingJournal(Journal):
    """A journal that hangs at a point, as at the moment of a power cut, or finds the disk full."""

    stop = Stop.NOWHERE

    async def append(self, stream_id: int, expected_n: int, batch: Sequence[Deed], at: datetime) -> Head:
        if self.stop is Stop.DISK_FULL:
            raise NotStored("the disk is full")
        if self.stop is Stop.BEFORE_COMMIT:
            await asyncio.Event().wait()
        head = await super().append(stream_id, expected_n, batch, at)
        if self.stop is Stop.AFTER_COMMIT:
            await asyncio.Event().wait()
        return head


@dataclass
class House:
    """One process of the server, as far as a room needs it."""

    database: Database
    journal: StoppingJournal
    rooms: Rooms
    room: Room

    @classmethod
    async def build(cls, folder: Path, render: Render) -> Self:
        """A house with an open dialogue TEST01."""
        database, journal, rooms = await _parts(folder, render)
        room = await rooms.create("TEST01", DESCRIBED, MODERATOR)
        assert isinstance(room, Room)
        for command in OPENED[1:]:
            await room.handle(command, MODERATOR)
        return cls(database, journal, rooms, room)

    @classmethod
    async def reopen(cls, folder: Path, render: Render) -> Self:
        """The same dialogue, from what is on disk."""
        database, journal, rooms = await _parts(folder, render)
        room = await rooms.get("TEST01")
        assert room is not None
        return cls(database, journal, rooms, room)

    async def fall(self) -> None:
        """End without a goodbye: what the writer's thread is at either comes to its end or is not begun."""
        await self.rooms.close()
        await self.database.close()


async def _parts(folder: Path, render: Render) -> tuple[Database, StoppingJournal, Rooms]:
    database = Database(f"sqlite:///{folder / 'doithoai.db'}")
    await database.migrate()
    journal = StoppingJournal(database, KEY)
    return database, journal, Rooms(journal, render)


async def ticks(count: int) -> None:
    """Let everything else in the loop have so many turns."""
    for _ in range(count):
        await asyncio.sleep(0)


@dataclass
class Sent:
    """A command under its op, and the first answer; none while nobody knows what became of it."""

    seat: Seat
    command: Command
    answer: Answer | None = None
