"""Photos beside the journal: found by their digest, checked by verify, in the backup, and erased with their entry."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update

from live import commands as do
from live.seats import Audience, Seat
from server.store import reading, tables
from server.store.backup import backup, restore
from server.store.database import Database
from server.store.journal import Journal
from server.store.photos import Photos
from server.store.verifying import verify
from tests.cast import HANH, START
from tests.server.both import BOTH

pytestmark = pytest.mark.anyio
KEY = Ed25519PrivateKey.generate()
LARGE, SMALL = b"\xff\xd8 large", b"\xff\xd8 small"


@pytest.fixture
def journal(database) -> Journal:
    return Journal(database, KEY)


@pytest.fixture
async def digest(room, database) -> str:
    """The digest of the photo beside question 1; its entry is the last."""
    await room.handle(do.Ask("Cầu gãy lan can."), HANH)
    digest = await Photos(database).keep(room.stream.id, LARGE, SMALL, START)
    await room.handle(do.AttachPhoto(1, digest), Seat(HANH.id, Audience.MACHINE))
    return digest


async def flaws(database) -> list[str]:
    verdicts = await database.read(lambda connection: verify(connection, KEY.public_key()))
    return [str(verdict.flaw) for verdict in verdicts if verdict.flaw]


@BOTH
async def test_a_photo_is_found_again_in_both_sizes(database, room, digest):
    for photos in (Photos(database), Photos(database)):
        for _ in range(2):
            assert await photos.find(room.stream.id, digest) == LARGE
            assert await photos.find(room.stream.id, digest, small=True) == SMALL
    assert await Photos(database).find(room.stream.id, "00" * 32) is None
    assert await Photos(database).find(room.stream.id + 1, digest) is None
    assert await flaws(database) == []


async def test_a_photo_that_a_killed_server_had_no_time_to_name_harms_nothing(database, room):
    await Photos(database).keep(room.stream.id, LARGE, SMALL, START)
    assert await flaws(database) == []


@BOTH
async def test_the_same_photo_may_come_twice(database, room, digest):
    assert await Photos(database).keep(room.stream.id, LARGE, SMALL, START) == digest


async def test_the_digest_itself_is_sealed(database, room, digest, tmp_path):
    stored = await database.read(lambda connection: reading.stored(connection, room.stream.id))
    assert all(digest not in entry.body for entry in stored)


@BOTH
async def test_erasing_the_entry_empties_the_photo_and_the_journal_still_verifies(database, room, journal, digest):
    assert await journal.erase(room.stream.id, [room.n]) == 1
    assert await Photos(database).find(room.stream.id, digest) is None
    assert await Photos(database).find(room.stream.id, digest, small=True) is None
    assert await flaws(database) == []


async def test_erasing_another_entry_leaves_it(database, room, journal, digest):
    await journal.erase(room.stream.id, [room.n - 1])
    assert await Photos(database).find(room.stream.id, digest) == LARGE


@pytest.mark.parametrize(
    "change, words",
    [
        (update(tables.photos).values(large=b"another"), "the photo is not the one that was sent"),
        (update(tables.photos).values(large=None), "the photo is not the one that was sent"),
        (tables.photos.delete(), "the photo of this entry is missing"),
    ],
)
async def test_a_changed_or_lost_photo_is_named_with_its_entry(database, room, digest, change, words):
    await database.write(lambda connection: connection.execute(change))
    (flaw,) = await flaws(database)
    assert f"entry {room.n}: " in flaw
    assert words in flaw


async def test_the_backup_holds_the_photos(database, room, digest, tmp_path: Path):
    await backup(database, tmp_path / "copy.db")
    url = f"sqlite:///{tmp_path / 'elsewhere' / 'doithoai.db'}"
    (tmp_path / "elsewhere").mkdir()
    await restore(tmp_path / "copy.db", url)
    other = Database(url)
    assert await Photos(other).find(room.stream.id, digest) == LARGE
    await other.close()


@BOTH
async def test_the_same_photo_beside_another_question_outlives_the_erasing_of_one(database, room, journal, digest):
    first = room.n
    await room.handle(do.Ask("Cũng lan can ấy."), HANH)
    await room.handle(do.AttachPhoto(2, digest), Seat(HANH.id, Audience.MACHINE))
    await journal.erase(room.stream.id, [first])
    assert await Photos(database).find(room.stream.id, digest) == LARGE
    assert await flaws(database) == []
    await journal.erase(room.stream.id, [room.n])
    assert await Photos(database).find(room.stream.id, digest) is None
    assert await flaws(database) == []
