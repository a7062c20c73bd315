"""The fast lane: the transport under a live page, and nothing between it and the room.

No ASGI, no task, no queue and no codec for each page: finished frames are written straight to the transport, and what
comes up is read by `Incoming`. Ten thousand pages are ten thousand of these objects and little else.
"""

import asyncio
import socket
from typing import Any, Protocol

import structlog

from server.doors.handshake import closing
from server.doors.incoming import NO_CODE, Broken, Event, Incoming, Kind
from server.doors.pace import TOO_FAST, Pace
from server.doors.wheel import STAMP, Wheel
from server.rooms.listeners import CLOSED_ABOVE, LONGEST_STALL, PATCHES_STOP, SIGNALS_STOP, Pushed

_NO_REASON = b"\x88\x00"
GOING = 4001
"""Close code: the server stops or moves; come back."""
MALFORMED = 4502
PATIENCE = 5.0
"""Seconds to answer a close frame before the line is cut."""
EARLY = 8
"""Messages kept from a page whose seat is still being looked for."""
GIVEN_UP = 30_000
"""Milliseconds of silence of the other side's TCP after which the kernel ends a line that has something unsent."""

log = structlog.get_logger()


class Owner(Protocol):
    """Who converses over a line."""

    def heard(self, text: str) -> None: ...
    def drained(self) -> None: ...
    def stalled(self) -> None: ...
    def whose(self) -> dict[str, str]: ...
    def gone(self) -> None: ...


class FastLane(asyncio.Protocol):
    """A `Line` on an asyncio transport."""

    __slots__ = (
        "_answer", "_connections", "_deaf", "_early", "_full_since", "_incoming", "_lives", "_pace", "_slot", "_unsent",
        "_wheel", "closing", "full", "owner", "transport",
    )  # fmt: skip

    def __init__(self, transport: asyncio.Transport, answer: bytes, wheel: Wheel, connections: set[Any]) -> None:
        """`answer` opens the line; it travels with the first frame, or with `greet`."""
        self.transport = transport
        self.owner: Owner | None = None
        self.full = True  # until the answer is out: no later push need ask
        self._answer = answer
        self.closing: asyncio.TimerHandle | None = None
        self._wheel = wheel
        self._connections = connections
        self._incoming = Incoming()
        self._pace = Pace()
        self._lives, self._deaf = True, False
        self._early: tuple[str, ...] = ()
        self._full_since, self._unsent = 0.0, 0
        self._slot = wheel.add(self)
        connections.add(self)
        transport.set_write_buffer_limits(high=SIGNALS_STOP, low=SIGNALS_STOP // 8)

    def belongs_to(self, owner: Owner) -> None:
        """From now on this owner converses; it first hears what was said while the database looked for the seat."""
        self.owner = owner
        early, self._early = self._early, ()
        for text in early:
            owner.heard(text)

    # What the room does

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:
        transport = self.transport
        if transport.is_closing() or self.closing is not None:
            return Pushed.DEAD
        if self.full:
            if self._answer:
                frame = self._take_answer() + frame
            elif transport.get_write_buffer_size() > most:
                return Pushed.SKIPPED
        transport.write(frame)
        return Pushed.SENT

    def greet(self) -> None:
        """Open the line now: the first frame has to wait for the database."""
        if self._answer:
            self.transport.write(self._take_answer())

    def _take_answer(self) -> bytes:
        answer, self._answer, self.full = self._answer, b"", False
        return answer

    def buffered(self) -> int:
        size: int = self.transport.get_write_buffer_size()
        return size

    def close(self, code: int) -> None:
        if self.closing is None and not self.transport.is_closing():
            self.greet()
            self.transport.write(closing(code))
            self._cut_later()

    def abort(self) -> None:
        self.transport.abort()

    def shutdown(self) -> None:
        """The server stops (uvicorn calls this on every connection)."""
        self.close(GOING)

    # What the network does

    def data_received(self, data: bytes) -> None:
        self._lives = True
        now = asyncio.get_running_loop().time()
        try:
            for event in self._incoming.feed(data) if not self._deaf else ():
                if not self._pace.calm(now):
                    self._hear_no_more(TOO_FAST)
                    return
                if event is not None:
                    self._take(event)
        except Broken as broken:  # nobody can tell any more where a frame begins
            self._hear_no_more(broken.code)

    def _hear_no_more(self, code: int) -> None:
        """Say why, and that we say no more; what still comes up is thrown away, and soon the line is cut."""
        if self._deaf:
            return  # it has said goodbye: whatever came behind that counts for nothing
        self._deaf = True
        self._refuse(code)
        self.transport.write_eof()

    def _take(self, event: Event) -> None:
        kind, told = event
        if kind is Kind.CLOSE:
            self._farewell(told)
        elif self.closing is not None:
            return
        elif kind is Kind.PONG:
            self._answered(told)
        elif kind is Kind.PING and isinstance(told, bytes):
            self.push(b"\x8a" + bytes([len(told)]) + told, PATCHES_STOP)
        elif not isinstance(told, str) or len(self._early) >= EARLY:
            self._refuse(MALFORMED)
        elif self.owner is None:
            self._early = (*self._early, told)
        else:
            self.owner.heard(told)

    def _refuse(self, code: int) -> None:
        """What came is nothing that a page of ours sends."""
        log.info("malformed_line", close=code, **({} if self.owner is None else self.owner.whose()))
        self.close(code)

    def _answered(self, told: object) -> None:
        if isinstance(told, bytes) and len(told) == STAMP.size:
            self._wheel.answered(asyncio.get_running_loop().time() - STAMP.unpack(told)[0])

    def _farewell(self, code: object) -> None:
        """The page goes, or answers our goodbye."""
        self._deaf = True
        if self.closing is None:
            self.transport.write(closing(code) if isinstance(code, int) and code != NO_CODE else _NO_REASON)
            self._cut_later()
        self.transport.close()

    def eof_received(self) -> None:
        """The other side will send no more, and so cannot answer either: the transport closes itself."""
        self._cut_later()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio gives it; why a page left changes nothing
        self._connections.discard(self)
        self._wheel.remove(self, self._slot)
        if self.closing is not None:
            self.closing.cancel()
        owner, self.owner = self.owner, None
        if owner is not None:
            owner.gone()

    def pause_writing(self) -> None:
        self.full = True
        self._full_since, self._unsent = asyncio.get_running_loop().time(), self.buffered()
        self._wheel.full.add(self)

    def resume_writing(self) -> None:
        self.full = False
        self._wheel.full.discard(self)
        if self.owner is not None:
            self.owner.drained()

    # What the wheel does

    def beat(self, ping: bytes, *, judged: bool) -> None:
        if self.full or self.closing is not None:
            return  # a ping would wait behind everything else; `still_full` and the farewell have their own clocks
        if judged and not self._lives:
            self.transport.abort()
            return
        self._lives = False
        self.push(ping)

    def still_full(self, now: float, *, judged: bool) -> None:
        unsent = self.buffered()
        if unsent < self._unsent or not judged:
            self._full_since, self._unsent = now, unsent
        elif now - self._full_since > LONGEST_STALL and self.owner is not None:
            self.owner.stalled()

    def _cut_later(self) -> None:
        if self.closing is None:
            self.closing = asyncio.get_running_loop().call_later(PATIENCE, self.transport.abort)


def keep_little_in_the_kernel(transport: asyncio.Transport) -> None:
    """What is unsent stays with us, where it can still be skipped; the kernel, too, looks for peers that vanished."""
    line: socket.socket = transport.get_extra_info("socket")
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, SIGNALS_STOP)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVEN_UP)
