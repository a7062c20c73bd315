"""A photo's way through the process that redraws it: two at a time, so many seconds, and its death is an answer."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from live.refusals import Code, Refused, refuse
from server.rooms.turn import Busy

LARGEST_MB = 15
"""Of a file as it comes from the camera, in millions of bytes; the phone page sends a small one."""
AT_ONCE = 2
"""Photos that are redrawn at the same time: each may take a core and some hundred megabytes for a second."""
WAITING = 30
"""Photos that are redrawn or wait for it; beyond, phones keep theirs and come again."""
AGAIN_MS = 5_000
"""After which they may."""
LONGEST = 30.0
"""Seconds for one, waiting for the machine included."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A photo as it is kept: two JPEG files."""

    large: bytes
    small: bytes


class Redrawing:
    """Of one server."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def redraw(self, read: Callable[[], Awaitable[bytes]]) -> Redrawn | Refused | Busy:
        """The photo drawn anew, or why not. It is read when its turn has come: those that wait take no memory."""
        if self._waiting >= WAITING:
            return Busy(AGAIN_MS)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._redrawn(await read())
        finally:
            self._waiting -= 1

    async def _redrawn(self, file: bytes) -> Redrawn | Refused:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.photos.reading",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(LONGEST):
                said, _ = await child.communicate(file)
        except TimeoutError:
            said = b""
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        return _judged(said, child.returncode)


def _judged(said: bytes, code: int | None) -> Redrawn | Refused:
    head, _, pictures = said.partition(b"\n")
    told = json.loads(head) if head.startswith(b"{") else {}
    if told.get("wrong") == "too_large":
        return refuse(Code.PHOTO_TOO_LARGE, limit=LARGEST_MB)
    if code or "large" not in told or len(pictures) != told["large"] + told["small"]:
        log.info("photo_not_read", wrong=told.get("wrong", "died"), code=code)
        return refuse(Code.NOT_A_PHOTO)
    return Redrawn(pictures[: told["large"]], pictures[told["large"] :])
