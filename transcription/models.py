"""Which recognition models are here, and whether a directory is one: nothing is loaded, only looked at."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from transcription.problems import BadModel

NEW_LAYOUT = ("am/final.mdl", "conf/model.conf", "conf/mfcc.conf")
OLD_LAYOUT = ("final.mdl", "mfcc.conf")
WHISPER = ("model.bin", "config.json", "tokenizer.json")
"""A directory of CTranslate2. Without the tokenizer its library would fetch one, which nothing here may do."""
IVECTOR = ("final.dubm", "final.ie", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")
LABEL = "doithoai.json"
"""A note beside the model's files: {"language": "vi", "name": "...", "engine": "..."}; it wins over the name."""

LANGUAGE_NAMES = {"vn": "vi", "kr": "ko", "cn": "zh", "ua": "uk", "gr": "el"}
"""Vosk names some languages after countries; we use the language codes of BCP 47."""


@dataclass(frozen=True, slots=True)
class Model:
    """A directory with every file a recogniser needs. `language` is None when neither name nor label tells it."""

    name: str
    path: Path
    language: str | None
    has_conf: bool
    """Whether it is the newer layout, with conf/model.conf."""
    size: int
    """Bytes on disk."""
    engine: str = "vosk"
    """Who can read it; the model of an engine that is not ours is checked by that engine, when it loads it."""


def verify(path: Path, known_as: str = "") -> Model | BadModel:
    """The model in this directory, or in sentences why it is none and which files are missing.

    The sentences call it `known_as`, when it lies for a moment where nobody would look for it.
    """
    shown = known_as or str(path)
    if not path.is_dir():
        return BadModel(
            f"Không có thư mục mô hình ở {shown}. Hãy cài bằng: doithoai model install ĐƯỜNG_DẪN.",
            f"There is no model directory at {shown}. Install one with: doithoai model install PATH.",
        )
    try:
        label = _label(path)
    except ValueError as why:
        return BadModel(
            f"Không đọc được {shown}/{LABEL} ({why}). Hãy sửa hoặc xóa tệp này.",
            f"Cannot read {shown}/{LABEL} ({why}). Correct or remove that file.",
        )
    engine = label.get("engine") or _engine_of(path)
    if missing := _missing(path, engine):
        kind, names = engine.capitalize(), ", ".join(missing)
        return BadModel(
            f"{shown} không phải là mô hình {kind} đầy đủ, thiếu: {names}. Hãy tải lại và cài lại mô hình.",
            f"{shown} is not a complete {kind} model, missing: {names}. Download and install it again.",
        )
    files = [file for file in path.rglob("*") if file.is_file()]
    return Model(
        name=label.get("name", path.name),
        path=path,
        language=label.get("language") or language_of(path.name),
        has_conf=_is_new(path),
        size=sum(file.stat().st_size for file in files),
        engine=engine,
    )


def list_models(models_dir: Path) -> list[Model]:
    """Every complete model in this directory, by name; whatever else lies there is passed over."""
    if not models_dir.is_dir():
        return []
    found = [verify(path) for path in sorted(models_dir.iterdir()) if path.is_dir() and not path.name.startswith(".")]
    return [model for model in found if isinstance(model, Model)]


def language_of(name: str) -> str | None:
    """The language a model's name tells: vosk-model-small-vn-0.4 is "vi". None when it tells none."""
    told = re.search(r"(?:^|vosk-model-)(?:small-|big-)?([a-z]{2})(?:-|$)", name.replace("_", "-").lower())
    return LANGUAGE_NAMES.get(told[1], told[1]) if told else None


def _is_new(path: Path) -> bool:
    return (path / "conf" / "model.conf").is_file() or (path / "am").is_dir()


def _engine_of(path: Path) -> str:
    """Whose files these are, for want of a label."""
    return "whisper" if (path / WHISPER[0]).is_file() else "vosk"


def _missing(path: Path, engine: str) -> list[str]:
    if engine == "whisper":
        missing = [name for name in WHISPER if not _there(path / name)]
        return missing if any(map(_there, path.glob("vocabulary.*"))) else [*missing, "vocabulary.json"]
    return _missing_of_vosk(path) if engine == "vosk" else []


def _missing_of_vosk(path: Path) -> list[str]:
    wanted = list(NEW_LAYOUT if _is_new(path) else OLD_LAYOUT)
    if (path / "ivector").is_dir():
        wanted += [f"ivector/{name}" for name in IVECTOR]
    missing = [name for name in wanted if not _there(path / name)]
    graph = path / "graph" if _is_new(path) else path
    if not _there(graph / "HCLG.fst"):  # one static graph, or the two halves of a dynamic one
        missing += [str(file.relative_to(path)) for file in (graph / "HCLr.fst", graph / "Gr.fst") if not _there(file)]
    return missing


def _there(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _label(path: Path) -> dict[str, str]:
    if not (path / LABEL).exists():
        return {}
    said = json.loads((path / LABEL).read_text(encoding="utf-8"))
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise ValueError("not an object of strings")
    return said
