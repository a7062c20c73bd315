"""A backup is one moment of a running database; a restored one begins a new epoch and forgets nothing."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from server.store.backup import backup, backup_file, restore
from server.store.database import Database
from server.store.journal import Journal
from server.store.problems import AlreadyOpen, NotRestorable, NotStored
from server.store.verifying import verify
from tests.server.store.deeds import deed, question

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 12, 1, tzinfo=UTC)


@pytest.fixture
async def stream(journal):
    stream = await journal.create("duong-03", at=NOW)
    await journal.append(stream.id, 0, [deed(0, question(1), op="a"), deed(1, question(2))], NOW)
    return stream


async def test_a_restored_journal_holds_all_in_a_new_epoch(database, journal, stream, tmp_path):
    size = await backup(database, tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size
    url = f"sqlite:///{tmp_path}/other/place.db"
    assert await restore(tmp_path / "copy.db", url) == ["DUONG-03"]
    restored = Database(url)
    again = Journal(restored, journal._key)
    there = await again.stream("duong-03")
    assert there is not None
    assert (there.n, there.id) == (2, stream.id)
    assert there.epoch != stream.epoch
    assert await again.entries(there.id) == await journal.entries(stream.id)
    await again.append(there.id, 2, [deed(2, question(3))], NOW)
    (verdict,) = await restored.read(lambda connection: verify(connection, journal._key.public_key()))
    assert (verdict.n, verdict.flaw) == (3, None)
    await restored.close()
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["place.db", "place.db.lock"]


async def test_a_backup_among_writes_is_one_moment_of_them(database, journal, stream, tmp_path):
    async def write():
        for n in range(2, 60):
            await journal.append(stream.id, n, [deed(n, question(n + 1))], NOW)

    writing = asyncio.create_task(write())
    for name in "abc":
        await backup(database, tmp_path / name)
    await writing
    for name in "abc":
        copy = Database(f"sqlite:///{tmp_path / name}", read_only=True)
        (verdict,) = await copy.read(lambda connection: verify(connection, journal._key.public_key()))
        assert verdict.flaw is None
        assert 2 <= verdict.n <= 60
        await copy.close()


async def test_a_backup_may_be_made_beside_a_running_server(database, journal, stream, tmp_path):
    size = await asyncio.to_thread(backup_file, database.url, tmp_path / "copy.db")
    assert size > 0
    await journal.append(stream.id, 2, [deed(2, question(3))], NOW)
    copy = Database(f"sqlite:///{tmp_path}/copy.db", read_only=True)
    (verdict,) = await copy.read(lambda connection: verify(connection, journal._key.public_key()))
    assert (verdict.n, verdict.flaw) == (2, None)
    await copy.close()


async def test_a_backup_may_be_made_of_a_database_that_rests(database, stream, tmp_path):
    await database.close()
    assert backup_file(database.url, tmp_path / "copy.db") > 0


async def test_a_backup_of_nothing_is_none(tmp_path):
    with pytest.raises((NotStored, NotRestorable)):
        backup_file(f"sqlite:///{tmp_path}/nothing.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_backup_replaces_no_file(database, stream, tmp_path):
    (tmp_path / "copy.db").write_text("thư")
    with pytest.raises(FileExistsError):
        await backup(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "thư"


async def test_a_backup_that_finds_no_place_leaves_nothing(database, stream, tmp_path):
    with pytest.raises(NotStored):
        await backup(database, tmp_path / "nowhere" / "copy.db")
    assert not (tmp_path / "nowhere").exists()


async def test_a_backup_is_for_its_owner_only(database, stream, tmp_path):
    await backup(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


async def test_a_restore_keeps_what_was_there(database, journal, stream, tmp_path):
    await backup(database, tmp_path / "copy.db")
    await journal.append(stream.id, 2, [deed(2, question(3))], NOW)
    await database.close()
    await restore(tmp_path / "copy.db", database.url)
    (former,) = [path for path in tmp_path.iterdir() if ".before-" in path.name]
    with closing(sqlite3.connect(former)) as sql:
        assert sql.execute("SELECT n FROM dialogues").fetchone() == (3,)
    with closing(sqlite3.connect(database.file)) as sql:
        assert sql.execute("SELECT n FROM dialogues").fetchone() == (2,)


async def test_a_restore_under_a_running_server_is_refused(database, stream, tmp_path):
    await backup(database, tmp_path / "copy.db")
    with pytest.raises(AlreadyOpen):
        await restore(tmp_path / "copy.db", database.url)


@pytest.mark.parametrize("bad", ["nothing", "letter", "truncated", "foreign"])
async def test_a_bad_backup_changes_nothing(database, stream, tmp_path, bad):
    await backup(database, tmp_path / "copy.db")
    await database.close()
    source = tmp_path / "bad.db"
    whole = (tmp_path / "copy.db").read_bytes()
    if bad == "foreign":
        with closing(sqlite3.connect(source)) as sql:
            sql.execute("CREATE TABLE letters (text)")
    elif bad != "nothing":
        source.write_bytes(whole[: len(whole) // 2] if bad == "truncated" else b"xin chao " * 999)
    before = database.file.read_bytes()
    with pytest.raises(NotRestorable):
        await restore(source, database.url)
    assert database.file.read_bytes() == before


async def test_only_files_are_restored(tmp_path):
    with pytest.raises(NotRestorable, match="pg_restore"):
        await restore(tmp_path / "copy.db", "postgresql://localhost/doithoai")
