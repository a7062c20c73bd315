"""Which recognition engines there are: our own, and those that other packages bring.

A package brings one by an entry point of the group `doithoai.engines`, whose object takes the path of a model
directory and gives an `Engine`. A model directory says by its label (`doithoai.json`, "engine") which one reads it.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from transcription.engine import Engine
from transcription.problems import BadModel

GROUP = "doithoai.engines"

OWN = (
    EntryPoint("vosk", "transcription.vosk_engine:VoskEngine", GROUP),
    EntryPoint("whisper", "transcription.whisper_engine:WhisperEngine", GROUP),
)


def names() -> list[str]:
    """The engines that can be asked for; whether each one's library is installed is seen when it is loaded."""
    return sorted({known.name for known in (*OWN, *entry_points(group=GROUP))})


def load(name: str, model_dir: str) -> Engine:
    """The engine with its model loaded. Raises BadModel when there is none, its library is absent or the model bad."""
    found = next((known for known in (*OWN, *entry_points(group=GROUP)) if known.name == name), None)
    if found is None:
        raise BadModel(
            f"Không có bộ nhận dạng tên {name}. Các bộ hiện có: {', '.join(names())}.",
            f"There is no engine named {name}. There are: {', '.join(names())}.",
        )
    try:
        made = found.load()
    except ImportError as why:
        raise BadModel(
            f"Chưa cài thư viện của bộ nhận dạng {name} ({why}). Hãy cài, hoặc chọn mô hình khác.",
            f"The library of the engine {name} is not installed ({why}). Install it or choose another model.",
        ) from why
    engine: Engine = made(model_dir)
    return engine
