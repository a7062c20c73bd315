"""Putting a model in place: from a zip, a directory, a Python package, or fetched because somebody asked.

Everything happens in a hidden directory beside the target and is moved in place in one step at the end, verified.
One installation at a time: what an earlier one, killed, left behind is cleared away by the next.
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from transcription import digests
from transcription.catalogue import OFFERS, SOURCE, Offer
from transcription.fetching import Progress, Watch, fetch, no_room
from transcription.models import LABEL, Model, verify
from transcription.problems import BadModel
from transcription.unpacking import unpack

MOST_BYTES = 8 << 30
"""The largest models there are take about 5 GB unpacked."""
INCOMING = ".incoming-"
PARTIAL = ".partial"
"""Half downloads that may be gone on with, one file each."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A model put in place, and the SHA-256 of the archive it came from (None when it came without one)."""

    model: Model
    sha256: str | None


def _unwatched(_done: int, _total: int | None) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be said about an installation. `sha256`, when given, must be the archive's, or nothing is installed.

    `base_address` stands in for the maker's own; `pause` waits that many seconds before a cut download goes on.
    """

    base_address: str | None = None
    sha256: str | None = None
    on_progress: Progress = _unwatched
    cancelled: Callable[[], bool] = lambda: False
    pause: Callable[[float], object] = time.sleep


@dataclass(frozen=True, slots=True)
class _Brought:
    """Files in staging/unpacked: the name they go by, and their archive's file name and checksum, if it had one."""

    name: str
    archive: str = ""
    sha256: str | None = None


def install(what: str, models_dir: Path, wish: Wish = Wish()) -> Installed:
    """Install a zip or a directory by its path, a zip by its https address, or a model by its short name ("vi").

    It blocks; give it a thread. Raises BadModel in sentences, Cancelled; then nothing has changed.
    """
    models_dir.mkdir(parents=True, exist_ok=True)
    with _alone(models_dir), tempfile.TemporaryDirectory(prefix=INCOMING, dir=models_dir) as where:
        staging = Path(where)
        brought = _bring(what, staging, models_dir, wish)
        model = _found(staging / "unpacked", brought.name)
        if not isinstance(model, Model):
            raise model
        own_name = brought.name if model.path == staging / "unpacked" else model.path.name
        digests.write_down(model.path)
        put = _put(model, models_dir, own_name)
        if brought.sha256:
            digests.remember(models_dir, brought.archive, brought.sha256)
        return Installed(put, brought.sha256)


def remove(name: str, models_dir: Path) -> Path:
    """Remove an installed model by its directory's name; where it lay is the answer. Raises BadModel."""
    target = models_dir / name
    if not name or Path(name).name != name or name.startswith(".") or not target.is_dir():
        raise BadModel(
            f"Không có mô hình {name!r} trong {models_dir}. Chưa xóa gì. Xem tên bằng: doithoai model list.",
            f"There is no model {name!r} in {models_dir}. Nothing was removed. See the names: doithoai model list.",
        )
    with _alone(models_dir), tempfile.TemporaryDirectory(prefix=INCOMING, dir=models_dir) as where:
        target.rename(Path(where) / name)  # gone in one step; the files go after it
    return target


