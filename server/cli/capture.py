"""`capture`: a sound card or a stream becomes a source of a dialogue, through the door of microphones."""

import asyncio
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment
from server.cli.outgoing import Outgoing
from transcription.problems import Problem

if TYPE_CHECKING:
    from server.cli.lasting import Way

REST = 2
"""Seconds before the source is tried again."""


def capture(
    code: Annotated[str, typer.Argument(help="Mã phiên. / Code of the dialogue.")],
    address: Annotated[str, typer.Argument(help="alsa:default, rtsp://…, http://… / Where the sound comes from.")],
    *,
    login: Annotated[str, typer.Option(help="Tài khoản được thu âm. / An account that may record.")],
    source: Annotated[str, typer.Option(help="Nguồn âm thanh. / Name of the source.")] = "hall",
    url: Annotated[str, typer.Option(help="Máy chủ. / The server; of the settings when left out.")] = "",
) -> None:
    """Thu âm từ card âm thanh hoặc luồng mạng; mật khẩu đọc từ đầu vào. / Record a sound card or a stream.

    The password is read from standard input. It goes on until the source ends or Ctrl-C (twice: at once). Exit 1 when
    the server does not take the sound any more; what was not sent then lies in a WAV file here.
    """
    from server.cli.lasting import Way
    from server.crowd.doors import CannotEnter, Target

    target = Target(url or environment.settings().public_url)
    way = Way(target, f"/d/{code}/sound/{source}", login, sys.stdin.readline().strip())
    try:
        asyncio.run(_capture(way, address, f"{code}-{source}"))
    except CannotEnter as why:
        typer.echo(f"Không vào được / cannot enter: {why}", err=True)
        raise typer.Exit(1) from why
    except Problem as why:
        typer.echo(f"{why.vi}\n{why.en}", err=True)
        raise typer.Exit(1) from why
    except asyncio.CancelledError as why:
        raise typer.Exit(130) from why


async def _capture(way: "Way", address: str, name: str) -> None:
    from server.cli.lasting import interruptible

    outgoing, stopped = Outgoing(), threading.Event()
    await way.enter()
    reading = asyncio.create_task(asyncio.to_thread(_read, address, outgoing, asyncio.get_running_loop(), stopped))
    reading.add_done_callback(lambda _: outgoing.finish())
    try:
        with interruptible(stopped):
            await way.send_all(outgoing, stopped)
    finally:
        stopped.set()
        await reading
        _put_by(outgoing, name)


def _read(address: str, outgoing: Outgoing, loop: asyncio.AbstractEventLoop, stopped: threading.Event) -> None:
    """Hear the source until it ends; one that breaks off is opened again, and the time between is a gap."""
    from transcription.inputs import listen
    from transcription.problems import BadSound

    live = threading.Event()
    lost_at: float | None = None
    while not stopped.is_set():
        try:
            for pcm in listen(address, lambda is_live: live.set() if is_live else live.clear()):
                now = time.monotonic()
                skipped = 0 if lost_at is None else round((now - lost_at) * 16_000)
                lost_at = None
                loop.call_soon_threadsafe(outgoing.put, pcm, skipped, now if live.is_set() else None)
                if stopped.is_set():
                    return
            break
        except BadSound as why:
            typer.echo(f"{why.vi}\n{why.en}", err=True)
            lost_at = lost_at or time.monotonic()
            stopped.wait(REST)


def _put_by(outgoing: Outgoing, name: str) -> None:
    """What the server does not have when this ends becomes a file, to be given on the page of sound."""
    from transcription.wav import wav_header

    if outgoing.dropped:
        seconds = outgoing.dropped // 16_000
        typer.echo(
            f"Máy chủ vắng quá lâu: {seconds} giây cũ nhất không giữ được, là khoảng mất tiếng trong bản ghi.\n"
            f"The server was away too long: the oldest {seconds} s could not be kept and are a gap in the recording.",
            err=True,
        )
    if pcm := outgoing.left():
        path = Path(f"doithoai-{name}-{time.strftime('%Y%m%d-%H%M%S')}.wav")
        path.write_bytes(wav_header(len(pcm) // 2) + pcm)
        seconds = len(pcm) // 32_000
        typer.echo(
            f"{seconds} giây chưa gửi được nằm ở {path}: hãy đưa tệp này vào nguồn ấy ở trang Âm thanh.\n"
            f"{seconds} s that were not sent lie in {path}: give that file to the source on the page of sound.",
            err=True,
        )
