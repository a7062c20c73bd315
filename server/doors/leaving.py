"""A planned stop: every page is told when to come back before its line closes, and sound is acknowledged to its end.

A hall whose pages lose their lines in one instant comes back in one instant. So each page is given a window that begins
when the next process may answer, and takes a moment of its own in it.
"""

import asyncio
import signal
from collections.abc import Iterable, Sequence
from socket import socket
from types import FrameType

import structlog
import uvicorn

from server import interpreter
from server.doors.fast_lane import GOING
from server.parts import Parts
from server.rooms.ears import Ear
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener
from server.rooms.rooms import Rooms

BATCH, STEP = 500, 0.1
"""Pages told or closed in one go, and seconds between two goes: 10,000 pages take four seconds."""
READING = 0.3
"""Seconds between the last page told and the first line closed; commands are still taken."""
FAREWELL = 3.0
"""Seconds that pages and microphones have to answer the goodbye; then they are cut."""
BACK_MS, RETURNS_MS = 1_500, 1.0
"""Milliseconds from the last line closed until the next process may answer; by which each page widens the window."""
NARROWEST_MS = 1_000

log = structlog.get_logger()


class PatientServer(uvicorn.Server):
    """uvicorn that takes leave of its pages. Asked to stop twice it ends at once: what was acknowledged is on disk."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        interpreter.started()
        self._searching = asyncio.create_task(interpreter.search_now_and_then(), name="search for garbage")

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        here: Parts = self.config.app.state.parts  # type: ignore[union-attr]  # ours is a Starlette, never a name
        await leave(here)
        self._searching.cancel()
        await super().shutdown(sockets)


async def leave(here: Parts) -> None:
    """Tell all pages, then close their lines. Takes some 10 seconds at most, however many never answer."""
    pages = listening(here.rooms)
    if pages:
        log.info("leaving", pages=len(pages))
        await _tell(pages)
        await asyncio.sleep(READING)
        await _close(pages)
    await _end_recordings(here.listening.ears)
    await _see_off(here.rooms)


def listening(rooms: Rooms) -> list[Listener]:
    """Every open page of every room."""
    return [listener for room in rooms.open_rooms() for listener in room.fanout.listeners()]


def window(place: int, pages: int) -> tuple[int, int]:
    """Between which milliseconds after its line was closed the page in this place of the order may come back."""
    ahead = (pages - 1) // BATCH - place // BATCH  # batches closed after its own
    soonest = BACK_MS + round(ahead * STEP * 1000)
    return soonest, soonest + max(NARROWEST_MS, round(pages * RETURNS_MS))


def going(place: int, pages: int) -> bytes:
    return text_frame(envelope({"go": {"after_ms": window(place, pages), "code": GOING}}))


async def _tell(pages: Sequence[Listener]) -> None:
    for first in range(0, len(pages), BATCH):
        frame = going(first, len(pages))
        for page in pages[first : first + BATCH]:
            page.line.push(frame)
        await asyncio.sleep(STEP)


async def _close(pages: Sequence[Listener]) -> None:
    for first in range(0, len(pages), BATCH):
        for page in pages[first : first + BATCH]:
            page.line.close(GOING)
        if first + BATCH < len(pages):
            await asyncio.sleep(STEP)


async def _see_off(rooms: Rooms) -> None:
    """Wait for the goodbyes; whoever came meanwhile is told and closed too, and whoever never answers is cut."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + FAREWELL
    while (left := listening(rooms)) and loop.time() < deadline:
        for page in left:
            page.line.push(going(0, len(left)))
            page.line.close(GOING)
        await asyncio.sleep(STEP)
    for page in left:
        page.line.abort()


async def _end_recordings(ears: Iterable[Ear]) -> None:
    """Each microphone hears how much is on disk and is sent away; it keeps the rest for the next process."""
    goodbyes = [asyncio.ensure_future(ear.microphone.come_back()) for ear in ears if ear.microphone is not None]
    if goodbyes:
        _, late = await asyncio.wait(goodbyes, timeout=FAREWELL)
        for task in late:
            task.cancel()
        await asyncio.gather(*goodbyes, return_exceptions=True)
