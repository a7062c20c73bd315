"""One socket of the crowd: an asyncio protocol without a task, a queue or a buffer of its own while nothing waits."""

import asyncio
import os
import socket
from enum import Enum
from typing import Protocol

from server.crowd.frames import CLOSE, PING, PONG, TEXT, Frames, Malformed, close_code, handshake, masked

_SHARED = memoryview(bytearray(256 * 1024))
"""All lines read into it: what is read is taken out before anybody else reads."""
SLOW_BYTES, SLOW_PAUSE = 1024, 0.5
"""A slow reader takes so many bytes, then so many seconds nothing: 2 KB/s, a bad line at the edge of the village."""
_LARGEST_HEAD = 16 * 1024
_ESTABLISHED = 1  # tcpi_state in Linux, tcp_states.h


class Pace(Enum):
    """How somebody reads what is sent to them."""

    STEADY = "steady"
    SLOW = "slow"
    STALLED = "stalled"
    DEAD = "dead"


class Hears(Protocol):
    """Who sits at the end of a line."""

    def opened(self) -> None: ...
    def heard(self, payload: bytes) -> None: ...
    def lost(self, code: int) -> None:
        """The line is gone. `code`: a close code, or 0 without a word, or the HTTP status that refused it."""
        ...


class Line(asyncio.BufferedProtocol):
    """Opens a socket at `path` and tells `owner`; after `leave` it tells nothing more."""

    __slots__ = ("_accept", "_code", "_frames", "_head", "_owner", "_pace", "_request", "is_open", "transport")

    def __init__(self, owner: Hears, host: str, path: str, headers: dict[str, str], pace: Pace = Pace.STEADY) -> None:
        self._owner: Hears | None = owner
        self._request, self._accept = handshake(host, path, headers)
        self._pace = pace
        self._head = b""
        self._frames = Frames()
        self._code = 0
        self.is_open = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # a stream has a Transport
        self.transport = transport
        if self._owner is None:
            transport.abort()  # its page went elsewhere while it was being opened
        else:
            transport.write(self._request)

    def connection_lost(self, _exc: Exception | None) -> None:
        self.transport = None
        if self._owner is not None:
            owner, self._owner = self._owner, None
            owner.lost(self._code)

    def get_buffer(self, _size: int) -> memoryview:
        return _SHARED if self._pace is Pace.STEADY else _SHARED[:SLOW_BYTES]

    def buffer_updated(self, size: int) -> None:
        fresh = bytes(_SHARED[:size])
        if not self.is_open:
            fresh = self._shaking_hands(fresh)
        if fresh:
            self._take(fresh)
        if self._pace is Pace.SLOW and self.is_open and self.transport is not None:
            self.transport.pause_reading()
            asyncio.get_running_loop().call_later(SLOW_PAUSE, self.read_on)

    def send(self, payload: bytes) -> None:
        if self.transport is not None:
            self.transport.write(masked(payload))

    def stop_reading(self) -> None:
        if self.transport is not None and self.transport.is_reading():
            self.transport.pause_reading()

    def read_on(self) -> None:
        if self.transport is not None and not self.transport.is_closing() and not self.transport.is_reading():
            self.transport.resume_reading()

    def is_cut(self) -> bool:
        """Whether the other side has ended the line, although nobody here has read so."""
        found = self.transport.get_extra_info("socket") if self.transport is not None else None
        if found is None or not hasattr(socket, "TCP_INFO"):
            return False
        with socket.socket(fileno=os.dup(found.fileno())) as line:
            return line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != _ESTABLISHED

    def leave(self, *, politely: bool = False) -> None:
        """Be gone: with a close frame, or as a phone in a tunnel is."""
        self._owner = None
        if self.transport is None:
            return
        if politely:
            self.transport.write(masked(b"\x03\xe8", CLOSE))
            self.transport.close()
        else:
            self.transport.abort()

    def _shaking_hands(self, fresh: bytes) -> bytes:
        """Wait for the whole answer to the handshake; what lies behind it is the first frames."""
        self._head += fresh
        head, ended, rest = self._head.partition(b"\r\n\r\n")
        if not ended:
            if len(self._head) > _LARGEST_HEAD:
                self._end(0)
            return b""
        self._head = b""
        status = head[9:12]
        if status != b"101" or f"sec-websocket-accept: {self._accept}".lower().encode() not in head.lower():
            self._end(int(status) if status.isdigit() else 0)
            return b""
        self.is_open = True
        if self._owner is not None:
            self._owner.opened()
        return rest

    def _take(self, fresh: bytes) -> None:
        try:
            for opcode, payload in self._frames.feed(fresh):
                if self._owner is None:
                    return
                if opcode == TEXT:
                    self._owner.heard(payload)
                elif opcode == PING and self.transport is not None:
                    self.transport.write(masked(payload, PONG))
                elif opcode == CLOSE:
                    self._code = close_code(payload)
                    if self.transport is not None:
                        self.transport.write(masked(payload[:2], CLOSE))
                        self.transport.close()
        except Malformed:
            self._end(1002)

    def _end(self, code: int) -> None:
        self._code = code
        if self.transport is not None:
            self.transport.abort()
