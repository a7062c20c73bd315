"""A line that keeps what is pushed, as slow and as dead as a test wants it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import msgspec

from live.seats import Seat
from server.rooms.listeners import CLOSED_ABOVE, Listener, Pushed


def texts(pushed: bytes) -> Iterator[str]:
    """The texts of our own frames, one after the other."""
    while pushed:
        size, head = pushed[1], 2
        if size >= 126:
            head = 4 if size == 126 else 10
            size = int.from_bytes(pushed[2:head])
        yield pushed[head : head + size].decode()
        pushed = pushed[head + size :]


class KeptLine:
    """Honours the contract of `Line`: whole frames, no waiting. Stalled, it keeps all unsent until `drain`."""

    def __init__(self, *, stalled: bool = False) -> None:
        self.frames: list[bytes] = []
        self.stalled = stalled
        self.dead = False
        self.code: int | None = None
        self.unsent = 0

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:
        if self.dead:
            return Pushed.DEAD
        if self.unsent > most:
            return Pushed.SKIPPED
        self.frames.append(frame)
        self.unsent += len(frame) if self.stalled else 0
        return Pushed.SENT

    def buffered(self) -> int:
        return self.unsent

    def close(self, code: int) -> None:
        self.dead, self.code = True, self.code or code

    def abort(self) -> None:
        self.dead = True

    def drain(self) -> None:
        """The network takes everything."""
        self.stalled, self.unsent = False, 0

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(text) for frame in self.frames for text in texts(frame)]


async def told() -> None:
    """What the last command made new has gone out: some turns of the loop behind its answer (decision 0260)."""
    for _ in range(8):
        await asyncio.sleep(0)


def listen(seat: Seat, language: str = "vi", *, stalled: bool = False) -> tuple[Listener, KeptLine]:
    line = KeptLine(stalled=stalled)
    return Listener(line, seat, language), line
