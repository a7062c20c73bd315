"""Names that outlive a power cut: every folder that got a new one is synced, also those above."""

import os
from pathlib import Path

import pytest

from transcription import durable
from transcription.problems import CannotWrite
from transcription.recordings import Recording


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were synced, in order."""
    folders: list[Path] = []
    real = durable.sync

    def sync(directory: Path) -> None:
        folders.append(directory)
        real(directory)

    monkeypatch.setattr(durable, "sync", sync)
    return folders


def test_each_folder_that_is_made_is_known_to_the_one_above_it(tmp_path: Path, synced: list[Path]) -> None:
    durable.make(tmp_path / "sound" / "TEST01" / "hall")
    assert set(synced) == {tmp_path, tmp_path / "sound", tmp_path / "sound" / "TEST01"}
    synced.clear()
    durable.make(tmp_path / "sound" / "TEST01" / "hall")
    assert synced == []


def test_a_recording_syncs_its_folder_for_each_new_file_and_not_for_each_piece(
    tmp_path: Path, synced: list[Path]
) -> None:
    recording = Recording(tmp_path / "hall")
    synced.clear()
    recording.resume(1_000)
    for at in range(0, 960_000 + 32_000, 16_000):
        recording.append(at, bytes(32_000))
    recording.pause(2_000)
    assert synced == [tmp_path / "hall"] * 3  # the manifest and two minutes


def test_a_folder_that_cannot_be_synced_acknowledges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording(tmp_path)

    def sync(_directory: Path) -> None:
        raise OSError(5, os.strerror(5))

    with monkeypatch.context() as disk:
        disk.setattr(durable, "sync", sync)
        with pytest.raises(CannotWrite):
            recording.append(0, b"abcd")
    assert recording.have == 0
    assert recording.append(0, b"abcd") == 2
