"""Questions supported in a rush by phones that have just come in: looked for now and then, told to moderators."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from live.bursts import FEWEST, Burst, LoneSupport, bursts
from server.rooms.fanout import Fanout
from server.rooms.signals import Signals
from server.store.problems import NotStored

SPACING = 10.0
"""Seconds between two looks: each reads every phone that ever supported one question alone."""

Read = Callable[[], Awaitable[tuple[list[LoneSupport], list[datetime]]]]
"""The lone supports of a dialogue, and when each of its seats joined."""


class Bursts:
    """Those of one room. What is found is told as a signal, and found again by any server from what is on disk."""

    def __init__(self, read: Read, fanout: Fanout, signals: Signals) -> None:
        self.found: Mapping[int, Burst] = {}
        self._read = read
        self._fanout = fanout
        self._signals = signals
        self._tally: Mapping[int, int] = {}
        self._due = False
        self.work: asyncio.Task[None] | None = None

    def soon(self, tally: Mapping[int, int]) -> None:
        """Supports were counted: look now, or when the last look is long enough ago."""
        self._tally = tally
        if not self.found and max(tally.values(), default=0) < FEWEST:
            return
        self._due = True
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._look_for_ever(), name=f"bursts {self._fanout.code}")

    async def _look_for_ever(self) -> None:
        while self._due:
            self._due = False
            try:
                await self._look()
            except NotStored:
                self._due = True  # whoever could not read the journal says so; here it is only tried again
            await asyncio.sleep(SPACING)

    async def _look(self) -> None:
        lone, joins = await self._read()
        dialogue = self._fanout.dialogue
        self.found = bursts(lone, joins, dialogue.asked, dialogue.leads, self._tally)
        self._signals.set("bursts", {str(number): burst.count for number, burst in self.found.items()})
