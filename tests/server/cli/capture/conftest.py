from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.cli.capture.recording import somebody_who_records
from tests.serving import Served
from tests.visitors import open_dialogue


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with an open dialogue and somebody who may record."""
    with Served(tmp_path / "data") as served:
        open_dialogue(served)
        somebody_who_records(served)
        yield served


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tries come soon, and what could not be sent is put by in a folder of the test."""
    monkeypatch.setattr("server.cli.capture.REST", 0.3)  # longer than what a gap is told by
    monkeypatch.setattr("server.cli.lasting.REST", 0.05)
    monkeypatch.chdir(tmp_path)
