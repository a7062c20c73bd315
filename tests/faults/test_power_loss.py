"""The power goes at any moment, and the disk had kept to itself what was not synced: nothing acknowledged is lost."""

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from server.store.database import Database
from server.store.journal import Journal, NotStored
from server.store.verifying import verify
from tests.faults.born import ROOT
from tests.faults.disk import Disk, build
from tests.faults.power import Record, after_cut, records
from tests.server.store.test_kill import KEY, SECRET

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(240)]

DEEDS = 150
CUTS = 60


def written(folder: Path, breaks: str) -> list[Record]:
    """The trace of a process that appends groups of deeds and says which are acknowledged."""
    (folder / "data").mkdir()
    disk = Disk(build(folder), folder / "data", folder / "orders", folder / "trace")
    url = f"sqlite:///{folder}/data/a.db"
    words = [sys.executable, "-m", "tests.faults.broken", f"small_checkpoints,{breaks}"]
    child = [*words, "tests.server.store.writing_child", url, SECRET, str(DEEDS)]
    subprocess.run(child, cwd=ROOT, env=os.environ | disk.environment, stdout=subprocess.DEVNULL, check=True)
    return records(folder / "trace")


async def kept(folder: Path) -> set[str]:
    """The ops of the entries that are there after the cut; the journal must be sound."""
    database = Database(f"sqlite:///{folder}/a.db")
    try:
        journal = Journal(database, KEY)
        stream = await journal.stream("DUONG-03")
        entries = await journal.entries(stream.id if stream else 0)
        keys = [("seat-man", f"op-{entry.n}") for entry in entries]
        answers = await journal.answers(stream.id if stream else 0, keys)
        verdicts = await database.read(lambda connection: verify(connection, KEY.public_key()))
    finally:
        await database.close()
    assert all(verdict.flaw is None for verdict in verdicts)
    assert len(answers) == len(entries)
    return {op for _, op in answers}


def lost(folder: Path, trace: list[Record], at: int, dice: random.Random | None) -> set[str]:
    """What had been acknowledged and is gone after a power cut at this record."""
    folder.mkdir()
    acknowledged = after_cut(trace, at, folder, dice)
    return set(acknowledged) - asyncio.run(kept(folder))


def cuts(trace: list[Record], dice: random.Random) -> list[int]:
    """Moments after the first acknowledgement, and right behind the last of all."""
    first = next(place for place, record in enumerate(trace) if record.what == "A") + 1
    last = max(place for place, record in enumerate(trace) if record.what == "A") + 1
    return [*sorted(dice.sample(range(first, last), CUTS)), last]


@pytest.mark.parametrize("torn", [False, True], ids=["all unsynced is gone", "some unsynced is there, torn"])
def test_no_acknowledged_deed_is_lost_with_the_power(tmp_path: Path, torn: bool) -> None:
    dice = random.Random(11)
    trace = written(tmp_path, "")
    assert sum(record.what == "S" and record.file == 1 for record in trace) > 3, "no checkpoint: this tells too little"
    for at in cuts(trace, dice):
        assert lost(tmp_path / str(at), trace, at, dice if torn else None) == set(), f"power cut at {at}"


def test_without_a_sync_at_each_commit_this_very_test_finds_the_loss(tmp_path: Path) -> None:
    dice = random.Random(11)
    trace = written(tmp_path, "sync_now_and_then")
    found = 0
    for at in cuts(trace, dice):
        try:
            found += bool(lost(tmp_path / str(at), trace, at, None))
        except NotStored:
            found += 1  # not even the file is one any more
    assert found > CUTS / 10
