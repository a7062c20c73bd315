"""One open page, as the room sees it: something to push frames at, without ever waiting for it."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from live.seats import Audience, Seat

SIGNALS_STOP = 16 * 1024
"""Unsent bytes above which a listener gets no more signals: the newest will come when it has drained."""
PATCHES_STOP = 32 * 1024
"""Unsent bytes above which patches stop: it gets them, or its page anew, when it has drained."""
CLOSED_ABOVE = 64 * 1024
"""Unsent bytes, beside one whole page, above which the line is cut: one stalled phone never costs more."""
LONGEST_STALL = 15.0
"""Seconds without one unsent byte taken by the network, after which a full line is cut."""
TOO_SLOW = 4008
"""Close code: this line did not take what it was sent; come back."""
TOO_MANY = 4504
"""Close code: this seat has opened newer pages; do not come back."""
FOR_GOOD = 4500
"""Close codes from here on mean: do not come back."""


class Pushed(Enum):
    """What became of a frame."""

    SENT = "sent"
    SKIPPED = "skipped"
    DEAD = "dead"


class Line(Protocol):
    """The transport under a listener; one adapter for each kind of server.

    Whoever makes one calls `Fanout.bring` with its listener each time when a line that was full has drained,
    `Fanout.leave` when it is gone, and cuts it with TOO_SLOW after LONGEST_STALL.
    """

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:
        """Write whole frames without waiting, unless more than `most` bytes are still unsent."""
        ...

    def buffered(self) -> int:
        """Bytes written but not yet taken by the network."""
        ...

    def close(self, code: int) -> None:
        """Say goodbye with a close code, and cut the line soon if nobody answers."""
        ...

    def abort(self) -> None:
        """Cut the line now, unsent bytes and all."""
        ...


@dataclass(eq=False, slots=True)
class Listener:
    """A page that listens, and how far it has come.

    `at` is the entry up to which it has its group's patches, `heard` the same for signals, `owed` whether its own
    things changed since it last got them. `whole` is the size of the last page it was given in one piece.
    """

    line: Line
    seat: Seat
    language: str
    at: int = 0
    heard: int = 0
    owed: bool = False
    whole: int = 0

    @property
    def audience(self) -> Audience:
        return self.seat.audience

    def hopeless(self) -> bool:
        """Whether more waits on this line than any slow phone may cost."""
        return self.line.buffered() > CLOSED_ABOVE + self.whole
