"""A line that keeps what is pushed, as slow and as dead as a test wants it."""

from typing import Any

import msgspec

from live.seats import Seat
from server.doors.fast_lane import payload
from server.rooms.listeners import Listener


class KeptLine:
    """Honours the contract of `Line`: whole frames, no waiting, False when dead."""

    def __init__(self, *, stalled: bool = False) -> None:
        self.frames: list[bytes] = []
        self.stalled = stalled
        self.dead = False

    def push(self, frame: bytes) -> bool:
        if not self.dead:
            self.frames.append(frame)
        return not self.dead

    def buffered(self) -> int:
        return sum(map(len, self.frames)) if self.stalled else 0

    def abort(self) -> None:
        self.dead = True

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(payload(frame)) for frame in self.frames]


def listen(seat: Seat, language: str = "vi", *, stalled: bool = False) -> tuple[Listener, KeptLine]:
    line = KeptLine(stalled=stalled)
    return Listener(line, seat, language), line
