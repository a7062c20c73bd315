"""The voice of a phone on its way to the loudspeakers: what was just put on disk, live, and to nobody's delay.

The recording has everything. A screen that takes its sound slowly loses the oldest of it, and comes back to now.
"""

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Mapping

from server.rooms.ears import Ear
from server.rooms.room import Room
from transcription.heard import SAMPLE_BYTES

HELD = 10
"""Frames kept for one screen: a second, as pages send them."""
LATE = 2.0
"""Seconds after which what was spoken is no longer live: sound that waited for the network is recorded, not played."""
BETTER = ("off", "lost", "on")
"""States of a screen. Of several at one place the best counts: a second page of the hall screen need not sound."""


class Screen:
    """One open page that plays in the hall, or at a linked site."""

    def __init__(self, place: str) -> None:
        self.place = place
        """The name of a linked site; empty in the main hall."""
        self.state = "off"
        self._frames: deque[bytes] = deque()
        self._news = asyncio.Event()

    def put(self, frame: bytes) -> int:
        """Have it sent; the answer is how many older ones are not sent any more."""
        self._frames.append(frame)
        self._news.set()
        late = max(0, len(self._frames) - HELD)
        for _ in range(late):
            self._frames.popleft()
        return late

    async def next(self) -> bytes:
        """The oldest frame that is still live."""
        while not self._frames:
            self._news.clear()
            await self._news.wait()
        return self._frames.popleft()


class Voices:
    """The screens of all dialogues of this server, and what they play. `counted` is for /metrics."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self._screens: defaultdict[str, set[Screen]] = defaultdict(set)

    def join(self, room: Room, screen: Screen) -> None:
        self._screens[room.code].add(screen)
        self.tell(room)

    def leave(self, room: Room, screen: Screen) -> None:
        self._screens[room.code].discard(screen)
        self.tell(room)

    def play(self, ear: Ear, had: int, position: int, pcm: bytes) -> None:
        """What was new of this piece goes to every screen; `had` samples were on disk before it."""
        first = max(had, position)
        new = pcm[(first - position) * SAMPLE_BYTES :]
        spoken = ear.spoken_at(first)
        if not new or (spoken is not None and time.time() - spoken.timestamp() > LATE):
            self.counted["late"] += bool(new)
            return
        frame = first.to_bytes(8, "little") + new
        for screen in self._screens[ear.room.code]:
            self.counted["dropped"] += screen.put(frame)

    def tell(self, room: Room) -> None:
        """Tell those who lead where the voice can be heard: nobody is to talk into silence."""
        found: dict[str, str] = {}
        for screen in self._screens[room.code]:
            found[screen.place] = max(found.get(screen.place, "off"), screen.state, key=BETTER.index)
        room.signals.set("screens", found)
        room.elsewhere.screens(room.code, found)

    def heard(self, room: Room) -> bool:
        """Whether any screen plays: whoever speaks is told."""
        return any(screen.state == "on" for screen in self._screens[room.code])

    def count(self) -> Mapping[str, int]:
        """Open screens by state, of all dialogues."""
        return Counter(screen.state for screens in self._screens.values() for screen in screens)
