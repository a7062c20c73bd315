"""HTTP with bounds: how large the head of a request may be, and how long a request may take to come in.

uvicorn's parser takes heads of any size and waits for ever. Behind a proxy that never shows; in a hall the phones reach
the server itself, and one of them must not fill its memory or its table of open files.
"""

import asyncio
import re
import sys
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.doors import handshake
from server.doors.fast_lane import FastLane
from server.doors.sockets import LiveDoor

LARGEST_HEAD = 32 * 1024
"""Bytes of request line and headers. RFC 9112 asks for 8,000 for the line; browsers and proxies stay below 16 KB."""
LONGEST_REQUEST = 60.0
"""Seconds from the connection, or from a request's first byte, to its last. A form needs 8 on the worst line."""
_LIVE = re.compile(rb"/d/([^/?#]{1,60})/live(?:\?([^#]*))?\Z")


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's HTTP protocol that cuts off whoever sends too much of a head, or too slowly.

    The socket of a live page is recognised here and goes to the fast lane, before anything is made that only requests
    need: a hall that comes back after a power cut is ten thousand of them.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._in_head = True
        self._head = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._chunk = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn names the narrower type
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._chunk = data
        super().data_received(data)
        self._chunk = b""
        self._head = self._head + len(data) if self._in_head else 0
        if self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.logger.warning("A request's head is too large.")
            self.send_400_response("Request head too large.")

    def on_message_begin(self) -> None:
        self._in_head, self._head = True, 0
        self._expect()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._arrived()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Called while uvicorn handles the parser's exception, which says where the head ended."""
        self._arrived()
        ended = sys.exception()
        head = ended.args[0] if ended is not None else len(self._chunk)
        early = self._chunk[head:]
        live = _LIVE.match(self.url)
        if self._head + head > LARGEST_HEAD:
            self.transport.write(handshake.NOT_A_HANDSHAKE)
            self.transport.close()
        elif live is None:
            super().handle_websocket_upgrade()
        else:
            self._to_the_fast_lane(*live.groups(b""))
        if early and not self.transport.is_closing():
            self.transport.get_protocol().data_received(early)  # type: ignore[attr-defined]  # a Protocol by now
        self.parser = None  # type: ignore[assignment]  # it points back here: a circle that only the collector would break

    def _to_the_fast_lane(self, code: bytes, query: bytes) -> None:
        self.connections.discard(self)
        answer = handshake.accepting(self.scope["method"], self.parser.get_http_version(), self.headers)
        if answer is None or not handshake.speaks_ours(self.headers):
            self.transport.write(handshake.OTHER_VERSION if answer else handshake.NOT_A_HANDSHAKE)
            self.transport.close()
            return
        door: LiveDoor = self.app_state["live"]
        line = FastLane(self.transport, answer, door.wheel, self.connections)
        self.transport.set_protocol(line)
        door.open(line, code, query, self.headers)

    def _expect(self) -> None:
        """The clock runs until the request is here."""
        self._arrived()
        self._deadline = self.loop.call_later(LONGEST_REQUEST, self._too_slow)

    def _arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        self.transport.abort()
