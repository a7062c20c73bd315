"""`capture`: a sound card or a stream becomes a source of a dialogue, through the door of microphones."""

import asyncio
import json
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from server.cli import environment

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

    from server.crowd.doors import Target

FRAME = 32_000
"""Bytes sent at a time: a second, half of what the door takes."""
KEPT = 20 * 60 * 32_000
"""Bytes kept while the server is away: twenty minutes. What is older is given up, and becomes a gap that is told."""
REST = 2
"""Seconds before the source, or the server, is tried again."""


@dataclass
class Outgoing:
    """Sound that was heard and is not yet known to be on the server's disk."""

    pieces: deque[tuple[int, bytes]] = field(default_factory=deque)
    end: int = 0
    base: int | None = None
    """Where on the server's recording our first sample lies; None until it was said."""
    line: str = field(default_factory=lambda: uuid4().hex)
    """Names this recording at the door, also after its line was cut."""
    ended: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, pcm: bytes, skipped: int = 0) -> None:
        """What was heard next, behind so many samples that were not."""
        self.end += skipped
        for at in range(0, len(pcm), FRAME):
            part = pcm[at : at + FRAME]
            self.pieces.append((self.end, part))
            self.end += len(part) // 2
        while self.pieces and self.end - self.pieces[0][0] > KEPT // 2:
            self.pieces.popleft()
        self.news.set()

    def finish(self) -> None:
        self.ended = True
        self.news.set()

    def have(self, samples: int) -> None:
        """The server's recording has this many samples."""
        self.base = samples if self.base is None else self.base
        while self.pieces and self.pieces[0][0] + len(self.pieces[0][1]) // 2 <= samples - self.base:
            self.pieces.popleft()
        self.news.set()

    def after(self, at: int) -> tuple[int, bytes] | None:
        """The first piece that begins at or behind `at`."""
        return next((piece for piece in self.pieces if piece[0] >= at), None)


def capture(
    code: Annotated[str, typer.Argument(help="Mã phiên. / Code of the dialogue.")],
    address: Annotated[str, typer.Argument(help="alsa:default, rtsp://…, http://… / Where the sound comes from.")],
    *,
    login: Annotated[str, typer.Option(help="Tài khoản được thu âm. / An account that may record.")],
    source: Annotated[str, typer.Option(help="Nguồn âm thanh. / Name of the source.")] = "hall",
    url: Annotated[str, typer.Option(help="Máy chủ. / The server; of the settings when left out.")] = "",
) -> None:
    """Thu âm từ card âm thanh hoặc luồng mạng; mật khẩu đọc từ đầu vào. / Record a sound card or a stream.

    The password is read from standard input. It goes on until the source ends or Ctrl-C.
    """
    from server.crowd.doors import CannotEnter, Target

    target = Target(url or environment.settings().public_url)
    password = sys.stdin.readline().strip()
    try:
        asyncio.run(_capture(target, code, source, address, (login, password)))
    except CannotEnter as why:
        typer.echo(f"Không vào được / cannot enter: {why}", err=True)
        raise typer.Exit(1) from why


async def _capture(target: "Target", code: str, source: str, address: str, account: tuple[str, str]) -> None:
    from server.crowd.doors import sign_in

    cookie = await sign_in(target, *account)
    outgoing, stopped = Outgoing(), threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(_read, address, outgoing, asyncio.get_running_loop(), stopped))
    reading.add_done_callback(lambda _: outgoing.finish())
    try:
        while True:
            if await _sent(target, f"/d/{code}/sound/{source}", cookie, outgoing):
                return
            await asyncio.sleep(REST)
    finally:
        stopped.set()
        await reading


def _read(address: str, outgoing: Outgoing, loop: asyncio.AbstractEventLoop, stopped: threading.Event) -> None:
    """Hear the source until it ends; one that breaks off is opened again, and the time between is a gap."""
    from transcription.inputs import listen
    from transcription.problems import BadSound

    lost_at: float | None = None
    while not stopped.is_set():
        try:
            for pcm in listen(address):
                skipped = 0 if lost_at is None else round((time.monotonic() - lost_at) * 16_000)
                lost_at = None
                loop.call_soon_threadsafe(outgoing.put, pcm, skipped)
                if stopped.is_set():
                    return
            break
        except BadSound as why:
            typer.echo(f"{why.vi}\n{why.en}", err=True)
            lost_at = lost_at or time.monotonic()
            stopped.wait(REST)


async def _sent(target: "Target", path: str, cookie: str, outgoing: Outgoing) -> bool:
    """Send what there is over one line; whether all was sent and the source has ended. Exits when it is refused."""
    from websockets.asyncio.client import connect
    from websockets.exceptions import WebSocketException

    headers = {"Cookie": cookie, "Origin": target.url}
    try:
        async with connect(target.url.replace("http", "ws", 1) + path, additional_headers=headers) as line:
            await line.send(json.dumps({"start": 1, "rate": 16_000, "line": outgoing.line, "first": None}))
            _told(json.loads(await line.recv()), outgoing)
            hearing = asyncio.create_task(_hear(line, outgoing))
            try:
                return await _send(line, outgoing, hearing)
            finally:
                hearing.cancel()
    except (OSError, WebSocketException, TimeoutError) as why:
        typer.echo(f"Mất máy chủ, thử lại / the server is away, trying again: {why}", err=True)
        return False


async def _send(line: "ClientConnection", outgoing: Outgoing, hearing: "asyncio.Task[None]") -> bool:
    from server.doors.sound import POSITION

    at = 0
    while not hearing.done():
        outgoing.news.clear()
        if (piece := outgoing.after(at)) is not None:
            await line.send(POSITION.pack((outgoing.base or 0) + piece[0]) + piece[1])
            at = piece[0] + len(piece[1]) // 2
        elif outgoing.ended and not outgoing.pieces:
            await line.send('{"stop":1}')
            await line.wait_closed()
            return True
        else:
            news = asyncio.create_task(outgoing.news.wait())
            await asyncio.wait([news, hearing], return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
    hearing.result()  # a refusal is raised here
    return False


async def _hear(line: "ClientConnection", outgoing: Outgoing) -> None:
    async for message in line:
        _told(json.loads(message), outgoing)


def _told(said: dict[str, object], outgoing: Outgoing) -> None:
    if isinstance(have := said.get("have"), int):
        outgoing.have(have)
    elif "refused" in said:
        typer.echo(f"{said.get('vi', said['refused'])}\n{said.get('en', '')}", err=True)
        raise typer.Exit(1)
