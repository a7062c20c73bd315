"""New rows as the driver takes them: one statement for many, and nothing between it and the values.

A commit is processor time, not disk. SQLAlchemy looks at every value of every row, and the driver of SQLite hands the
interpreter to the event loop at every step: row by row, a group of commands waits for the loop hundreds of times.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

MOST = 128
"""Rows of one statement; with eight columns 1,024 values, far below every database's limit."""

Values = tuple[Any, ...]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert `rows`, which have a value for every column, in the order of `tables`. Raises IntegrityError.

    Their number is made of powers of two, so that the driver knows each statement again.
    """
    dialect, size, done = connection.dialect, MOST, 0
    while done < len(rows):
        while size > len(rows) - done:
            size //= 2
        values = _converted(dialect, table, rows[done : done + size])
        connection.exec_driver_sql(_statement(table, dialect.paramstyle, size), values)
        done += size


def _converted(dialect: Dialect, table: Table, rows: Sequence[Values]) -> Values:
    converters = _converters(table, dialect)
    if not converters:
        return tuple(value for row in rows for value in row)
    values = list[Any]()
    for row in rows:
        start = len(values)
        values += row
        for place, convert in converters:
            values[start + place] = convert(values[start + place])
    return tuple(values)


@cache
def _converters(table: Table, dialect: Dialect) -> list[tuple[int, Callable[[Any], Any]]]:
    """What makes the driver's values of ours, by the place of the column; most columns need nothing."""
    found = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    return [(place, convert) for place, convert in enumerate(found) if convert is not None]


@cache
def _statement(table: Table, style: str, size: int) -> str:
    columns = [column.name for column in table.columns]
    mark = {"qmark": "?", "pyformat": "%s"}[style]
    row = f"({', '.join([mark] * len(columns))})"
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES {', '.join([row] * size)}"  # noqa: S608 - the names are those of our own tables
