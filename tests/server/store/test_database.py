"""One process, one writer; transactions whole or not at all; a disk that will not take it is named."""

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from server import clock
from server.store import tables
from server.store.database import Database
from server.store.migrating import alembic_config
from server.store.problems import AlreadyOpen, NotStored, SchemaUnknown

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parents[3]


def staff(login="man", **more):
    row = {
        "login": login,
        "name": "Trần Thị Mận",
        "password_hash": "x",
        "roles": [],
        "agency": "",
        "created_at": clock.now(),
    }
    return insert(tables.staff).values(row | more)


async def logins(database):
    return await database.read(lambda connection: list(connection.scalars(select(tables.staff.c.login))))


async def test_the_tables_are_those_of_the_migrations(database):
    await database.migrate()
    await database.write(lambda connection: command.check(alembic_config(connection)))


async def test_a_database_of_a_newer_version_is_refused(database):
    await database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(SchemaUnknown, match="newer version"):
        await database.migrate()


async def test_a_second_writer_on_the_same_file_is_refused(database):
    with pytest.raises(AlreadyOpen, match="Nothing is damaged"):
        Database(database.url)
    await database.write(lambda connection: connection.execute(staff()))


async def test_a_second_process_on_the_same_file_is_refused(database):
    program = "import sys\nfrom server.store.database import Database\nDatabase(sys.argv[1])"
    words = [sys.executable, "-c", program, database.url]
    other = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, capture_output=True, text=True)
    assert other.returncode == 1
    assert "AlreadyOpen" in other.stderr


async def test_the_lock_goes_with_its_holder(tmp_path):
    url = f"sqlite:///{tmp_path}/new/place/a.db"
    for _ in range(2):
        database = Database(url)
        await database.migrate()
        await database.close()


async def test_somebody_may_look_while_another_writes(database):
    await database.write(lambda connection: connection.execute(staff()))
    looking = Database(database.url, read_only=True)
    assert await logins(looking) == ["man"]
    with pytest.raises(NotStored, match="reading only"):
        await looking.write(lambda connection: connection.execute(staff("cam")))
    await looking.close()


async def test_looking_makes_no_file(tmp_path):
    with pytest.raises(NotStored):
        Database(f"sqlite:///{tmp_path}/nothing.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


async def test_a_resting_database_can_be_looked_at(database):
    await database.write(lambda connection: connection.execute(staff()))
    await database.close()
    looking = Database(database.url, read_only=True)
    assert await logins(looking) == ["man"]
    await looking.close()


async def test_a_reader_can_change_nothing(database):
    with pytest.raises(NotStored):
        await database.read(lambda connection: connection.execute(staff()))
    assert await logins(database) == []


async def test_a_reader_sees_one_moment(database):
    looked, written = threading.Event(), threading.Event()

    def look_twice(connection):
        before = connection.scalars(select(tables.staff.c.login)).all()
        looked.set()
        written.wait(10)
        return before, connection.scalars(select(tables.staff.c.login)).all()

    looking = asyncio.create_task(database.read(look_twice))
    await asyncio.to_thread(looked.wait, 10)
    await database.write(lambda connection: connection.execute(staff()))
    written.set()
    assert await looking == ([], [])
    assert await logins(database) == ["man"]


async def test_a_change_that_fails_leaves_nothing(database):
    def change(connection):
        connection.execute(staff("one"))
        connection.execute(staff("two"))
        raise LookupError("a mistake of ours")

    with pytest.raises(LookupError):
        await database.write(change)
    assert await logins(database) == []


async def test_changes_that_read_before_they_write_lose_no_update(database):
    await database.write(lambda connection: connection.execute(staff(name="0")))

    def one_more(connection):
        count = int(connection.execute(select(tables.staff.c.name)).scalar_one())
        connection.execute(tables.staff.update().values(name=str(count + 1)))

    await asyncio.gather(*(database.write(one_more) for _ in range(100)))
    assert await database.read(lambda c: c.execute(select(tables.staff.c.name)).scalar_one()) == "100"


async def test_a_caller_who_leaves_stops_no_commit(database):
    begun, go_on = threading.Event(), threading.Event()

    def change(connection):
        connection.execute(staff())
        begun.set()
        go_on.wait(10)

    writing = asyncio.create_task(database.write(change))
    await asyncio.to_thread(begun.wait, 10)
    writing.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await database.write(lambda _: None)
    assert await logins(database) == ["man"]


async def test_our_own_mistakes_are_not_called_disk_failures(database):
    await database.write(lambda connection: connection.execute(staff()))
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: connection.execute(staff()))
    with pytest.raises(OperationalError, match="no such table"):
        await database.write(lambda connection: connection.execute(text("SELECT * FROM nowhere")))


async def test_what_is_acknowledged_has_been_synced(database):
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0, "secure_delete": 1}
    for name, value in pragmas.items():
        assert await database.write(lambda c, name=name: c.exec_driver_sql(f"PRAGMA {name}").scalar()) == value, name
    for name, value in {"wal_autocheckpoint": 0, "query_only": 1}.items():
        assert await database.read(lambda c, name=name: c.exec_driver_sql(f"PRAGMA {name}").scalar()) == value, name


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_is_refused(url):
    with pytest.raises(ValueError, match="on disk"):
        Database(url)


async def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "a.db").write_text("Đây là một lá thư, không phải cơ sở dữ liệu." * 100, encoding="utf-8")
    with pytest.raises(NotStored, match="not a database"):
        Database(f"sqlite:///{tmp_path}/a.db")
    assert "lá thư" in (tmp_path / "a.db").read_text(encoding="utf-8")


async def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(Exception, match="time zone"):
        await database.write(lambda c: c.execute(staff(created_at=clock.now().replace(tzinfo=None))))


async def test_what_people_wrote_is_in_no_error(database):
    with pytest.raises(OperationalError) as failed:
        await database.write(lambda c: c.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "điều riêng"}))
    assert "điều riêng" not in str(failed.value)
