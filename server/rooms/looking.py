"""Which moderators have which question open: said by their pages, told to the others, kept nowhere.

It is a signal and no claim: it goes with the line it came by, and nobody is held up by it (decision 0342).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from live.seats import Audience
from server.rooms.fanout import Fanout
from server.rooms.listeners import Listener
from server.rooms.signals import Signals

Names = Mapping[str, list[str]]
"""The names of those who look at each question, by its number."""


class Looking:
    """Of one room; what the other servers say of theirs lies beside it."""

    def __init__(self, signals: Signals, fanout: Fanout) -> None:
        self._signals = signals
        self._fanout = fanout
        self._open: dict[Listener, int] = {}
        self._elsewhere: Names = {}

    def at(self, listener: Listener, said: object) -> None:
        """A page says which question it has open; whatever is no question of the dialogue means none."""
        if listener.audience is not Audience.MODERATOR:
            return
        self._open.pop(listener, None)
        if isinstance(said, int) and not isinstance(said, bool) and said in self._fanout.dialogue.questions:
            self._open[listener] = said
        self._tell()

    def left(self, listener: Listener) -> None:
        if self._open.pop(listener, None) is not None:
            self._tell()

    def here(self) -> Names:
        """Those who look by a line of this process."""
        return _together((str(number), listener.seat.name) for listener, number in self._open.items())

    def hear(self, elsewhere: Names) -> None:
        """What the other servers say by now."""
        self._elsewhere = elsewhere
        if elsewhere or self._signals.current(Audience.MODERATOR).get("looking"):
            self._tell()

    def _tell(self) -> None:
        rows = (*self.here().items(), *self._elsewhere.items())
        self._signals.set("looking", _together((number, name) for number, names in rows for name in names))


def _together(told: Iterable[tuple[str, str]]) -> Names:
    found: dict[str, list[str]] = defaultdict(list)
    for number, name in sorted(told):
        found[number].append(name)
    return dict(found)
