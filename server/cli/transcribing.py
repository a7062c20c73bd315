"""`transcribe`: a sound file into words, or the recording of a dialogue read a second time."""

import asyncio
import tempfile
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment, rereading
from server.cli.whole import whole

if TYPE_CHECKING:
    from transcription.captions import TimedLine
    from transcription.polish import Polish


class Form(StrEnum):
    """How the words are written down."""

    TXT = "txt"
    SRT = "srt"
    VTT = "vtt"


def transcribe(
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="Tệp âm thanh hoặc phim. / Sound or film.")
    ] = None,
    *,
    model: Annotated[str, typer.Option(help="Tên hoặc đường dẫn mô hình. / Name or path of a model.")] = "",
    form: Annotated[Form, typer.Option("--format", help="txt, srt, vtt")] = Form.TXT,
    output: Annotated[Path | None, typer.Option(help="Tệp kết quả; không ghi thì in ra. / Otherwise printed.")] = None,
    dialogue: Annotated[str, typer.Option(help="Mã phiên có bản ghi. / Code of a recorded dialogue.")] = "",
    source: Annotated[str, typer.Option(help="Nguồn âm thanh. / Source of the sound.")] = "hall",
    again: Annotated[bool, typer.Option("--again", help="Nghe lại bản ghi. / Read the recording again.")] = False,
    gaps: Annotated[bool, typer.Option("--gaps", help="Chỉ đoạn chưa có lời. / Only what has no words.")] = False,
) -> None:
    """Chuyển âm thanh thành chữ, hoặc nghe lại bản ghi của một phiên. / Turn sound into words, or read it again.

    A second reading is kept beside the recording and changes nothing in the dialogue. Ctrl-C stops it; the same command
    goes on.
    """
    from transcription.polish import Polish

    if (file is None) != again or bool(dialogue) != again:
        raise typer.BadParameter("TỆP, hoặc --dialogue MÃ --again / FILE, or --dialogue CODE --again")
    chosen = environment.settings()
    used = environment.model(chosen, model)
    polish = Polish(chosen.polish, language=used.language)
    with nullcontext() if output is None else whole(output) as into:  # a place that takes nothing is told at once
        if file is None:
            lines = asyncio.run(rereading.read_again(chosen, used, rereading.What(dialogue, source, gaps), polish))
        else:
            lines = asyncio.run(_heard(file, used.path, polish))
        text = _written(lines, form, timed=again)
        if into is None:
            typer.echo(text, nl=False)
        else:
            into.write(text.encode())


def _written(lines: "list[TimedLine]", form: Form, *, timed: bool) -> str:
    """In the form that was asked for; plain text with the times of its lines where they are to be compared."""
    from transcription.captions import srt, vtt

    if form is Form.TXT:
        return "".join(f"{_stamp(line.start_ms) if timed else ''}{line.text}\n" for line in lines)
    return srt(lines) if form is Form.SRT else vtt(lines)


def _stamp(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1_000 % 60:02d} "


async def _heard(file: Path, model: Path, polish: "Polish") -> "list[TimedLine]":
    from rich.console import Console
    from rich.progress import Progress

    from transcription.captions import TimedLine
    from transcription.heard import SAMPLE_RATE, Final
    from transcription.transcribe import transcribe as hear

    lines = []
    with tempfile.TemporaryDirectory() as directory, Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(file.name, total=None)
        async for heard in hear(file, model, Path(directory) / "sound"):
            if isinstance(heard, Final):
                times = (heard.start * 1000 // SAMPLE_RATE, heard.end * 1000 // SAMPLE_RATE)
                lines.append(TimedLine(*times, "", polish.final(heard).text))
            else:
                progress.update(task, completed=heard.seconds, total=heard.of)
    return [line for line in lines if line.text]
