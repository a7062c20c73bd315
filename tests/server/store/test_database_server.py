"""A database at the other end of a line: gone, frozen, cut, read-only, or lost in the middle of a commit."""

import asyncio
import signal
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live import commands as do
from live.dialogue import replay
from live.refusals import Code
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted, Answer, Busy
from server.store import database as databases
from server.store.database import Database
from server.store.journal import Journal
from server.store.problems import NotStored
from tests.cast import ASKED, HANH
from tests.machines import Postgres, database_name
from tests.waiting import until_async

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
def database_url(own_postgres: Postgres) -> str:
    """Of a machine that nobody else uses."""
    return own_postgres.database()


async def asked(room: Room, op: str) -> Answer:
    return await room.handle(ASKED, HANH, op)


async def again_and_right(room: Room, journal: Journal, questions: int) -> None:
    """The server goes on by itself, and the room is what the journal says."""
    assert isinstance(await asked(room, "afterwards"), Accepted)
    assert replay(await journal.entries(room.stream.id)) == room.dialogue
    assert len(room.dialogue.questions) == questions + 1


async def test_while_it_is_gone_nothing_is_acknowledged_and_then_all_goes_on(
    own_postgres: Postgres, room: Room, journal: Journal
) -> None:
    assert isinstance(await asked(room, "op-1"), Accepted)
    before = room.dialogue
    own_postgres.crash()
    answer = await asked(room, "op-2")
    assert isinstance(answer, Busy)
    assert answer.because is not None
    assert answer.because.code is Code.NOT_STORED
    assert room.dialogue is before
    own_postgres.start()
    assert isinstance(await asked(room, "op-2"), Accepted)
    assert isinstance(await asked(room, "op-1"), Accepted)
    await again_and_right(room, journal, 2)


async def test_nobody_waits_for_a_frozen_one_for_ever(
    own_postgres: Postgres, room: Room, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "PATIENCE", 0.5)
    own_postgres.send(signal.SIGSTOP)
    assert isinstance(await asked(room, "op-1"), Busy)
    with pytest.raises(NotStored):
        await asyncio.gather(*(journal.dialogues() for _ in range(5)))
    own_postgres.send(signal.SIGCONT)
    while isinstance(await asked(room, "op-1"), Busy):
        pass
    await again_and_right(room, journal, 1)


async def test_lines_that_were_cut_are_mended_without_anybody_noticing(
    own_postgres: Postgres, room: Room, journal: Journal
) -> None:
    database = journal._database
    for number in range(2):
        own_postgres.hang_up(database.url)
        assert await journal.dialogues()
        assert isinstance(await asked(room, f"op-{number}"), Accepted)
    await again_and_right(room, journal, 2)


async def test_an_answer_lost_in_the_commit_is_given_to_the_same_op(room: Room, journal: Journal) -> None:
    engine: Any = journal._database._write_engine
    commit = engine.dialect.do_commit

    def lost(line: Any) -> None:
        engine.dialect.do_commit = commit
        commit(line)
        line.dbapi_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    engine.dialect.do_commit = lost
    assert isinstance(await asked(room, "op-1"), Busy)
    assert len(room.dialogue.questions) == 0
    answer = await asked(room, "op-1")
    assert isinstance(answer, Accepted)
    assert answer.receipt is not None
    assert answer.receipt["number"] == 1
    await again_and_right(room, journal, 1)


async def test_a_standby_takes_no_writing_and_says_so(own_postgres: Postgres, room: Room, journal: Journal) -> None:
    name = database_name(journal._database.url)
    own_postgres.ask(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    own_postgres.hang_up(journal._database.url)
    assert isinstance(await asked(room, "op-1"), Busy)
    own_postgres.ask(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    own_postgres.hang_up(journal._database.url)
    await again_and_right(room, journal, 0)


async def test_another_past_is_noticed_before_anything_is_built_on_it(
    own_postgres: Postgres, room: Room, journal: Journal, render: Render
) -> None:
    """As after a failover to a standby that had not got the last commits, which another server went on from."""
    url, name = journal._database.url, database_name(journal._database.url)
    own_postgres.hang_up(url)
    own_postgres.ask(f"CREATE DATABASE standby TEMPLATE {name}")
    standby = Database(url.replace(name, "standby"))
    rooms = Rooms(Journal(standby, Ed25519PrivateKey.generate()), render)
    promoted = await rooms.get(room.code)
    assert promoted is not None
    await room.handle(do.Ask("Mất khi chuyển máy"), HANH)
    await promoted.handle(do.Ask("Ghi ở máy mới"), HANH)
    assert room.n == promoted.n
    room._journal._database = standby  # the address leads to the other machine now
    assert isinstance(await asked(room, "op-1"), Busy)
    await until_async(lambda: room.dialogue == promoted.dialogue, "the room to have read the other past")
    await again_and_right(room, room._journal, 1)
    await rooms.close()
    room._journal._database = Database(url)
    await standby.close()
    await room._journal._database.close()


async def test_two_that_start_at_once_migrate_once(own_postgres: Postgres) -> None:
    url = own_postgres.database()
    several = [Database(url) for _ in range(4)]
    await asyncio.gather(*(one.migrate() for one in several))
    for one in several:
        await one.close()


async def test_one_that_is_not_there_at_the_start_is_named() -> None:
    with pytest.raises(NotStored, match="nothing of it was stored"):
        Database("postgresql://nobody@/nothing?host=/nowhere")
