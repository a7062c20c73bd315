"""What other processes say they wrote: entries that came with a wake, taken where they fit and nothing asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from live.entries import Entry
from server.store.codec import decode, in_the_open

LONGEST = 32_000
"""Letters of bodies that go with one wake; what is longer is read from the journal."""


def carried(entries: Sequence[Entry]) -> list[list[Any]]:
    """The entries as JSON knows them, texts and all, for a message that nobody else can read; none if they are long."""
    facts = [in_the_open(entry.fact) for entry in entries]
    if sum(len(body) for _, body in facts) > LONGEST:
        return []
    return [[one.n, one.at.isoformat(), one.seat, *fact] for one, fact in zip(entries, facts, strict=True)]


class News:
    """Of one room: heard, and not yet taken."""

    def __init__(self) -> None:
        self._heard: dict[tuple[str, int], Entry] = {}

    def hear(self, epoch: str, told: Sequence[Sequence[Any]]) -> None:
        """Entries of the journal's life `epoch`. Raises KeyError or ValueError for what this version does not know."""
        for n, at, seat, kind, body in told:
            self._heard[epoch, n] = Entry(n, datetime.fromisoformat(at), seat, decode(kind, body, {}))

    def next_after(self, epoch: str, n: int) -> list[Entry]:
        """The entries that follow number `n` without a hole; whatever else was heard is forgotten."""
        heard, self._heard = self._heard, {}
        following: list[Entry] = []
        while (entry := heard.get((epoch, n + len(following) + 1))) is not None:
            following.append(entry)
        return following