@contextmanager
def _alone(models_dir: Path) -> Iterator[None]:
    """One at a time; the lock goes with the process that holds it, however that ends."""
    with (models_dir / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise BadModel(
                f"Đang có một lần cài hoặc xóa khác trong {models_dir}. Chưa làm gì. Hãy đợi nó xong rồi chạy lại.",
                f"Another installation or removal is at work in {models_dir}. Nothing was done. Wait for its end.",
            ) from why
        for left in models_dir.glob(f"{INCOMING}*"):
            shutil.rmtree(left)
        yield


def _bring(what: str, staging: Path, models_dir: Path, wish: Wish) -> _Brought:
    path = Path(what)
    if "://" in what:
        return _fetched(what, Path(unquote(urlsplit(what).path)).name or "model.zip", None, staging, models_dir, wish)
    if path.is_file():
        return _unpacked(path, path.name, staging, models_dir, wish.sha256, wish)
    if path.is_dir():
        _copy(path, staging / "unpacked")
        return _Brought(path.resolve().name)
    if (offer := OFFERS.get(what)) is None:
        known = ", ".join(OFFERS)
        raise BadModel(
            f"Không có tệp hay thư mục {what}, và cũng không phải tên ngắn ({known}). Chưa cài gì.",
            f"There is no file or directory {what}, nor is it a short name ({known}). Nothing was installed.",
        )
    if offer.package:
        _copy(_packaged(offer.package), staging / "unpacked")
        label = {"language": offer.language, "name": offer.name}
        (staging / "unpacked" / LABEL).write_text(json.dumps(label), encoding="utf-8")
        return _Brought(offer.name)
    address = f"{(wish.base_address or SOURCE).rstrip('/')}/{offer.name}.zip"
    return _fetched(address, f"{offer.name}.zip", offer, staging, models_dir, wish)


def _fetched(address: str, name: str, offer: Offer | None, staging: Path, models_dir: Path, wish: Wish) -> _Brought:
    partial = models_dir / PARTIAL / name
    partial.parent.mkdir(exist_ok=True)
    fetch(address, partial, MOST_BYTES, Watch(wish.on_progress, wish.cancelled, wish.pause))
    whole = partial.rename(staging / name)
    return _unpacked(whole, name, staging, models_dir, wish.sha256 or (offer.sha256 if offer else None), wish)


def _unpacked(archive: Path, name: str, staging: Path, models_dir: Path, wanted: str | None, wish: Wish) -> _Brought:
    sha256 = digests.check(archive, name, models_dir, wanted)
    unpack(archive, staging / "unpacked", MOST_BYTES, wish.cancelled)
    return _Brought(Path(name).stem, name, sha256)


def _copy(source: Path, to: Path) -> None:
    """Copy a directory. A link that leads out of it would bring in a file that nobody meant."""
    inside = source.resolve()
    for path in source.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            raise BadModel(
                f"{path} là liên kết ra ngoài thư mục. Chưa cài gì. Hãy chép thành tệp thật (cp -rL) rồi cài lại.",
                f"{path} is a link that leads out of the directory. Nothing was installed. Copy it as real files "
                "(cp -rL) and install that.",
            )
    wanted = sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
    if wanted > (free := shutil.disk_usage(to.parent).free):
        raise no_room(wanted, free)
    shutil.copytree(source, to)


def _packaged(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise BadModel(
            f"Gói Python {package} chưa được cài. Hãy cài gói này, hoặc chạy: doithoai model install ĐƯỜNG_DẪN.",
            f"The Python package {package} is not installed. Install it, or run: doithoai model install PATH.",
        )
    return Path(found.submodule_search_locations[0]) / "model"


def _found(unpacked: Path, name: str) -> Model | BadModel:
    """The model in these files: at the top, or in the one directory that archives usually hold."""
    top = verify(unpacked, name)
    if isinstance(top, Model):
        return top
    inside = [verify(path, f"{name}/{path.name}") for path in sorted(unpacked.iterdir()) if path.is_dir()]
    models = [model for model in inside if isinstance(model, Model)]
    if models:
        return models[0]
    problems = [problem for problem in inside if isinstance(problem, BadModel)]
    return problems[0] if len(problems) == 1 else top


def _put(model: Model, models_dir: Path, name: str) -> Model:
    target = models_dir / name
    if target.exists():
        raise BadModel(
            f"Đã có {target}. Mô hình cũ vẫn dùng được. Muốn thay: doithoai model remove {name}, rồi cài lại.",
            f"{target} is there already and still works. To replace it: doithoai model remove {name}, then install.",
        )
    model.path.rename(target)
    put = verify(target)
    if not isinstance(put, Model):
        raise put
    return put
