"""The real worker process around the scripted engine."""

import sys
from pathlib import Path

from tests.transcription.scripted import Scripted
from transcription.problems import BadModel
from transcription.worker import serve


def load(model_dir: str) -> Scripted:
    if (Path(model_dir) / "unusable").exists():
        raise BadModel("Mô hình hỏng.", "The model is broken.")
    return Scripted(marks=Path(model_dir))


if __name__ == "__main__":
    serve(load, sys.argv[1])
