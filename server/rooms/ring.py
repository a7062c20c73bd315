"""The last frames of one audience in one language, already encoded, shared by everyone who comes back."""

from collections import deque

FRAMES = 300
BYTES = 256 * 1024


class Ring:
    """Frames in order of entry number. Every frame after `floor` is here, so a replay is whole or not at all."""

    def __init__(self, n: int) -> None:
        self.floor = n
        self.last = n
        self._frames: deque[tuple[int, bytes]] = deque()
        self._size = 0

    def add(self, n: int, frame: bytes) -> None:
        self._frames.append((n, frame))
        self._size += len(frame)
        self.last = n
        while len(self._frames) > FRAMES or self._size > BYTES:
            self.floor, dropped = self._frames.popleft()
            self._size -= len(dropped)

    def since(self, n: int) -> list[bytes] | None:
        """The frames after entry `n`, or None when some of them are gone (never a partial replay)."""
        if n < self.floor:
            return None
        return [frame for number, frame in self._frames if number > n]
