"""What all pages of a crowd share: where they go, what is counted, who is there."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from server.crowd.doors import Target
from server.crowd.hearing import Hearing
from server.crowd.tally import Deliveries, Faults, Tally, Watch

if TYPE_CHECKING:
    from server.crowd.page import LivePage


@dataclass(eq=False)
class Stand:
    """The common ground. `run` is the random word in the text of every question of this crowd."""

    target: Target
    code: str
    run: str
    loop: asyncio.AbstractEventLoop
    dice: Random
    tally: Tally = field(default_factory=Tally)
    faults: Faults = field(default_factory=Faults)
    watch: Watch = field(default_factory=Watch)
    owing: "set[LivePage]" = field(default_factory=set)
    supportable: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hearing = Hearing(self.run)
        self.deliveries = Deliveries(self.tally.delivery)
        self._joined: set[LivePage] = set()
        self._markers = 0
        self._expected = 0
        self.complete = asyncio.Event()  # everybody expected has joined
        self.settled = asyncio.Event()  # nobody waits for an answer

    def marker(self) -> int:
        """The number of the next question."""
        self._markers += 1
        return self._markers

    def came_in(self, page: "LivePage", waited: float) -> None:
        """A page is caught up, so many seconds after it was wanted."""
        first = page not in self._joined
        self._joined.add(page)
        self.tally.joined += first
        self.tally.open += 1
        self._look()
        (self.tally.join if first else self.tally.resume).add(waited)

    def expect(self, pages: int) -> None:
        """So many pages are coming in all."""
        self._expected = pages
        self._look()

    def _look(self) -> None:
        if 0 < self._expected <= self.tally.joined:
            self.complete.set()

    def went(self, _page: "LivePage") -> None:
        self.tally.open -= 1
