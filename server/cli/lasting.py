"""`capture`'s way to the server, which lasts longer than any line and any session."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import typer
from websockets.exceptions import WebSocketException

from server.cli.outgoing import Outgoing
from server.cli.sending import Held, Line, NotLetIn, NotNow, TakenOver
from server.crowd.doors import CannotEnter, Target, sign_in

REST = 2
"""Seconds before the server is tried again."""
AWAY = "Mất máy chủ, thử lại; tiếng vẫn được thu và giữ. / The server is away, trying again; sound is heard and kept."


@dataclass
class Way:
    """To the door of a source at a server, for an account."""

    target: Target
    path: str
    login: str
    password: str
    _cookie: str = ""
    _told: tuple[str, int] = ("", 0)

    async def enter(self) -> None:
        """Sign in. Raises CannotEnter, also when the server is not there."""
        try:
            self._cookie = await sign_in(self.target, self.login, self.password)
        except (OSError, TimeoutError) as why:
            raise CannotEnter(f"{self.target.url}: {why}") from why

    async def send_all(self, outgoing: Outgoing, stopped: threading.Event) -> None:
        """Until the source has ended, or another computer has it, and the server has all that was heard.

        Raises Problem or CannotEnter when it never will.
        """
        line = Line(self.target.url.replace("http", "ws", 1) + self.path, self.target.url, outgoing)
        entered, taken = outgoing.meetings, False
        while not (taken and outgoing.ended and not outgoing.pieces):
            try:
                if await line.send_all(self._cookie):
                    return
            except NotLetIn:
                if entered == outgoing.meetings:
                    raise  # a session made for this very door was not let in
                if await self._entered_again():
                    entered = outgoing.meetings
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
            await asyncio.sleep(REST)

    async def _entered_again(self) -> bool:
        """A session ends after some hours, or by a new password: once more through the front door. False: not now."""
        try:
            self._cookie = await sign_in(self.target, self.login, self.password)
        except CannotEnter as why:
            if not why.busy:
                raise
            return False
        except (OSError, TimeoutError):
            return False
        return True

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
