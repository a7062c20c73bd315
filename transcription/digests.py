"""Checksums that were seen, so that what changed later is told: of archives, and of each file of an installed model."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from transcription.problems import BadModel

SEEN = "digests.json"
"""Beside the models: {"vosk-model-vn-0.4.zip": "<SHA-256 of the first one installed>"}."""
FILES = "files.sha256"
"""In a model: its files as they were installed, in the form of sha256sum."""


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(archive: Path, name: str, models_dir: Path, wanted: str | None) -> str:
    """The archive's SHA-256, when it is the one asked for or, unasked, the one seen at the first installation.

    Raises BadModel for another one. What is asked for wins over what was seen: an administrator knows of a new release.
    """
    sha256 = digest(archive)
    seen = _seen(models_dir).get(name)
    if wanted and sha256 != wanted.strip().lower():
        raise BadModel(
            f"Mã kiểm tra của {name} là {sha256}, không phải {wanted}. Tệp có thể bị hỏng hoặc bị thay. Chưa cài gì.",
            f"The SHA-256 of {name} is {sha256}, not {wanted}. It may be damaged or replaced. Nothing was installed.",
        )
    if not wanted and seen and sha256 != seen:
        raise BadModel(
            f"{name} khác tệp đã cài lần đầu (khi đó {seen}, nay {sha256}). Chưa cài gì. Nếu đây đúng là bản mới, "
            f"hãy chạy lại với --sha256 {sha256}.",
            f"{name} is not the archive installed first (then {seen}, now {sha256}). Nothing was installed. If it is "
            f"a new release, run again with --sha256 {sha256}.",
        )
    return sha256


def remember(models_dir: Path, name: str, sha256: str) -> None:
    """Record an installed archive. The file is replaced whole, so that it is never half written."""
    seen = {**_seen(models_dir), name: sha256}
    draft = models_dir / f".{SEEN}"
    draft.write_text(json.dumps(seen, indent=1, sort_keys=True), encoding="utf-8")
    draft.replace(models_dir / SEEN)


def _seen(models_dir: Path) -> dict[str, str]:
    path = models_dir / SEEN
    if not path.exists():
        return {}
    try:
        seen = dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as why:
        raise BadModel(
            f"Không đọc được {path} ({why}). Hãy sửa hoặc xóa tệp này. Chưa cài gì.",
            f"Cannot read {path} ({why}). Correct or remove that file. Nothing was installed.",
        ) from why
    return {str(name): str(sha256) for name, sha256 in seen.items()}


def write_down(model_dir: Path) -> None:
    """Record every file of a model about to be put in place."""
    files = sorted(path for path in model_dir.rglob("*") if path.is_file() and path.name != FILES)
    lines = [f"{digest(path)}  {path.relative_to(model_dir).as_posix()}\n" for path in files]
    (model_dir / FILES).write_text("".join(lines), encoding="utf-8")


def changed(model_dir: Path) -> list[str] | None:
    """The files that are not as they were installed; None when nobody wrote down how they were."""
    if not (model_dir / FILES).exists():
        return None
    lines = (model_dir / FILES).read_text(encoding="utf-8").splitlines()
    then = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    return [name for name, sha256 in then.items() if _now(model_dir / name) != sha256]


def _now(path: Path) -> str | None:
    return digest(path) if path.is_file() else None
