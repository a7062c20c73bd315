"""Sound that `capture` heard and that is not yet known to be on the server's disk, and where it belongs there."""

import asyncio
import zlib
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.recordings import LONGEST_JUMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server.cli.keeper import Keeper

PRINT = 1_600
"""Samples in each print that the door tells (server/doors/microphone.py). Pieces are whole numbers of them, so that
what somebody else recorded behind one is told from ours to the sample."""
FRAME = 10 * PRINT * SAMPLE_BYTES
"""Bytes sent at a time: a second, half of what the door takes."""
KEPT = 120 * 60 * SAMPLE_RATE
"""Samples kept while the server is away: two hours (230 MB), as a capture page keeps them. What is older is given up,
and becomes a gap that is told."""


@dataclass
class Outgoing:
    """Pieces with the local number of their first sample. What no sound came for is left out between them."""

    pieces: deque[tuple[int, bytes]] = field(default_factory=deque)
    end: int = 0
    base: int | None = None
    """Where on the server's recording our sample 0 lies; None until the server has said it."""
    meetings: int = 0
    """How many lines to the server were answered."""
    dropped: int = 0
    """Samples given up because they were too many to keep."""
    heard: tuple[int, float] | None = None
    """The newest sample and when it was heard, in seconds of this machine's steady clock; None where nobody knows."""
    line: str = field(default_factory=lambda: uuid4().hex)
    """Names this recording at the door, also after its line was cut."""
    ended: bool = False
    keeper: "Keeper | None" = None
    """Holds on this machine's disk what is here. A file has none: it is there already, and can be read again."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _rest: bytearray = field(default_factory=bytearray)

    @property
    def first(self) -> int:
        """The first sample that is kept."""
        return self.pieces[0][0] if self.pieces else self.end

    def keep(self, keeper: "Keeper") -> None:
        """What comes from now on is held on disk, too."""
        if self.keeper is None:
            self.keeper = keeper
            keeper.begin(self.base)

    async def let_go(self, *, over: bool) -> None:
        """Let the line be, as far as this process goes. Of one that is `over` nothing stays on this machine's disk."""
        if self.keeper is not None:
            await self.keeper.close(over=over)

    def put(self, pcm: bytes, skipped: int = 0, heard: float | None = None) -> None:
        """What was heard next, behind so many samples that were not. Gaps are whole prints, the edges are silence."""
        if skipped:
            behind = self.end + len(self._rest) // SAMPLE_BYTES + skipped
            self._close()
            self.end = behind + -behind % PRINT
        self._rest += pcm
        whole = len(self._rest) - len(self._rest) % (PRINT * SAMPLE_BYTES)
        for at in range(0, whole, FRAME):
            self._add(bytes(self._rest[at : min(at + FRAME, whole)]))
        del self._rest[:whole]
        self.heard = None if heard is None else (self.end + len(self._rest) // SAMPLE_BYTES, heard)
        self.news.set()

    def finish(self) -> None:
        """Nothing more comes."""
        self._close()
        self.ended = True
        self.news.set()

    def start(self) -> dict[str, Any]:
        """The first message of a line."""
        first = None if self.base is None else self.base + self.first
        return {"start": 1, "rate": SAMPLE_RATE, "line": self.line, "first": first}

    def meet(self, have: int, prints: list[int]) -> None:
        """The first answer: where to go on. What stands there and is not ours was recorded by somebody meanwhile.

        As the capture page does it (web/static/js/sound/wire.js): what we still keep goes behind what they recorded.
        """
        kept = None if self.base is None else self.base + self.first
        if kept is not None and kept - have > LONGEST_JUMP:
            kept = None  # this is not the recording we knew: what it has came from others
        same = self.first if kept is None or have <= kept else self._same(prints, have - kept)
        if self.base is None or kept is None or have > self.base + same:
            self.base = have - same
        self.meetings += 1
        self.have(have)

    def have(self, samples: int) -> None:
        """The server's recording has this many samples, the last of them ours."""
        before = len(self.pieces)
        while self.pieces and (self.base or 0) + self.pieces[0][0] + len(self.pieces[0][1]) // SAMPLE_BYTES <= samples:
            self.pieces.popleft()
        if self.keeper is not None and len(self.pieces) < before:
            self.keeper.forget(self.first)
        self.news.set()

    def after(self, at: int) -> tuple[int, bytes] | None:
        """The sound that begins at or behind `at`: a frame of it at most, and nothing across a gap."""
        number = bisect_left(self.pieces, at, key=lambda piece: piece[0])
        if number == len(self.pieces):
            return None
        first, joined = self.pieces[number]
        while (number := number + 1) < len(self.pieces):
            start, pcm = self.pieces[number]
            if start != first + len(joined) // SAMPLE_BYTES or len(joined) + len(pcm) > FRAME:
                break
            joined += pcm
        return first, joined

    def left(self) -> bytes:
        """All that is kept, with silence where no sound came."""
        left = bytearray()
        for at, pcm in self.pieces:
            left += bytes((at - self.first) * SAMPLE_BYTES - len(left)) + pcm
        return bytes(left)

    def _same(self, prints: list[int], samples: int) -> int:
        """The sample up to which the server's sound, told from our first on, is this very sound."""
        at = 0
        for print_, mine in zip(prints, self._prints(), strict=False):
            length = min(PRINT, samples - at)
            if zlib.crc32(mine[: length * SAMPLE_BYTES]) != print_:
                break
            at += length
        return self.first + at

    def _prints(self) -> "Iterator[bytes]":
        """All that is kept, a print at a time, with silence where no sound came."""
        size, end = PRINT * SAMPLE_BYTES, self.first
        for at, pcm in self.pieces:
            yield from (bytes(size) for _ in range(end, at, PRINT))
            yield from (pcm[begin : begin + size] for begin in range(0, len(pcm), size))
            end = at + len(pcm) // SAMPLE_BYTES

    def _close(self) -> None:
        if self._rest:
            self._add(bytes(self._rest) + bytes(-len(self._rest) % (PRINT * SAMPLE_BYTES)))
            self._rest.clear()

    def _add(self, pcm: bytes) -> None:
        self.pieces.append((self.end, pcm))
        if self.keeper is not None:
            self.keeper.add(self.end, pcm)
        self.end += len(pcm) // SAMPLE_BYTES
        before = self.dropped
        while self.end - self.first > KEPT:
            self.dropped += len(self.pieces.popleft()[1]) // SAMPLE_BYTES
        if self.keeper is not None and self.dropped > before:
            self.keeper.forget(self.first)
