"""A line that ends in a streamed answer: frames go in, server-sent events come out."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Iterator

from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import CLOSED_ABOVE, FOR_GOOD, LONGEST_STALL, Pushed

BEAT = 15.0
"""Seconds after which a silent feed says something: a page knows that it lives, and no proxy takes it for idle."""
BEATING = b'data: {"beat":1}\n\n'
TRANSPORT = "doithoai.transport"
"""The ASGI extension by which a feed reaches its transport: ASGI itself can only wait for a line that takes nothing."""
_GONE = text_frame(envelope({"gone": 1}))
_POSITION = re.compile(rb'\{"(?:n|caught_up)":(\d+)')


class FeedLine:
    """A `Line` that is slow when its answer is: what waits here is bounded as on a socket."""

    def __init__(self, epoch: str) -> None:
        self._epoch = epoch
        self._waiting: list[bytes] = []
        self._unsent = 0
        self._news = asyncio.Event()
        self._ended = False

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:
        if self._ended:
            return Pushed.DEAD
        if self._unsent > most:
            return Pushed.SKIPPED
        self._waiting.append(frame)
        self._unsent += len(frame)
        self._news.set()
        return Pushed.SENT

    def buffered(self) -> int:
        return self._unsent

    def close(self, code: int) -> None:
        """An answer that ends says "come back" without a code; otherwise it has to be said."""
        if code >= FOR_GOOD and not self._ended:
            self.push(_GONE, sys.maxsize)
        self._ended = True
        self._news.set()

    @property
    def ended(self) -> bool:
        return self._ended

    def abort(self) -> None:
        self._waiting.clear()
        self.close(0)

    async def write(self, send: Callable[[bytes], Awaitable[None]]) -> bool:
        """Send what waits, or a beat when nothing comes for long. False when the line has ended.

        Raises TimeoutError when the network takes nothing for LONGEST_STALL.
        """
        try:
            async with asyncio.timeout(BEAT):
                await self._news.wait()
        except TimeoutError:
            await self.in_time(send(BEATING))
            return True
        self._news.clear()
        taken, self._waiting = b"".join(self._waiting), []
        if taken:
            await self.in_time(send(b"".join(event(text, self._epoch) for text in texts(taken))))
            self._unsent -= len(taken)
        return not self._ended

    async def in_time(self, sent: Awaitable[None]) -> None:
        """Wait for the network to take it. Raises TimeoutError after LONGEST_STALL."""
        async with asyncio.timeout(LONGEST_STALL):
            await sent


def texts(frames: bytes) -> Iterator[bytes]:
    """The messages in frames of our own making, one behind the other."""
    at = 0
    while at < len(frames):
        size, head = frames[at + 1], at + 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, head = int.from_bytes(frames[head : head + wide]), head + wide
        at = head + size
        yield frames[head:at]


def event(text: bytes, epoch: str) -> bytes:
    """A message as an event. One that brings the page up to an entry carries that position as its id."""
    found = _POSITION.match(text)
    position = b"" if found is None else b"id: %s.%s\n" % (found[1], epoch.encode())
    return b"%sdata: %s\n\n" % (position, text)
