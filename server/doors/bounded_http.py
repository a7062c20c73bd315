"""HTTP with bounds: how large the head of a request may be, and how long a request may take to come in.

uvicorn's parser takes heads of any size and waits for ever. Behind a proxy that never shows; in a hall the phones reach
the server itself, and one of them must not fill its memory or its table of open files.
"""

import asyncio
import re
import sys
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server.doors import handshake
from server.doors.fast_lane import FastLane, keep_little_in_the_kernel
from server.doors.feed_line import TRANSPORT
from server.doors.sockets import LiveDoor

LARGEST_HEAD = 32 * 1024
"""Bytes of a request beside its body: line, headers, trailers and the frames of chunks. RFC 9112 asks for 8,000 for the
line; browsers and proxies stay below 16 KB."""
MOST_FIELDS = handshake.MOST_HEADERS
"""Headers and trailers of one request. Each is looked through many times."""
MOST_AHEAD = 8
"""Requests that may wait behind the one that is answered. Browsers and proxies send none ahead."""
LONGEST_REQUEST = 60.0
"""Seconds from the connection, or from a request's first byte, to its last. A form needs 8 on the worst line."""
_LIVE = re.compile(rb"/d/([^/?#]{1,60})/live(?:\?([^#]*))?\Z")


class _TooMuch(Exception):
    """More than anybody honest sends; the parser stops here, and uvicorn answers 400."""


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's HTTP protocol that cuts off whoever sends too much beside a body, too slowly, or too far ahead.

    The socket of a live page is recognised here and goes to the fast lane, before anything is made that only requests
    need: a hall that comes back after a power cut is ten thousand of them.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._unfinished, self._upgraded = True, False
        self._head, self._body = 0, 0
        self._answering: RequestResponseCycle | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._chunk = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn names the narrower type
        super().connection_made(transport)
        keep_little_in_the_kernel(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self._end_answer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._chunk, self._body = data, 0
        super().data_received(data)
        self._chunk = b""
        if self._upgraded:
            return
        self._head += len(data) - self._body
        if self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.logger.warning("A request's head is too large.")
            self.send_400_response("Request head too large.")
        if not self._unfinished:
            self._head = 0

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MOST_AHEAD:
            raise _TooMuch
        self._unfinished, self._head = True, 0
        self._expect()
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: {"itself": self.transport}}

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= MOST_FIELDS:
            raise _TooMuch
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unfinished = False
        self._arrived()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Called while uvicorn handles the parser's exception, which says where the head ended."""
        self._upgraded = True
        self._arrived()
        ended = sys.exception()
        head = ended.args[0] if ended is not None else len(self._chunk)
        early = self._chunk[head:]
        live = _LIVE.match(self.url)
        if self._end_answer():
            self.transport.abort()  # this line belongs to the answer that is still being given
        elif self._head + head > LARGEST_HEAD:
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

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _end_answer(self) -> bool:
        """Tell whoever gives an answer that nobody takes it any more; False when it is complete.

        uvicorn tells the newest request only. One that waits behind a feed would leave the feed going for ever.
        """
        answering = self._answering
        if answering is None or answering.response_complete:
            return False
        answering.disconnected = True
        answering.message_event.set()
        return True

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
