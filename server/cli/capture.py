"""`capture`: a sound card or a stream becomes a source of a dialogue, through the door of microphones."""

import asyncio
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment
from server.cli.outgoing import Outgoing
from transcription.problems import Problem

if TYPE_CHECKING:
    from server.cli.keeper import Keeper
    from server.cli.lasting import Way

REST = 2
"""Seconds before the source is tried again."""
AHEAD = 60 * 16_000
"""Samples of a file that are read before the server has those before them: it can wait, where live sound cannot."""


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
    the server does not take the sound any more; what was not sent then lies in a WAV file here. Live sound lies in
    DOITHOAI_DATA_DIR/capture until the server has it: after a crash the same command sends it first.
    """
    from server.cli.lasting import Way
    from server.crowd.doors import CannotEnter, Target

    chosen = environment.settings()
    way = Way(Target(url or chosen.public_url), f"/d/{code}/sound/{source}", login, sys.stdin.readline().strip())
    try:
        asyncio.run(_capture(way, address, chosen.data_dir / "capture", f"{code}-{source}"))
    except CannotEnter as why:
        typer.echo(f"Không vào được / cannot enter: {why}", err=True)
        raise typer.Exit(1) from why
    except Problem as why:
        typer.echo(f"{why.vi}\n{why.en}", err=True)
        raise typer.Exit(1) from why
    except asyncio.CancelledError as why:
        raise typer.Exit(130) from why


async def _capture(way: "Way", address: str, kept: Path, name: str) -> None:
    from server.cli.keeper import Keeper
    from server.cli.keeping import Label
    from server.cli.lasting import interruptible
    from server.cli.left import left_of, put_by

    outgoing, stopped = Outgoing(), threading.Event()
    await way.enter()
    left = await asyncio.to_thread(left_of, kept, way.door)
    keeper = Keeper(kept, Label(way.door, outgoing.line, int(time.time() * 1000)))
    heard = _Heard(outgoing, keeper, asyncio.get_running_loop(), stopped)
    reading = asyncio.create_task(asyncio.to_thread(_read, address, heard))
    reading.add_done_callback(lambda _: outgoing.finish())
    try:
        with interruptible(stopped):
            for before in left:
                await way.send_all(before, stopped)
            await way.send_all(outgoing, stopped)
    finally:
        stopped.set()
        await reading
        for before in left:
            await before.let_go(over=not before.pieces)
        await outgoing.let_go(over=put_by(outgoing, name))


@dataclass
class _Heard:
    """From the thread that hears to the loop that sends."""

    outgoing: Outgoing
    keeper: "Keeper"
    loop: asyncio.AbstractEventLoop
    stopped: threading.Event
    live: bool = False

    def opened(self, live: bool) -> None:
        """The source is there: live, or a recording."""
        self.live = live
        if live:
            self.loop.call_soon_threadsafe(self.outgoing.keep, self.keeper)

    def put(self, pcm: bytes, skipped: int, now: float) -> None:
        """What was heard at this moment, behind so many samples that were not."""
        self.loop.call_soon_threadsafe(self.outgoing.put, pcm, skipped, now if self.live else None)
        while not self.live and self.outgoing.end - self.outgoing.first > AHEAD and not self.stopped.wait(0.05):
            pass


def _read(address: str, heard: _Heard) -> None:
    """Hear the source until it ends; one that breaks off is opened again, and the time between is a gap."""
    from transcription.inputs import listen
    from transcription.problems import BadSound

    lost_at: float | None = None
    while not heard.stopped.is_set():
        try:
            for pcm in listen(address, heard.opened):
                now = time.monotonic()
                heard.put(pcm, 0 if lost_at is None else round((now - lost_at) * 16_000), now)
                lost_at = None
                if heard.stopped.is_set():
                    return
            break
        except BadSound as why:
            typer.echo(f"{why.vi}\n{why.en}", err=True)
            lost_at = lost_at or time.monotonic()
            heard.stopped.wait(REST)
