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
        return code is not None and code & 0xFF in _SQLITE_DISK
    return isinstance(problem, OperationalError | InterfaceError) or (
        getattr(problem.orig, "sqlstate", None) in _POSTGRES_STATES
    )
