"""Which errors of a driver mean that the disk or the connection is at fault, and not what was asked of it."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

_SQLITE_DISK = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
_POSTGRES_STATES = {"25006", "25P03"}
"""Not operational errors to the driver: a standby takes no writing, and a session was ended for idling."""


def is_storage_failure(problem: DBAPIError) -> bool:
    """Whether the storage failed. PostgreSQL's drivers say so by the class; SQLite's also calls bad SQL operational."""
    if isinstance(problem.orig, sqlite3.Error):
        code = getattr(problem.orig, "sqlite_errorcode", None)  # absent when the driver itself raised
        return _undecodable(problem.orig) if code is None else code & 0xFF in _SQLITE_DISK
    return isinstance(problem, OperationalError | InterfaceError) or (
        getattr(problem.orig, "sqlstate", None) in _POSTGRES_STATES
    )


def reason(problem: DBAPIError) -> str:
    """What the driver says of it, without a word of what people wrote: a text that went wrong is quoted by SQLite's."""
    if isinstance(problem.orig, sqlite3.Error) and _undecodable(problem.orig):
        return "a text on disk is damaged: run doithoai verify"
    return str(problem.orig)


def _undecodable(error: sqlite3.Error) -> bool:
    """A page that went wrong below SQLite, which keeps no checksums: what lies in a text column is no text."""
    return str(error).startswith("Could not decode to UTF-8")
