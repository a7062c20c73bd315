"""The commands that wait for a room, in the order in which they came, and now and then a wish to see the journal."""

import asyncio

from server.rooms.turn import Waiting

GROUP = 256
"""Commands settled with one fsync at the most."""
WAITING = 5_000
"""Commands that may wait for their turn; more are told to come back."""


class WaitingLine:
    """Of one room."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Waiting | None] = asyncio.Queue(WAITING)
        self._looking = False

    @property
    def full(self) -> bool:
        """Whether one more would be one too many."""
        return self._queue.full()

    def put(self, waiting: Waiting) -> None:
        """One more command. Raises asyncio.QueueFull."""
        self._queue.put_nowait(waiting)

    def look_soon(self) -> None:
        """Have the journal looked at. One wish is as good as many; a full line of commands looks by itself."""
        if not self._looking and not self.full:
            self._looking = True
            self._queue.put_nowait(None)

    async def next(self) -> list[Waiting]:
        """A group of commands; none when the journal is only to be looked at."""
        batch = [await self._queue.get()]
        while len(batch) < GROUP and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        if None in batch:
            self._looking = False
        return [waiting for waiting in batch if waiting is not None]
