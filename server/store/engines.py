"""How the engines are set up: one writes, one only reads. The one place where SQLite and PostgreSQL differ."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

# FULL: the WAL is on the disk before a commit returns, so what was acknowledged survives a power cut.
# secure_delete: an erased text is overwritten, not only unlinked. mmap off and one checkpointing connection:
# SQLite before 3.51.3 may otherwise corrupt the WAL.
# wal_autocheckpoint: whoever commits folds the WAL into the file, which takes some 10 ms however little there is.
# Each 32 MB is one commit in hundreds, where each 4 MB was one in 25; a start after a kill reads the 32 MB in 0.1 s.
# hide_parameters, below: an error's text goes to the log, and what people wrote must not go with it.
_ALWAYS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "mmap_size=0")
_WRITER = ("secure_delete=ON", "wal_autocheckpoint=8000")
_READER = ("wal_autocheckpoint=0", "query_only=ON")

# What a PostgreSQL session is told. synchronous_commit: acknowledged means on its disk (and on the standby's, where
# synchronous_standby_names says so). The time-outs free the row of a dialogue when its holder hangs or is gone: by
# itself when idle, and through keepalives and checks of the line when its machine has lost power.
_POSTGRES = {
    "synchronous_commit": "on",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "client_connection_check_interval": "2s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
    "application_name": "doithoai",
}
_POSTGRES_LINE = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}


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
        return _postgres(parsed, 1)
    return _sqlite(parsed, "BEGIN IMMEDIATE", *_ALWAYS, *_WRITER)


def reading_engine(url: str, readers: int) -> Engine:
    """For the reading threads: each transaction sees one moment of the database, and can change nothing."""
    parsed, file = make_url(url), sqlite_file(url)
    if file is None:
        engine = _postgres(parsed, readers)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return _sqlite(parsed, "BEGIN", *_ALWAYS[1:], *_READER, pool_size=readers, creator=lambda: opened_to_read(file))


def opened_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can neither write nor checkpoint, also beside a running server. Never makes a file."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _postgres(url: URL, size: int) -> Engine:
    """Without a ping before each transaction: Database tries once more on a fresh line when it finds one dead."""
    options = " ".join(f"-c {name}={value}" for name, value in _POSTGRES.items())
    line = _POSTGRES_LINE | {"options": options}
    return create_engine(url, pool_size=size, max_overflow=0, hide_parameters=True, connect_args=line)


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
