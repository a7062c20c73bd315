"""One entry dropped, edited, put in or moved on disk: the verifier names the first that is wrong, by its number."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.store.test_verify import Tampered, flaws, original

__all__ = ["original"]  # a fixture
pytestmark = pytest.mark.slow

numbers = st.integers(1, 7)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def first(disk):
    return flaws(disk.path)[0].partition(":")[0]


@few
@given(n=numbers, column=st.sampled_from(["at", "seat", "kind", "body", "leaf", "chain"]))
def test_an_edited_entry_is_named(original, n, column):
    value = {"at": "2026-03-12 09:09:09.000000", "kind": "question_approved", "leaf": bytes(32), "chain": bytes(32)}
    with Tampered(original) as disk:
        row = disk.sql.execute("SELECT rowid FROM entries WHERE dialogue_id = 2 AND n = ?", (n,)).fetchone()[0]
        assert disk.change("entries", column, row, value.get(column, '{"question": 9}'))
        assert first(disk) == f"CHO-01 entry {n}"


@few
@given(n=numbers)
def test_a_dropped_entry_is_named(original, n):
    with Tampered(original) as disk:
        disk.sql.execute("DELETE FROM entries WHERE dialogue_id = 2 AND n = ?", (n,))
        assert first(disk) == f"CHO-01 entry {n}"


@few
@given(pair=st.lists(numbers, min_size=2, max_size=2, unique=True))
def test_of_two_that_changed_places_the_first_is_named(original, pair):
    with Tampered(original) as disk:
        for old, new in ((pair[0], -1), (pair[1], pair[0]), (-1, pair[1])):
            disk.sql.execute("UPDATE entries SET n = ? WHERE n = ? AND dialogue_id = 2", (new, old))
        assert first(disk) == f"CHO-01 entry {min(pair)}"


@few
@given(n=numbers, copied=numbers)
def test_an_entry_that_was_put_in_is_named(original, n, copied):
    """The others make room for it."""
    with Tampered(original) as disk:
        disk.sql.execute("UPDATE entries SET n = -n - 1 WHERE dialogue_id = 2 AND n >= ?", (n,))
        disk.sql.execute("UPDATE entries SET n = -n WHERE n < 0")
        source = copied if copied < n else copied + 1
        columns = "dialogue_id, at, seat, kind, body, leaf, chain"
        copy = "INSERT INTO entries (n, $columns) SELECT ?, $columns FROM entries WHERE dialogue_id = 2 AND n = ?"
        disk.run(copy, n, source, columns=columns)
        same = source == n + 1  # a copy right before its own original takes its place, and that is the one too many
        assert first(disk) == f"CHO-01 entry {n + same}"
