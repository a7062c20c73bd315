"""What the crowd did, saw and missed, counted while it happens."""

from array import array
from collections import Counter, deque
from dataclasses import dataclass, field

from server.crowd.hearing import Heard
from server.crowd.waits import Waits


@dataclass(slots=True)
class Tally:
    """Counts and times.

    Waits are seconds from when the schedule wanted it, for a delivery from when its command was sent, to when it had
    happened.
    """

    open: int = 0
    joined: int = 0
    asked: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    sent_again: int = 0
    told_to_wait: int = 0  # at the form, by 429
    changes: int = 0
    wholes: int = 0
    signals: int = 0
    storms: int = 0
    cut_healthy: int = 0
    cut_sick: int = 0
    dead_cut: int = 0  # dead peers whose line the server has ended
    failed: int = 0  # tries to open a line that came to nothing
    gone: Counter[int] = field(default_factory=Counter)  # close codes after which nobody comes back
    malformed: int = 0
    seat: Waits = field(default_factory=Waits)
    join: Waits = field(default_factory=Waits)
    resume: Waits = field(default_factory=Waits)
    ack: Waits = field(default_factory=Waits)
    lead: Waits = field(default_factory=Waits)
    delivery: Waits = field(default_factory=Waits)
    late: Waits = field(default_factory=Waits)  # how late the crowd's own loop was


@dataclass(slots=True)
class Faults:
    """What must never happen. Anything here above nothing, and the run has failed."""

    unanswered: int = 0
    missing: int = 0  # acknowledged, and not among the asker's questions at the end
    receipts: int = 0  # a receipt that opens nothing
    holes: int = 0
    strangers: int = 0  # another life of the journal without the whole page
    twice: int = 0
    otherwise: int = 0
    strays: int = 0
    leaks: int = 0  # an unapproved text on a page of everybody
    overheard: int = 0  # somebody else's text on a private frame
    malformed: int = 0
    astray: int = 0  # phones that were not let back in

    def all(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}

    def __bool__(self) -> bool:
        return any(self.all().values())


class Deliveries:
    """Joins the two ends of a change: when its command was sent, and when each phone got it.

    A change carries the number of its commit's last entry, and so does the answer to the command that made it.
    """

    KEPT = 60.0

    def __init__(self, into: Waits) -> None:
        self._into = into
        self._sent: dict[int, float] = {}
        self._frames: deque[tuple[float, Heard]] = deque()

    def commanded(self, n: int, sent: float) -> None:
        """A command that was sent then was answered with this number."""
        self._sent.setdefault(n, sent)

    def arrived(self, heard: Heard, now: float) -> None:
        """One more phone has this change."""
        if not heard.times:
            self._frames.append((now, heard))
        heard.times.append(now)

    def reckon(self, now: float) -> None:
        """Count what can be joined by now, and forget what is old."""
        for began, heard in tuple(self._frames):
            sent = self._sent.get(heard.message["n"])
            if sent is not None:
                self._into.add_all(at - sent for at in heard.times if at >= sent)
            if sent is not None or now - began > self.KEPT:
                heard.times = array("d")
                self._frames.remove((began, heard))


class Watch:
    """Which of the crowd's questions everybody could read, and whether a moderator had let them.

    Without a moderator's page nobody here knows what was approved: then `blind` says that nothing was checked.
    """

    def __init__(self) -> None:
        self.blind = True
        self._let: dict[int, float] = {}
        self._seen: dict[int, float] = {}

    def let(self, marker: int, now: float) -> None:
        """A moderator of ours sends the approval."""
        self._let.setdefault(marker, now)

    def public(self, marker: int) -> None:
        """The moderator's page shows it as approved; if it was not ours who did it, that is all we know."""
        self._let.setdefault(marker, 0.0)

    def seen(self, markers: tuple[int, ...], now: float) -> None:
        for marker in markers:
            self._seen.setdefault(marker, now)

    def leaks(self) -> int:
        """Questions that stood on a page of everybody before anybody approved them."""
        if self.blind:
            return 0
        return sum(self._let.get(marker, float("inf")) > at for marker, at in self._seen.items())
