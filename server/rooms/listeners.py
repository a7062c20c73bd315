"""One open page, as the room sees it: something to push frames at, without ever waiting for it."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from live.seats import Audience, Seat

SIGNALS_STOP = 16 * 1024
"""Unsent bytes above which a listener gets no more signals: the newest will come when it has caught up."""
PATCHES_STOP = 32 * 1024
"""Unsent bytes above which patches stop and the listener is told to fetch its page again."""
CLOSED_ABOVE = 64 * 1024
"""Unsent bytes above which the line is cut (4008): one stalled phone never costs more."""
LONGEST_STALL = 15.0
"""Seconds without one unsent byte taken by the network, after which a full line is cut."""


class Pushed(Enum):
    """What became of a frame."""

    SENT = "sent"
    SKIPPED = "skipped"
    DEAD = "dead"


class Line(Protocol):
    """The transport under a listener; one adapter per kind of server."""

    def push(self, frame: bytes) -> bool:
        """Write a whole frame without waiting; False when the line is dead."""
        ...

    def buffered(self) -> int:
        """Bytes written but not yet taken by the network."""
        ...

    def abort(self) -> None:
        """Cut the line now, unsent bytes and all."""
        ...


@dataclass(eq=False, slots=True)
class Listener:
    """A page that listens. `behind` is set when patches were withheld: it must be given its page anew."""

    line: Line
    seat: Seat
    language: str
    behind: bool = False

    @property
    def audience(self) -> Audience:
        return self.seat.audience

    def patch(self, frame: bytes) -> Pushed:
        """Send what must not be missed, or mark the listener as behind, or cut it off."""
        waiting = self.line.buffered()
        if waiting > CLOSED_ABOVE:
            self.line.abort()
            return Pushed.DEAD
        if self.behind or waiting > PATCHES_STOP:
            self.behind = True
            return Pushed.SKIPPED
        return Pushed.SENT if self.line.push(frame) else Pushed.DEAD

    def signal(self, frame: bytes) -> Pushed:
        """Send what may be missed, if the line is free enough."""
        if self.line.buffered() > SIGNALS_STOP:
            return Pushed.SKIPPED
        return Pushed.SENT if self.line.push(frame) else Pushed.DEAD
