"""A disk that is full, read-only or broken: NotStored, nothing half done, and it goes on when there is room again."""

import asyncio
import subprocess
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from live.entries import SupportSet
from server.store import tables
from server.store.database import Database
from server.store.journal import Journal, NotStored
from server.store.verifying import verify
from tests.server.store.deeds import deed, question
from tests.server.store.test_kill import CHILD, KEY, ROOT, SECRET

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 12, 1, tzinfo=UTC)
LETTER = "Kính gửi Ủy ban nhân dân xã. " * 60


async def pragma(database, words):
    return await database.outside_transaction(lambda connection: connection.execute(f"PRAGMA {words}").fetchall())


async def rows(database):
    every = tables.metadata.sorted_tables
    return await database.read(
        lambda connection: {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in every}
    )


def two_letters(n):
    """Two long questions and a support: more than one page of the file."""
    first = deed(n, question(n + 1, LETTER), op=f"op-{n}", supports=[SupportSet(n + 1, "a", True)])
    return [first, deed(n + 1, question(n + 2, LETTER), op=f"op-{n + 1}")]


async def filled(journal, stream):
    """The length of the journal after the last batch that the disk took."""
    for n in range(0, 1000, 2):
        try:
            await journal.append(stream.id, n, two_letters(n), NOW)
        except NotStored:
            return n
    raise AssertionError("the disk never was full")


async def sound(database, key):
    verdicts = await database.read(lambda connection: verify(connection, key.public_key()))
    return [verdict.flaw for verdict in verdicts]


async def test_a_full_disk_takes_nothing_of_a_batch(database, journal):
    stream = await journal.create("duong-03", at=NOW)
    ((pages,),) = await pragma(database, "page_count")
    await pragma(database, f"max_page_count = {pages + 6}")
    n = await filled(journal, stream)
    assert n > 0
    before = await rows(database)
    batch = two_letters(n)
    with pytest.raises(NotStored, match=r"what was confirmed before is safe.*disk is full"):
        await journal.append(stream.id, n, batch, NOW)
    assert await rows(database) == before
    await pragma(database, "max_page_count = 1000000")
    await journal.append(stream.id, n, batch, NOW)
    assert len(await journal.entries(stream.id)) == n + 2
    assert await sound(database, journal._key) == [None]


async def test_a_disk_that_became_read_only_takes_nothing(database, journal):
    stream = await journal.create("duong-03", at=NOW)
    await pragma(database, "query_only = ON")
    before = await rows(database)
    with pytest.raises(NotStored):
        await journal.append(stream.id, 0, [deed(0, question(1), op="a")], NOW)
    assert await rows(database) == before
    await pragma(database, "query_only = OFF")
    await journal.append(stream.id, 0, [deed(0, question(1), op="a")], NOW)
    assert await sound(database, journal._key) == [None]


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [150, 200, 301])
async def test_a_file_that_may_not_grow_stops_one_commit_and_no_other(tmp_path, kilobytes):
    url = f"sqlite:///{tmp_path}/a.db"
    words = [*CHILD, url, SECRET, "400", str(kilobytes * 1024)]
    child = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    said = [line.split() for line in child.stdout.splitlines()]
    assert child.returncode == 0
    assert [word for word, _ in said].count("full") == 1
    acknowledged = [op for word, op in said if word == "ok"]
    database = Database(url)
    journal = Journal(database, KEY)
    stream = await journal.stream("DUONG-03")
    assert stream is not None
    entries = await journal.entries(stream.id)
    assert acknowledged == [f"op-{entry.n}" for entry in entries]
    assert await sound(database, KEY) == [None]
    await database.close()
