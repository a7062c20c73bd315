"""The last frames of one audience in one language, already encoded, shared by everyone who comes back."""

from collections import deque

FRAMES = 300
BYTES = 256 * 1024


class Ring:
    """Frames in order of entry number. Every frame after `floor` is here, so a replay is whole or not at all."""

    def __init__(self, n: int) -> None:
        self.floor = n
        self.last = n
        self._frames: deque[tuple[int, bytes, frozenset[str]]] = deque()
        self._size = 0
        self._joined: dict[int, bytes] = {}

    def add(self, n: int, frame: bytes, keys: frozenset[str] = frozenset()) -> None:
        """Keep a frame; `keys` are those of the things that it shows."""
        self._frames.append((n, frame, keys))
        self._size += len(frame)
        self.last = n
        self._joined.clear()
        while len(self._frames) > FRAMES or self._size > BYTES:
            self._drop()

    def forget(self, keys: frozenset[str]) -> None:
        """Drop every frame that shows one of these things, and with it all before: a replay stays whole or none."""
        last = max((n for n, _, shown in self._frames if not shown.isdisjoint(keys)), default=self.floor)
        while self._frames and self.floor < last:
            self._drop()

    def _drop(self) -> None:
        self.floor, dropped, _ = self._frames.popleft()
        self._size -= len(dropped)
        self._joined.clear()

    def since(self, n: int) -> bytes | None:
        """The frames after entry `n` as one piece, or None when some of them are gone (never a partial replay).

        Joined once for all who stand at the same entry: after a broadcast that is everybody, after a power cut many.
        """
        if n < self.floor:
            return None
        if n not in self._joined:
            self._joined[n] = b"".join([frame for number, frame, _ in self._frames if number > n])
        return self._joined[n]
