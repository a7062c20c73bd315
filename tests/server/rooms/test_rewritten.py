"""The database is put back from a copy under a running server: the room begins anew, or says why not, and lives."""

import pytest
from sqlalchemy import Connection, delete, update

from live import commands as do
from server import clock
from server.rooms.room import COME_BACK_MS, Room
from server.rooms.turn import Accepted, Busy
from server.store import tables
from server.store.database import Database
from server.store.journal import Journal
from tests.cast import ASKED, HANH, MODERATOR, TUAN
from tests.server.rooms.listening_line import listen
from tests.server.rooms.test_room import replayed
from tests.waiting import until_async

pytestmark = pytest.mark.anyio


async def put_back(database: Database, n: int) -> None:
    """As a restore does it: what came after entry `n` is gone, and the epoch is another."""
    per_entry = (tables.entries, tables.heads)

    def change(connection: Connection) -> None:
        for table in per_entry:
            connection.execute(delete(table).where(table.c.n > n))
        connection.execute(update(tables.dialogues).values(n=n, epoch="another"))

    await database.write(change)


async def test_a_room_reads_anew_what_was_put_back_and_goes_on(
    room: Room, journal: Journal, database: Database
) -> None:
    n = room.n
    await room.handle(ASKED, HANH, "op-1")
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, None, "", clock.now())
    await put_back(database, n)
    assert await room.handle(ASKED, TUAN, "op-2") == Busy(COME_BACK_MS)
    await until_async(lambda: room.epoch == "another", "the room to have read what is there")
    assert room.dialogue.questions == {}
    assert isinstance(await room.handle(ASKED, TUAN, "op-2"), Accepted)
    await until_async(lambda: any("resync" in message for message in line.messages), "pages to be told")
    await replayed(room, journal)


async def test_a_room_whose_dialogue_cannot_be_read_any_more_answers_writes_nothing_and_tries_again(
    room: Room, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = room.n
    await room.handle(ASKED, HANH, "op-1")
    await put_back(database, n)
    entries, failures = Journal.entries, []

    async def unreadable(journal: Journal, stream_id: int, after: int = 0) -> list[object]:
        failures.append(stream_id)
        raise LookupError("an entry of another version")

    with monkeypatch.context() as broken:
        broken.setattr(Journal, "entries", unreadable)
        for number in range(3):
            assert isinstance(await room.handle(do.Ask(f"Câu {number}"), TUAN, f"op-{number}-again"), Busy)
        assert len(failures) >= 2, "tried by each that comes"
    stream = await room._journal.stream(room.code)
    assert stream is not None
    assert stream.n == n, "nothing was written behind a past that this room does not know"
    assert Journal.entries is entries
    assert isinstance(await room.handle(ASKED, TUAN, "op-9"), Busy | Accepted)
    await until_async(lambda: room.epoch == "another", "the room to have read what is there")
    assert isinstance(await room.handle(ASKED, TUAN, "op-9"), Accepted)
