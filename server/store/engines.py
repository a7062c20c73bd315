"""How the engines are set up: one writes, one only reads. The one place where SQLite and PostgreSQL differ."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

# FULL: the WAL is on the disk before a commit returns, so what was acknowledged survives a power cut.
# secure_delete: an erased text is overwritten, not only unlinked. mmap off and one checkpointing connection:
# SQLite before 3.51.3 may otherwise corrupt the WAL.
# hide_parameters, below: an error's text goes to the log, and what people wrote must not go with it.
_ALWAYS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "mmap_size=0")
_WRITER = ("secure_delete=ON", "wal_autocheckpoint=1000")
_READER = ("wal_autocheckpoint=0", "query_only=ON")


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite address; nothing for another kind of database. In memory is refused: nothing is kept."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a dialogue needs a database on disk: sqlite:///path/to/file.db")
    return Path(parsed.database)


def writing_engine(url: str) -> Engine:
    """For the one writer thread: a single connection whose every transaction takes the write lock at its start."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=1, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    return _sqlite(parsed, "BEGIN IMMEDIATE", *_ALWAYS, *_WRITER)


def reading_engine(url: str, readers: int) -> Engine:
    """For the reading threads: each transaction sees one moment of the database, and can change nothing."""
    parsed, file = make_url(url), sqlite_file(url)
    if file is None:
        engine = create_engine(parsed, pool_size=readers, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return _sqlite(parsed, "BEGIN", *_ALWAYS[1:], *_READER, pool_size=readers, creator=lambda: opened_to_read(file))


def opened_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can neither write nor checkpoint, also beside a running server. Never makes a file."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _sqlite(url: URL, begin: str, *pragmas: str, pool_size: int = 1, **more: Any) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=0, hide_parameters=True, **more)

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin too late: reading, then writing, loses updates
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def started(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", started)
    return engine
