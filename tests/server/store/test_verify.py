"""Whatever is changed, left out, put in or moved on disk is found. Hypothesis picks the row and the column."""

import asyncio
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from string import Template

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from live.states import DialogueState
from server.store.database import Database
from server.store.journal import Journal
from server.store.verifying import verify
from tests.server.store.deeds import deed, moved, notice, question

pytestmark = pytest.mark.slow

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 3, 12, 1, tzinfo=UTC)

# Rows and columns that everything else hangs on, and that a restore does not change.
WATCHED = {
    "entries": ["dialogue_id", "n", "at", "seat", "kind", "body", "leaf", "chain"],
    "heads": ["dialogue_id", "n", "root", "signature", "at"],
    "sealed_texts": ["dialogue_id", "digest", "salt", "text"],
    "receipts": ["code", "dialogue_id", "question"],
    "dialogues": ["anchor", "n", "state", "title", "agency", "place", "starts_at"],
}
ROWS = ["entries", "heads", "sealed_texts", "receipts"]
PLACES = st.sampled_from([(table, column) for table, columns in WATCHED.items() for column in columns])
VALUES = st.one_of(
    st.integers(-3, 12),
    st.text("abc 0123456789-:.", max_size=30),
    st.binary(min_size=1, max_size=64),
    st.sampled_from(["2026-03-12 00:30:01.000000", "question_approved", '{"question":1}', "open", "AAAA-0002"]),
)


async def write(path):
    """Two dialogues of several commits each, one with an erased question."""
    database = Database(f"sqlite:///{path}")
    await database.migrate()
    journal = Journal(database, KEY)
    for code in ("DUONG-03", "CHO-01"):
        stream = await journal.create(code, at=NOW)
        await journal.append(stream.id, 0, [deed(0, notice(), moved(DialogueState.ANNOUNCED))], NOW)
        for n in (3, 4, 5):
            await journal.append(stream.id, n - 1, [deed(n - 1, question(n - 2, receipt=f"{code}-{n}"))], NOW)
        await journal.append(
            stream.id, 5, [deed(5, moved(DialogueState.OPEN)), deed(6, question(4, receipt="x" + code))], NOW
        )
        await journal.erase(stream.id, [4])
    await database.close()


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("journal") / "original.db"
    asyncio.run(write(path))
    return path


def flaws(path, known=None):
    database = Database(f"sqlite:///{path}", read_only=True)
    try:
        verdicts = asyncio.run(database.read(lambda connection: verify(connection, KEY.public_key(), known)))
    finally:
        database.close_now()
    return [str(verdict.flaw) for verdict in verdicts if verdict.flaw]


class Tampered:
    """A copy of the journal that somebody with access to the disk has got at, for the time of a with block."""

    def __init__(self, original):
        self._original = original

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "tampered.db"
        shutil.copy(self._original, self.path)
        self.sql = sqlite3.connect(self.path, isolation_level=None)
        return self

    def __exit__(self, *_):
        self.sql.close()
        self._folder.cleanup()

    def run(self, statement, *values, **names):
        return self.sql.execute(Template(statement).substitute(names), values)

    def rows(self, table):
        return [row for (row,) in self.run("SELECT rowid FROM $table ORDER BY rowid", table=table)]

    def value(self, table, column, row):
        return self.run("SELECT $column FROM $table WHERE rowid = ?", row, table=table, column=column).fetchone()[0]

    def change(self, table, column, row, value):
        """Whether the value really is another now. A key that is taken stays as it was."""
        before = self.value(table, column, row)
        try:
            self.run("UPDATE $table SET $column = ? WHERE rowid = ?", value, row, table=table, column=column)
        except sqlite3.IntegrityError:
            return False
        return before != self.value(table, column, row)


tampering = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def test_an_untouched_journal_has_no_flaw(original):
    assert flaws(original) == []


@tampering
@given(place=PLACES, row=st.integers(0, 50), value=VALUES)
def test_a_changed_value_is_found(original, place, row, value):
    table, column = place
    with Tampered(original) as disk:
        rows = disk.rows(table)
        assume(disk.change(table, column, rows[row % len(rows)], value))
        assert flaws(disk.path)


