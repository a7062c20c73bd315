"""`capture`'s way to the server, which lasts longer than any line and any session."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import typer
from websockets.exceptions import WebSocketException

from server.cli.outgoing import KEPT, Outgoing
from server.cli.sending import Held, Line, NotLetIn, NotNow, TakenOver
from server.crowd.doors import CannotEnter, Target, sign_in

REST = 2
"""Seconds before the server is tried again."""
PATIENCE = 10
"""Seconds for signing in; the sound of a hall does not wait for it."""
AWAY = "Mất máy chủ, thử lại; tiếng vẫn được thu và giữ. / The server is away, trying again; sound is heard and kept."
HALF_FULL = (
    "Máy chủ vắng đã hơn một giờ: chỉ giữ được hai giờ tiếng chưa gửi. Hãy nối lại mạng, hoặc thu thêm bằng máy khác.\n"
    "The server has been away for more than an hour: two hours of unsent sound can be kept. Mend the network, or "
    "record with another machine as well."
)
FULL = (
    "Đã giữ đủ hai giờ tiếng chưa gửi: từ giờ tiếng cũ nhất mất dần. Hãy nối lại mạng, "
    "hoặc Ctrl-C hai lần để cất vào tệp.\n"
    "Two hours of unsent sound are kept: from now on the oldest is lost. Mend the network, or press Ctrl-C twice to "
    "put what there is in a file."
)


@dataclass
class Way:
    """To the door of a source at a server, for an account."""

    target: Target
    path: str
    login: str
    password: str
    _cookie: str = ""
    _proven: bool = False
    """This door has let the session of the cookie in."""
    _told: tuple[str, int] = ("", 0)
    _warned: str = ""

    @property
    def door(self) -> str:
        """The whole address of the source."""
        return self.target.url + self.path

    async def enter(self) -> bool:
        """Sign in. False when the server is not there now, which is told. Raises CannotEnter."""
        self._cookie = ""
        try:
            async with asyncio.timeout(PATIENCE):
                self._cookie = await sign_in(self.target, self.login, self.password)
        except CannotEnter as why:
            if not why.busy:
                raise
        except (OSError, TimeoutError):
            pass
        if not self._cookie:
            self._tell(f"{self.target.url}: {AWAY}", -1)
        return bool(self._cookie)

    async def send_all(self, outgoing: Outgoing, stopped: threading.Event) -> None:
        """Until the source has ended, or another computer has it, and the server has all that was heard.

        Raises Problem or CannotEnter when it never will.
        """
        line = Line(self.target.url.replace("http", "ws", 1) + self.path, self.target.url, outgoing)
        entered, taken = -1 if self._proven else outgoing.meetings, False
        while not (taken and outgoing.ended and not outgoing.pieces):
            try:
                if (self._cookie or await self.enter()) and await line.send_all(self._cookie):
                    break
            except NotLetIn:
                if entered == outgoing.meetings:
                    raise  # a session made for this very door was not let in
                entered, self._cookie = outgoing.meetings, ""  # it ended, after some hours or by a new password
                continue
            except (Held, NotNow, TakenOver) as why:
                if isinstance(why, Held) and not outgoing.meetings:
                    raise  # who has just begun is sent home; who has sound that nobody else has stays
                taken = taken or isinstance(why, TakenOver)
                self._tell(str(why), outgoing.meetings)
            except (OSError, WebSocketException, TimeoutError):
                self._tell(AWAY, outgoing.meetings)
            if taken:
                stopped.set()
            self._warn(outgoing)
            await asyncio.sleep(REST)
        self._proven = True

    def _warn(self, outgoing: Outgoing) -> None:
        """Before what is kept is full, and when the oldest of it begins to go: once each."""
        warning = FULL if outgoing.dropped else HALF_FULL if outgoing.end - outgoing.first > KEPT // 2 else ""
        if warning and warning != self._warned:
            typer.echo(warning, err=True)
        self._warned = warning

    def _tell(self, sentence: str, meeting: int) -> None:
        """Say what is the matter, once for each line that had been there."""
        if self._told != (sentence, meeting):
            typer.echo(sentence, err=True)
        self._told = sentence, meeting


@contextmanager
def interruptible(stopped: threading.Event) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends hearing, and what is left is sent; the second ends everything."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def end() -> None:
        if stopped.is_set() and task is not None:
            task.cancel()
        stopped.set()
        typer.echo("Đang gửi nốt; Ctrl-C lần nữa: dừng ngay. / Sending the rest; Ctrl-C again: end at once.", err=True)

    with suppress(RuntimeError, ValueError):  # in a thread that hears no signals there are none to take
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        with suppress(RuntimeError, ValueError):
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
