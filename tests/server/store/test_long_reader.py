"""A reader that holds one moment for long stops no commit; when it lets go, the WAL stops growing."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.server.store.deeds import deed, question

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
NOW = datetime(2026, 3, 12, 1, tzinfo=UTC)
LETTER = "Kính gửi Ủy ban nhân dân xã. " * 300


def wal_size(database):
    return Path(f"{database.file}-wal").stat().st_size


async def test_writing_goes_on_under_a_long_reader_and_the_wal_is_used_again(database, journal):
    stream = await journal.create("duong-03", at=NOW)
    begun, let_go = threading.Event(), threading.Event()

    def hold(connection):
        first = connection.exec_driver_sql("SELECT n FROM dialogues").scalar()
        begun.set()
        let_go.wait(50)
        return first, connection.exec_driver_sql("SELECT n FROM dialogues").scalar()

    async def write(after, count):
        for n in range(after, after + count):
            await journal.append(stream.id, n, [deed(n, question(n + 1, LETTER))], NOW)
        return wal_size(database)

    holding = asyncio.create_task(database.read(hold))
    await asyncio.to_thread(begun.wait, 10)
    held = await write(0, 600)
    assert held > 5_000_000, "the WAL never had reason to be folded in: this tells too little"
    let_go.set()
    assert await holding == (0, 0), "a reader saw two moments"
    freed = await write(600, 300)
    assert freed <= held + 1_000_000, "the WAL grows though nobody holds it"
