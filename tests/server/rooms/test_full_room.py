"""A room with too much to do says so with a time, loses nothing of what it took, and doubles nothing."""

import asyncio
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live import commands as do
from server.rooms import waiting_line
from server.rooms.render import Render
from server.rooms.room import FULL_MS, Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted, Busy
from server.store.database import Database
from server.store.journal import Journal
from tests.cast import HANH
from tests.server.rooms.crashing import ticks
from tests.server.rooms.test_room import GatedJournal, replayed

pytestmark = pytest.mark.anyio


@pytest.fixture
def journal(database: Database) -> Journal:
    return GatedJournal(database, Ed25519PrivateKey.generate())


async def test_whoever_finds_the_line_full_is_told_when_to_come_back_and_is_taken_then(
    room: Room, journal: GatedJournal, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_line, "WAITING", 2)
    small = await Rooms(journal, render).get(room.code)
    assert small is not None
    journal.gate = asyncio.Event()
    phones = [replace(HANH, id=f"seat-{place}") for place in range(6)]
    asked = {f"op-{place}": (do.Ask(f"Câu {place}"), phone) for place, phone in enumerate(phones)}
    first = asyncio.create_task(small.handle(*asked["op-0"], "op-0"))
    await ticks(20)  # now the first is on its way to the disk
    crowd = [asyncio.create_task(small.handle(*asked[op], op)) for op in list(asked)[1:]]
    await ticks(20)
    told = [task for task in crowd if task.done()]
    assert [task.result() for task in told] == [Busy(FULL_MS)] * 3, "at once, while the others still wait for the disk"
    journal.gate.set()
    accepted = [await first, *[answer for task in crowd if isinstance(answer := await task, Accepted)]]
    assert len(accepted) == 3
    again = [await small.handle(*asked[op], op) for op in asked]
    assert all(isinstance(answer, Accepted) for answer in again)
    assert again[:3] == accepted, "what was taken the first time is answered as then"
    assert sorted(str(one.text) for one in small.dialogue.questions.values()) == [f"Câu {place}" for place in range(6)]
    await replayed(small, journal)
    await small.close()
