"""Copies of the whole database, made while it is in use, and the way back.

A backup holds no signing key (keep a copy of that file in another place) and no sound. For PostgreSQL use pg_dump.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select, update

from server import clock
from server.store import tables
from server.store.database import Database
from server.store.engines import opened_to_read, sqlite_file
from server.store.lock import FileLock
from server.store.problems import NotRestorable, NotStored
from server.store.putting import for_its_owner, put_new


async def backup(database: Database, target: Path) -> int:
    """Write one moment of the database to the new file `target` and give its size in bytes.

    The writer makes it, so it holds all that was acknowledged before; commands wait meanwhile (some 100 MB a second).
    Raises FileExistsError, and NotStored when the disk would not take it; then there is no file.
    """
    return await database.outside_transaction(lambda connection: _write(connection, target))


def backup_file(url: str, target: Path) -> int:
    """The same from outside, beside a server that runs: a reader sees one moment and holds nobody up."""
    place = sqlite_file(url)
    if place is None:
        raise NotStored(
            "Với PostgreSQL hãy dùng công cụ của nó, cả khi máy chủ đang chạy; chưa có gì được ghi. / PostgreSQL has "
            f"its own tool, beside running servers too; nothing was written: pg_dump -Fc -f {target} URL"
        )
    try:
        with closing(opened_to_read(place)) as connection:
            return _write(connection, target)
    except sqlite3.Error as problem:
        raise NotStored(f"Chưa sao lưu được {place}. / There is no copy of {place}: {problem}.") from problem


async def restore(source: Path, url: str) -> list[str]:
    """Put a backup in the place of the SQLite database at `url` and give the codes of its dialogues.

    Each dialogue gets a new epoch, so that every open page starts afresh instead of waiting for lost numbers. A
    database that is there already is kept beside it, never overwritten. Raises NotRestorable, AlreadyOpen.
    """
    place = sqlite_file(url)
    if place is None:
        raise NotRestorable(
            "Với PostgreSQL: dừng mọi máy chủ, pg_restore, rồi doithoai migrate --new-epochs; chưa có gì thay đổi. / "
            "With PostgreSQL: stop all servers, pg_restore, then doithoai migrate --new-epochs. Nothing was changed."
        )
    lock = FileLock(place)
    try:
        unfinished = await asyncio.to_thread(_unpack, source, place)
        codes = await _begin_new_epochs(unfinished)
        await asyncio.to_thread(_put, unfinished, place)
    finally:
        lock.release()
    return codes


def _write(connection: sqlite3.Connection, target: Path) -> int:
    if target.exists():
        raise FileExistsError(f"{target} đã có; hãy chọn tên khác. / {target} is there already; choose another name.")
    unfinished = target.with_name(f".{target.name}.{clock.epoch()}")
    try:
        _copy(connection, unfinished)
        put_new(unfinished, target)  # unlike a rename, never replaces a file that came there meanwhile
        _sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _unpack(source: Path, place: Path) -> Path:
    """The backup, checked and copied beside the place where it goes. Raises NotRestorable; then nothing is left."""
    _check(source)
    unfinished = place.with_name(f".{place.name}.restored")
    _clear(unfinished)
    try:
        with closing(opened_to_read(source)) as connection:
            _copy(connection, unfinished)
    except (sqlite3.Error, OSError) as problem:
        _clear(unfinished)
        raise NotRestorable(
            f"Chưa phục hồi được từ {source}; dữ liệu hiện có còn nguyên. Thường là vì đĩa đầy: hãy dọn chỗ rồi chạy "
            f"lại. / {source} was not put in place ({problem}); what is there is as it was. Mostly the disk is full: "
            "make room and run it again."
        ) from problem
    return unfinished


def _clear(unfinished: Path) -> None:
    """Take away what an earlier try left. Its WAL too: SQLite would write it into whatever comes under that name."""
    for part in ("", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + part).unlink(missing_ok=True)


async def _begin_new_epochs(path: Path) -> list[str]:
    database = Database(f"sqlite:///{path}")
    try:
        await database.migrate()
        return await database.write(begin_new_epochs)
    finally:
        await database.close()


def _put(unfinished: Path, place: Path) -> None:
    """Move the database that is there aside, with its WAL, under a name that says when; then the new one in."""
    former = f"{place.name}.before-{clock.now():%Y%m%d-%H%M%S}"
    for part in ("", "-wal", "-shm"):
        if (old := place.with_name(place.name + part)).exists():
            old.rename(place.with_name(former + part))
    _sync(unfinished)
    unfinished.replace(place)
    unfinished.with_name(unfinished.name + ".lock").unlink()
    _sync(place.parent)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    connection.execute("VACUUM INTO ?", (str(target),))
    for_its_owner(target)
    _sync(target)


def begin_new_epochs(connection: Connection) -> list[str]:
    """Let every page start afresh: what it has seen may not be in this copy. Gives the codes of the dialogues."""
    columns = tables.dialogues.c
    for number in connection.scalars(select(columns.id)).all():
        connection.execute(update(tables.dialogues).where(columns.id == number).values(epoch=clock.epoch()))
    return list(connection.scalars(select(columns.code).order_by(columns.code)))


def _check(source: Path) -> None:
    """Read every page of the backup. Raises NotRestorable when it is broken or no database of this program."""
    try:
        with closing(opened_to_read(source)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT count(*) FROM dialogues, alembic_version").fetchone()
    except sqlite3.Error as problem:
        found = str(problem)
    if found != "ok":
        raise NotRestorable(
            f"Tệp {source} không phải bản sao lưu nguyên vẹn; chưa có gì thay đổi. / "
            f"{source} is no sound backup ({found}); nothing was changed. Take an earlier one."
        )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
