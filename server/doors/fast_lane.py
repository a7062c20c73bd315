"""The fast lane: finished frames written straight to the transport, past ASGI, without a coroutine per listener.

uvicorn is told to use this class with `Config(ws=FastLane)`; sockets find it in their scope. With another server
(tests) the scope has none, and `AsgiLine` does the same through ASGI, one task per socket.
"""

import asyncio
from typing import Any

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import OPEN

from server.rooms.listeners import Line

SCOPE = "doithoai.line"
FRAMES = 300
"""Frames that one line may send in `SPAN` seconds, sound apart: commands are 20, and the rest is the odd ping."""
SPAN = 10.0


class FastLane(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol that is also a `Line`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn names the narrower type
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=16 * 1024, low=2 * 1024)
        self.drained = asyncio.Event()
        self._span_began, self._frames_in_span = 0.0, 0

    def resume_writing(self) -> None:
        super().resume_writing()
        self.drained.set()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.drained.clear()

    def handle_cont(self, event: Frame) -> None:
        if self._calm():
            super().handle_cont(event)

    def handle_text(self, event: Frame) -> None:
        if self._calm():
            super().handle_text(event)

    def handle_ping(self) -> None:
        if self._calm():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._calm():
            super().handle_pong(event)

    def _calm(self) -> bool:
        """Whether this line sends at a human pace. A flood, also of empty frames, ends it before it costs others."""
        now = self.loop.time()
        if now - self._span_began > SPAN:
            self._span_began, self._frames_in_span = now, 0
        self._frames_in_span += 1
        if self._frames_in_span <= FRAMES:
            return True
        self.transport.abort()
        return False

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope.setdefault("extensions", {})
        extensions[SCOPE] = self
        await super().run_asgi()

    def push(self, frame: bytes) -> bool:
        if self.conn.state is not OPEN or not self.handshake_complete or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True

    def buffered(self) -> int:
        size: int = self.transport.get_write_buffer_size()
        return size

    def abort(self) -> None:
        self.transport.abort()


def line_of(websocket: WebSocket) -> Line:
    """The line under an accepted socket."""
    found: Any = websocket.scope.get("extensions", {}).get(SCOPE)
    return found if found is not None else AsgiLine(websocket)


def payload(frame: bytes) -> str:
    """The text inside one of our own frames."""
    skip = {126: 4, 127: 10}.get(frame[1], 2)
    return frame[skip:].decode()


class AsgiLine:
    """A line through plain ASGI: a bounded queue and one writer."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self._size = 0
        self._writer = asyncio.create_task(self._write())

    def push(self, frame: bytes) -> bool:
        if self._writer.done():
            return False
        self._size += len(frame)
        self._frames.put_nowait(frame)
        return True

    def buffered(self) -> int:
        return self._size

    def abort(self) -> None:
        self._writer.cancel()

    async def _write(self) -> None:
        while True:
            frame = await self._frames.get()
            await self._websocket.send_text(payload(frame))
            self._size -= len(frame)
