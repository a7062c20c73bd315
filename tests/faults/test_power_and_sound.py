"""The power goes while sound is recorded: what was acknowledged is there, up to the last second before the cut."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import recording_child
from tests.faults.born import ROOT
from tests.faults.disk import Disk, build
from tests.faults.power import PIECES, Record, recording_after_cut, records
from transcription import pieces, recordings
from transcription.recordings import Recording

pytestmark = [pytest.mark.faults, pytest.mark.slow]

CUTS = 80


@pytest.fixture(autouse=True)
def short_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pieces, recordings):
        monkeypatch.setattr(module, "PIECE", recording_child.MINUTE)


def recorded(folder: Path, breaks: str) -> list[Record]:
    """The trace of a process that records and says what it acknowledges."""
    (folder / "hall").mkdir()
    disk = Disk(build(folder), folder / "hall", folder / "orders", folder / "trace")
    words = [sys.executable, "-m", "tests.faults.broken", breaks, "tests.faults.recording_child", str(folder / "hall")]
    subprocess.run(words, cwd=ROOT, env=os.environ | disk.environment, stdout=subprocess.DEVNULL, check=True)
    return records(folder / "trace")


def wrong(folder: Path, trace: list[Record], at: int, dice: random.Random | None) -> str:
    """What is wrong with the recording that is found after a power cut at this record; empty when nothing is."""
    folder.mkdir()
    acknowledged = recording_after_cut(trace, at, folder, dice)
    sure = acknowledged - recording_child.SECOND
    found = Recording(folder)
    if found.have < sure:
        return f"{acknowledged} samples were acknowledged and {found.have} are there"
    expected = bytearray(2 * max(0, sure))
    for start, count in recording_child.schedule():
        if start + count <= sure:
            expected[2 * start : 2 * (start + count)] = recording_child.sound(start, count)
        elif start < sure:
            expected[2 * start :] = recording_child.sound(start, sure - start)
    return "" if found.read(0, max(0, sure)) == bytes(expected) else "other samples are there"


def cuts(trace: list[Record], dice: random.Random) -> list[int]:
    last = max(place for place, record in enumerate(trace) if record.what == "A") + 1
    return [*sorted(dice.sample(range(1, last), CUTS)), last]


@pytest.mark.parametrize("torn", [False, True], ids=["all unsynced is gone", "some unsynced is there, torn"])
def test_no_acknowledged_sound_is_lost_with_the_power_but_the_last_second(tmp_path: Path, torn: bool) -> None:
    dice = random.Random(5)
    trace = recorded(tmp_path, "")
    assert max(record.file for record in trace) > PIECES + 3, "too few minutes: this tells too little"
    for at in cuts(trace, dice):
        assert wrong(tmp_path / str(at), trace, at, dice if torn else None) == "", f"power cut at {at}"


def test_without_syncing_the_names_of_new_files_this_very_test_finds_the_loss(tmp_path: Path) -> None:
    trace = recorded(tmp_path, "names_left_to_chance")
    assert any(wrong(tmp_path / str(at), trace, at, None) for at in cuts(trace, random.Random(5)))
