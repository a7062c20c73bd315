"""Models as an operator brings them, all names and hardly a byte: a directory, a zip, and what an installation left."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

NAME = "vosk-model-small-vn-0.4"
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


def lay(directory: Path, names: Iterable[str]) -> Path:
    """Files of these names with a byte of content each."""
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(b"x")
    return directory


def pack(path: Path, names: Iterable[str], content: bytes = b"x") -> Path:
    """A zip with files of these names, all of the same content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return path


def nothing_installed(models_dir: Path) -> bool:
    """Neither a model nor half of one: what else is hidden is the lock, and what a download may go on with."""
    return not models_dir.exists() or {path.name for path in models_dir.iterdir()} <= {".lock", ".partial"}
