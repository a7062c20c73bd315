"""How many phones have had each public question on their screens: counts alone, kept in memory, a hint and no record.

A phone says a number once while its page is open, and nothing remembers which phone it was (decision 0218).
"""

import asyncio
from collections import Counter
from collections.abc import Callable

from server.rooms.fanout import Fanout
from server.rooms.signals import Later, Signals

MOST = 64
"""Numbers taken from one message; a screen shows some five."""
SPACING = 5.0
"""Seconds between two tellings: a hall that scrolls must not keep the moderator's page busy."""


def _later(seconds: float, work: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, work)


class Seen:
    """The counts of one room. Each process counts its own phones."""

    def __init__(self, signals: Signals, fanout: Fanout, later: Later = _later) -> None:
        self.counts: Counter[int] = Counter()
        self._signals = signals
        self._fanout = fanout
        self._later = later
        self._waiting = False

    def add(self, said: object, known: int) -> int:
        """Count what this line says anew. `known` has a bit for each number it has said, as the answer has."""
        numbers = said[:MOST] if isinstance(said, list) else []
        for number in numbers:
            if not isinstance(number, int) or isinstance(number, bool):
                continue
            question = self._fanout.dialogue.questions.get(number)
            if question is not None and question.public and not known >> number & 1:
                known |= 1 << number
                self.counts[number] += 1
                self._soon()
        return known

    def keep(self, questions: int) -> None:
        """A rehearsal is over and its questions are wiped: so many are left, and the next one's number follows them."""
        if wiped := [number for number in self.counts if number > questions]:
            for number in wiped:
                del self.counts[number]
            self._soon()

    def _soon(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._later(SPACING, self._tell)

    def _tell(self) -> None:
        self._waiting = False
        self._signals.set("seen", {str(number): count for number, count in sorted(self.counts.items())})