@tampering
@given(place=PLACES, row=st.integers(0, 50), bit=st.integers(0, 2000))
def test_a_single_bit_is_found(original, place, row, bit):
    table, column = place
    with Tampered(original) as disk:
        rows = disk.rows(table)
        chosen = rows[row % len(rows)]
        old = disk.value(table, column, chosen)
        assume(isinstance(old, bytes))
        flipped = bytearray(old)
        flipped[bit // 8 % len(old)] ^= 1 << bit % 8
        assert disk.change(table, column, chosen, bytes(flipped))
        assert flaws(disk.path)


@tampering
@given(table=st.sampled_from(ROWS), row=st.integers(0, 50))
def test_a_missing_row_is_found(original, table, row):
    with Tampered(original) as disk:
        rows = disk.rows(table)
        disk.run("DELETE FROM $table WHERE rowid = ?", rows[row % len(rows)], table=table)
        assert flaws(disk.path)


@tampering
@given(pair=st.lists(st.integers(1, 7), min_size=2, max_size=2, unique=True), dialogue=st.sampled_from([1, 2]))
def test_entries_that_changed_places_are_found(original, pair, dialogue):
    with Tampered(original) as disk:
        for old, new in ((pair[0], -1), (pair[1], pair[0]), (-1, pair[1])):
            disk.sql.execute("UPDATE entries SET n = ? WHERE n = ? AND dialogue_id = ?", (new, old, dialogue))
        assert flaws(disk.path)


@tampering
@given(table=st.sampled_from(ROWS), row=st.integers(0, 50), key=VALUES)
def test_a_row_that_was_put_in_is_found(original, table, row, key):
    with Tampered(original) as disk:
        rows = disk.rows(table)
        fresh = {"entries": "n", "heads": "n", "sealed_texts": "digest", "receipts": "code"}[table]
        columns = ", ".join([fresh, *(column for column in WATCHED[table] if column != fresh)])
        copy = "INSERT OR IGNORE INTO $table ($columns) SELECT ?, $rest FROM $table WHERE rowid = ?"
        disk.run(copy, key, rows[row % len(rows)], table=table, columns=columns, rest=columns.partition(", ")[2])
        assume(len(disk.rows(table)) > len(rows))
        assert flaws(disk.path)


def test_the_first_bad_entry_is_named(original):
    with Tampered(original) as disk:
        disk.sql.execute("UPDATE entries SET seat = 'seat-khac' WHERE n = 4 AND dialogue_id = 2")
        assert flaws(disk.path) == ["CHO-01 entry 4: nội dung đã bị sửa / its content was changed"]


def test_only_a_root_noted_elsewhere_shows_that_the_whole_tail_is_gone(original):
    with closing(sqlite3.connect(original)) as sql:
        (root,) = sql.execute("SELECT root FROM heads WHERE dialogue_id = 1 AND n = 7").fetchone()
    assert flaws(original, {("DUONG-03", 7): root}) == []
    with Tampered(original) as disk:
        for table in ("entries", "heads"):
            disk.run("DELETE FROM $table WHERE dialogue_id = 1 AND n > 5", table=table)
        disk.run("DELETE FROM receipts WHERE code = 'XDUONG-03'")
        disk.run("UPDATE dialogues SET n = 5, state = 'announced' WHERE id = 1")
        cited = "SELECT group_concat(body) FROM entries WHERE dialogue_id = 1"
        (bodies,) = disk.sql.execute(cited).fetchone()
        for (digest,) in disk.sql.execute("SELECT digest FROM sealed_texts WHERE dialogue_id = 1").fetchall():
            if digest.hex() not in bodies:
                disk.sql.execute("DELETE FROM sealed_texts WHERE digest = ?", (digest,))
        assert flaws(disk.path) == []
        assert "ends before it" in flaws(disk.path, {("DUONG-03", 7): root})[0]


def test_a_history_written_anew_under_another_key_is_found(original):
    other = Ed25519PrivateKey.generate().public_key()
    database = Database(f"sqlite:///{original}", read_only=True)
    verdicts = asyncio.run(database.read(lambda connection: verify(connection, other)))
    database.close_now()
    assert all("signature" in str(verdict.flaw) for verdict in verdicts)
