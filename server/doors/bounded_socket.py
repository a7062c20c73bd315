"""Sockets that are no live page (a microphone's), through ASGI: uvicorn's protocol, with bounds."""

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from server.doors.fast_lane import PATIENCE
from server.doors.incoming import FRAGMENTS, TOO_BIG
from server.doors.pace import TOO_FAST, Pace


class BoundedSocket(WebSocketsSansIOProtocol):
    """Ends floods of frames and of parts of frames, and peers that no longer answer."""

    _deaf = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn names the narrower type
        super().connection_made(transport)
        self._pace = Pace()
        self._parts = 0

    def handle_cont(self, event: Frame) -> None:
        self._parts += 1
        if self._parts >= FRAGMENTS:
            self._end(TOO_BIG)
        elif self._calm():
            super().handle_cont(event)

    def handle_text(self, event: Frame) -> None:
        self._parts = 0
        if self._calm():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        self._parts = 0  # sound is as fast as it is, and each frame of it is answered before the next is read
        super().handle_bytes(event)

    def handle_ping(self) -> None:
        if self._calm():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._calm():
            super().handle_pong(event)

    def data_received(self, data: bytes) -> None:
        if not self._deaf:
            super().data_received(data)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()  # closing would first wait for the network to take what nobody reads

    def handle_parser_exception(self) -> None:
        """Say why and that we say no more; what still comes up is read and thrown away until the other side goes.

        uvicorn closes at once: the kernel answers what it then still holds unread with a reset, and a reset takes the
        close frame away from whoever has not read it yet. Within `PATIENCE` the line is cut all the same.
        """
        self._deaf, self.close_sent = True, True
        self.stop_keepalive()
        said = self.conn.close_sent
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006 if said is None else said.code})
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = self.loop.call_later(PATIENCE, self.transport.abort)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.write_eof()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def _calm(self) -> bool:
        if self._pace.calm(self.loop.time()):
            return True
        self._end(TOO_FAST)
        return False

    def _end(self, code: int) -> None:
        """Say why, once."""
        if not self.close_sent:
            self.conn.send_close(code)
            self.handle_parser_exception()
