"""`model bench`: how fast and how right a model is on recordings of one's own."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment

if TYPE_CHECKING:
    from transcription.accuracy import Rate
    from transcription.models import Model
    from transcription.speed import Measured

SOUNDS = {".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".webm", ".mp4"}


def bench(
    sound: Annotated[Path, typer.Argument(exists=True, help="Tệp âm thanh, hay thư mục. / A sound file or a folder.")],
    model: Annotated[str, typer.Option(help="Tên hoặc đường dẫn mô hình. / Name or path of a model.")] = "",
) -> None:
    """Đo tốc độ, độ trễ; có tệp .txt cạnh tệp âm thanh thì đo cả lỗi. / Speed and delays; errors with texts."""
    from rich.console import Console
    from rich.progress import track

    chosen = environment.settings()
    used = environment.model(chosen, model)
    files = recordings(sound)
    console = Console(stderr=True)
    measured = list(track(_measured(used, files), used.name, len(files), console=console))
    typer.echo("\n".join([f"{used.name}, {len(measured)} tệp / files", *speed(measured), *errors(measured)]))


def recordings(sound: Path) -> list[Path]:
    """The sound files to measure with. Raises BadSound for a folder without any."""
    from transcription.problems import BadSound

    if sound.is_file():
        return [sound]
    found = sorted(path for path in sound.rglob("*") if path.suffix.lower() in SOUNDS)
    if not found:
        raise BadSound(
            f"Thư mục {sound} không có tệp âm thanh nào ({', '.join(sorted(SOUNDS))}).",
            f"There is no sound file in {sound} ({', '.join(sorted(SOUNDS))}).",
        )
    return found


def _measured(model: "Model", files: list[Path]) -> "Iterator[Measured]":
    """In a process of its own; it is stopped when nobody wants the rest."""
    from transcription.problems import BadModel, Problem
    from transcription.speed import Measured

    command = [sys.executable, "-m", "transcription.speed", model.engine, str(model.path), *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None  # noqa: S101 - it was asked for
        try:
            for line in child.stdout:
                said = json.loads(line)
                if "vi" in said:
                    raise Problem(said["vi"], said["en"])
                yield Measured(**said)
        finally:
            child.kill()
    if child.returncode != 0:
        raise BadModel(
            "Máy nhận dạng dừng giữa chừng; mô hình có thể bị hỏng. Hãy chạy: doithoai model verify.",
            "The recogniser ended on the way; the model may be damaged. Run: doithoai model verify.",
        )


def speed(measured: "list[Measured]") -> list[str]:
    """Real-time factor and delays, in words."""
    seconds = sum(one.seconds for one in measured)
    spent, cpu = sum(one.spent for one in measured), sum(one.cpu for one in measured)
    return [
        f"Âm thanh / sound: {seconds:.1f} s",
        f"Hệ số thời gian thực / real-time factor: {spent / seconds:.3f} (CPU {cpu / seconds:.3f})",
        _spread("Xử lý 0,25 s / processing 0.25 s", [one for m in measured for one in m.chunks]),
        _spread("Từ hiện lần đầu sau / word first shown after", [one for m in measured for one in m.first_delays]),
        _spread("Từ chắc chắn sau / word final after", [one for m in measured for one in m.final_delays]),
    ]


def _spread(name: str, values: list[float]) -> str:
    if len(values) < 2:
        return f"{name}: -"
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{name}: p50 {cuts[49]:.2f} s, p90 {cuts[89]:.2f} s, p99 {cuts[98]:.2f} s, max {max(values):.2f} s"


def errors(measured: "list[Measured]") -> list[str]:
    """Error rates of the files that have a text beside them."""
    from transcription.accuracy import characters, words

    pairs = [(_text(Path(one.file)), one.text) for one in measured]
    known = [(said, heard) for said, heard in pairs if said]
    if not known:
        return ["Không có tệp .txt cạnh tệp âm thanh: không đo lỗi. / No .txt beside the sound: no error rates."]
    said, heard = [pair[0] for pair in known], [pair[1] for pair in known]
    return [
        f"Lỗi từ / word errors (WER): {_percent(words(said, heard))}",
        f"Lỗi chữ / character errors (CER): {_percent(characters(said, heard))}",
        f"{len(known)} tệp có lời / files with texts",
    ]


def _text(sound: Path) -> str:
    text = sound.with_suffix(".txt")
    return text.read_text(encoding="utf-8") if text.exists() else ""


def _percent(rate: "Rate") -> str:
    if rate.low is None or rate.high is None:
        return f"{rate.rate:.1%} (ít hơn 5 tệp: không có khoảng tin cậy / fewer than 5 files: no interval)"
    return f"{rate.rate:.1%} (95 %: {rate.low:.1%} – {rate.high:.1%})"
