"""What a start finds after a bad end: a torn WAL, a page gone wrong, no -shm. It recovers or says so."""

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server.store.problems import NotStored
from tests.faults.test_power_loss import kept
from tests.server.store.test_kill import killed_after

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, set[str]]:
    """A folder whose writer was killed, with a WAL that is not folded in; and what had been acknowledged."""
    acknowledged = killed_after(f"sqlite:///{tmp_path}/a.db", lines=120)
    assert (tmp_path / "a.db-wal").stat().st_size > 0
    return tmp_path, set(acknowledged)


def test_without_its_shm_nothing_is_missing(killed: tuple[Path, set[str]]) -> None:
    folder, acknowledged = killed
    (folder / "a.db-shm").unlink()
    assert acknowledged <= asyncio.run(kept(folder))


def test_a_torn_wal_leaves_a_sound_journal_that_is_shorter(killed: tuple[Path, set[str]]) -> None:
    folder, acknowledged = killed
    dice, whole = random.Random(4), (folder / "a.db-wal").read_bytes()
    main = (folder / "a.db").read_bytes()
    lengths = list[int]()
    for size in sorted((dice.randrange(len(whole) // 2, len(whole)) for _ in range(12)), reverse=True):
        (folder / "a.db").write_bytes(main)
        (folder / "a.db-wal").write_bytes(whole[:size])
        (folder / "a.db-shm").unlink(missing_ok=True)
        there = asyncio.run(kept(folder))
        assert there == {f"op-{n}" for n in range(1, len(there) + 1)}, "a hole"
        lengths.append(len(there))
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < len(acknowledged)


def test_a_page_that_went_wrong_is_never_taken_for_the_truth(killed: tuple[Path, set[str]]) -> None:
    """Either nothing of it is read back wrongly, or it is said: by the disk's sentence, or by the verifier."""
    folder, acknowledged = killed
    asyncio.run(kept(folder))  # folds the WAL in
    dice, whole = random.Random(9), (folder / "a.db").read_bytes()
    said = 0
    for _ in range(20):
        place = dice.randrange(4096, len(whole) - 64)
        (folder / "a.db").write_bytes(whole[:place] + dice.randbytes(64) + whole[place + 64 :])
        (folder / "a.db-wal").unlink(missing_ok=True)
        try:
            assert acknowledged <= asyncio.run(kept(folder))
        except (NotStored, AssertionError, ValueError, LookupError):
            said += 1
    assert said > 5


def test_a_text_that_is_no_text_any_more_is_said_without_its_words(killed: tuple[Path, set[str]]) -> None:
    folder, _ = killed
    asyncio.run(kept(folder))
    with closing(sqlite3.connect(folder / "a.db")) as sql, sql:
        sql.execute("UPDATE sealed_texts SET text = CAST(X'4368C3' AS TEXT) WHERE rowid = 1")
    with pytest.raises(NotStored, match="doithoai verify") as told:
        asyncio.run(kept(folder))
    assert "Ch" not in str(told.value).rpartition("(")[2]
