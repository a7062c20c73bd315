"""The database: one thread that writes, a few that read.

A whole transaction is one plain function run in the writer's thread, so nothing waits for the event loop while the
write lock is held. Cancelling an await does not stop a commit under way: the answer is then found under its op.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from server.store.engines import reading_engine, sqlite_file, writing_engine
from server.store.failures import is_storage_failure, reason
from server.store.lock import FileLock
from server.store.migrating import upgrade
from server.store.patience import Patience
from server.store.problems import NotStored

T = TypeVar("T")
READERS = 3
PATIENCE = 10
"""Seconds that anybody waits for a database server; a migration waits an hour. Files need none."""
LONG = 3600
_SENTENCE = (
    "Máy chủ không đọc hoặc ghi được đĩa; nội dung này chưa được lưu, những gì đã xác nhận trước đó vẫn an toàn. / "
    "The disk did not take this; nothing of it was stored, what was confirmed before is safe. ({})"
)


class Database:
    """Everything on disk behind two calls, `write` and `read`. `url` as SQLAlchemy writes it.

    Raises AlreadyOpen when another process writes to the same SQLite file. `read_only` takes no lock and cannot write.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.url = url
        self.file: Path | None = sqlite_file(url)
        self._lock = FileLock(self.file) if self.file and not read_only else None
        self._write_engine = None if read_only else writing_engine(url)
        self._read_engine = reading_engine(url, READERS)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._open()

    @property
    def shared(self) -> bool:
        """Whether other processes may write to it at the same time."""
        return self.file is None

    @property
    def wal_bytes(self) -> int:
        """How long SQLite's write-ahead log is; 0 without one."""
        if self.file is None:
            return 0
        try:
            return self.file.with_name(f"{self.file.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    async def write(self, change: Callable[[Connection], T], patience: float | None = None) -> T:
        """Run `change` in the writer's thread inside one transaction: all of it is on disk when this returns.

        Raises NotStored when the disk would not take it; then nothing of it was kept (but for a database server that
        was lost while it committed: only an op tells). The database's own refusals (IntegrityError) pass through.
        """
        return await self._in(self._writer, self._transact, change, patience or PATIENCE)

    async def read(self, look: Callable[[Connection], T]) -> T:
        """Run `look` in a reader's thread; all it sees is of one moment. Raises NotStored when the disk is gone."""
        return await self._in(self._readers, self._look, look, PATIENCE)

    async def ready(self) -> None:
        """Prove that it takes a transaction now. Raises NotStored."""
        await self.write(_take)

    async def migrate(self) -> None:
        """Bring the tables to this program's version. Raises SchemaUnknown when they are of a newer one."""
        await self.write(upgrade, LONG)

    async def outside_transaction(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Run what no transaction may enclose (VACUUM INTO, a checkpoint) on SQLite's own connection, by the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._act, act)

    async def scrub(self) -> None:
        """Leave no erased text in SQLite's WAL: fold it into the file and empty it. Others see to that themselves."""
        if self.file is not None:
            await self.outside_transaction(_empty_wal)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.close_now)

    def close_now(self) -> None:
        """Finish what is being written, then let go. Readers first: the last to go folds the WAL into the file."""
        self._readers.shutdown()
        self._writer.shutdown()
        self._read_engine.dispose()
        if self._write_engine is not None:
            self._write_engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _open(self) -> None:
        """Connect once: a disk that is not there is found at the start, and the file is in WAL before anybody reads."""
        try:
            (self._write_engine or self._read_engine).connect().close()
        except DBAPIError as problem:
            self.close_now()
            raise _sentence(problem) from problem

    async def _in(
        self,
        threads: ThreadPoolExecutor,
        work: Callable[[Callable[[Connection], T], Patience | None], T],
        what: Callable[[Connection], T],
        seconds: float,
    ) -> T:
        loop = asyncio.get_running_loop()
        if not self.shared:
            return await loop.run_in_executor(threads, work, what, None)
        patience = Patience()
        working = loop.run_in_executor(threads, work, what, patience)
        alarm = loop.call_later(seconds, patience.cut)
        working.add_done_callback(lambda _: alarm.cancel())
        return await asyncio.shield(working)  # whose caller has gone is held to the same time

    def _transact(self, change: Callable[[Connection], T], patience: Patience | None) -> T:
        try:
            return _tried(self._writing(), change, patience)
        except DBAPIError as problem:
            raise _sentence(problem) from problem

    def _act(self, act: Callable[[sqlite3.Connection], T]) -> T:
        pooled = self._writing().raw_connection()
        try:
            connection = pooled.driver_connection
            if not isinstance(connection, sqlite3.Connection):
                raise TypeError("only an SQLite file needs this; other databases have tools of their own")
            return act(connection)
        except sqlite3.Error as problem:
            raise NotStored(_SENTENCE.format(problem)) from problem
        finally:
            pooled.close()

    def _look(self, look: Callable[[Connection], T], patience: Patience | None) -> T:
        try:
            return _tried(self._read_engine, look, patience)
        except DBAPIError as problem:
            raise _sentence(problem) from problem

    def _writing(self) -> Engine:
        if self._write_engine is None:
            raise NotStored("This database was opened for reading only.")
        return self._write_engine


def _tried(engine: Engine, work: Callable[[Connection], T], patience: Patience | None) -> T:
    """Work in a transaction. A line that is found dead before the commit has stored nothing: once more, on another."""
    worked = False

    def once() -> T:
        nonlocal worked
        with engine.connect() as connection, _waiting(connection, patience), connection.begin():
            result = work(connection)
            worked = True
            return result

    try:
        return once()
    except DBAPIError as problem:
        if worked or patience is None or patience.over or not problem.connection_invalidated:
            raise
    return once()


def _waiting(connection: Connection, patience: Patience | None) -> AbstractContextManager[None]:
    return nullcontext() if patience is None else patience.waiting_on(connection.connection.driver_connection)


def _take(connection: Connection) -> None:
    """In SQLite the write lock is taken already; PostgreSQL gives a number, which a standby cannot, and syncs it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_current_xact_id()")


def _empty_wal(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # an unread answer would hold up the next commit


def _sentence(problem: DBAPIError) -> Exception:
    return NotStored(_SENTENCE.format(reason(problem))) if is_storage_failure(problem) else problem
