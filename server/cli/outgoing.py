"""Sound that `capture` heard and that is not yet known to be on the server's disk, and where it belongs there."""

import asyncio
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

PRINT = 1_600
"""Samples in each print that the door tells (server/doors/microphone.py). Pieces are whole numbers of them, so that
what somebody else recorded behind one is told from ours to the sample."""
FRAME = 10 * PRINT * SAMPLE_BYTES
"""Bytes sent at a time: a second, half of what the door takes."""
KEPT = 20 * 60 * SAMPLE_RATE * SAMPLE_BYTES
"""Bytes kept while the server is away: twenty minutes. What is older is given up, and becomes a gap that is told."""


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
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _rest: bytearray = field(default_factory=bytearray)

    @property
    def first(self) -> int:
        """The first sample that is kept."""
        return self.pieces[0][0] if self.pieces else self.end

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
        same = self.first if kept is None or have <= kept else self._same(prints, have - kept)
        if self.base is None or have > self.base + same:
            self.base = have - same
        self.meetings += 1
        self.have(have)

    def have(self, samples: int) -> None:
        """The server's recording has this many samples, the last of them ours."""
        while self.pieces and (self.base or 0) + self.pieces[0][0] + len(self.pieces[0][1]) // SAMPLE_BYTES <= samples:
            self.pieces.popleft()
        self.news.set()

    def after(self, at: int) -> tuple[int, bytes] | None:
        """The first piece that begins at or behind `at`."""
        return next((piece for piece in self.pieces if piece[0] >= at), None)

    def left(self) -> bytes:
        """All that is kept, with silence where no sound came."""
        left = bytearray()
        for at, pcm in self.pieces:
            left += bytes((at - self.first) * SAMPLE_BYTES - len(left)) + pcm
        return bytes(left)

    def _same(self, prints: list[int], samples: int) -> int:
        """The sample up to which the server's sound, told from our first on, is this very sound."""
        mine, at = self.left(), 0
        for print_ in prints:
            length = min(PRINT, samples - at)
            block = mine[at * SAMPLE_BYTES : (at + length) * SAMPLE_BYTES]
            if len(block) < length * SAMPLE_BYTES or zlib.crc32(block) != print_:
                break
            at += length
        return self.first + at

    def _close(self) -> None:
        if self._rest:
            self._add(bytes(self._rest) + bytes(-len(self._rest) % (PRINT * SAMPLE_BYTES)))
            self._rest.clear()

    def _add(self, pcm: bytes) -> None:
        self.pieces.append((self.end, pcm))
        self.end += len(pcm) // SAMPLE_BYTES
        while self.end - self.first > KEPT // SAMPLE_BYTES:
            self.dropped += len(self.pieces.popleft()[1]) // SAMPLE_BYTES
