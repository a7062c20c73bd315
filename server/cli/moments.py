"""When samples were heard, on the server's clock, as the capture page says it (web/static/js/sound/moments.js)."""

import math
import time
from collections import deque
from dataclasses import dataclass, field

EVERY = 2.0
"""Seconds between two marks."""
FORGET = 60.0
"""Seconds for which the best moment of the line is believed, however much worse the later ones are."""


@dataclass
class Moments:
    """The server's clock as its answers tell it: of many, the one whose round trip was shortest.

    Moments of this machine are of its steady clock, which nobody sets, in seconds.
    """

    _asked: deque[tuple[int, float]] = field(default_factory=deque)
    _ahead: float | None = None
    _trip: float = math.inf
    _learned: float = 0.0
    _marked: float = -math.inf

    def restart(self) -> None:
        """A new line to the server: what went up the old one is answered by nobody."""
        self._asked.clear()
        self._marked = -math.inf

    def sent(self, to: int) -> None:
        """A frame goes out that ends at this place."""
        self._asked.append((to, time.monotonic()))

    def answered(self, to: int, now_ms: int | None) -> None:
        """The server has everything before this place, and its clock showed so many milliseconds since 1970."""
        last = None
        while self._asked and self._asked[0][0] <= to:
            last = self._asked.popleft()[1]
        here = time.monotonic()
        if now_ms is None or (last is None and self._ahead is not None):
            return
        trip = 0.0 if last is None else here - last
        if last is not None and trip > self._trip and here - self._learned < FORGET:
            return
        self._ahead = now_ms / 1000 - (here - trip / 2)
        self._trip = math.inf if last is None else trip
        self._learned = here

    def mark(self, place: int, heard: float) -> dict[str, list[int]] | None:
        """The message that the sample at `place` was heard at this moment, when it is time to say so again."""
        here = time.monotonic()
        if self._ahead is None or here - self._marked < EVERY:
            return None
        self._marked = here
        return {"caught": [place, round((heard + self._ahead) * 1000)]}
