"""Rows that go to the driver in statements of many are the rows that come back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.store import tables
from server.store.rows import MOST, insert_rows
from tests.server.both import BOTH

pytestmark = [pytest.mark.anyio, BOTH]
HANOI = timezone(timedelta(hours=7))
AT = datetime(2026, 3, 12, 8, 0, 0, 1, tzinfo=HANOI)


def ops(stream_id, count):
    return [
        (stream_id, "seat-1", f"op {place} %s ? 'ữ'", bytes([place % 256] * 32), "{}", AT) for place in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 7, MOST - 1, MOST, MOST + 1, 3 * MOST + 5])
async def test_every_row_arrives_whole_whatever_their_number(journal, database, count):
    stream = await journal.create("duong-03", at=AT)
    await database.write(lambda connection: insert_rows(connection, tables.ops, ops(stream.id, count)))
    stored = await database.read(lambda connection: connection.execute(select(tables.ops)).all())
    assert sorted(map(tuple, stored)) == sorted(ops(stream.id, count))
    assert all(row.at.tzinfo is UTC for row in stored)


async def test_one_row_that_is_there_already_leaves_none(journal, database):
    stream = await journal.create("duong-03", at=AT)
    rows = ops(stream.id, MOST + 9)
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: insert_rows(connection, tables.ops, [*rows, rows[0]]))
    assert await database.read(lambda connection: connection.scalar(select(func.count()).select_from(tables.ops))) == 0


async def test_a_moment_without_a_time_zone_is_no_moment(journal, database):
    stream = await journal.create("duong-03", at=AT)
    row = (*ops(stream.id, 1)[0][:-1], AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        await database.write(lambda connection: insert_rows(connection, tables.ops, [row]))
