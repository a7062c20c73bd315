"""The feed: what a socket would bring, as server-sent events, for networks that let no socket through.

The same messages in the same order from the same position; what goes up goes by `server/doors/do.py`. It only reads,
and no other site can read its answer, so it asks for no Origin, which browsers do not send here.
"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from live.seats import Seat
from server.doors import arrival, coming_back
from server.doors.feed_line import TRANSPORT, FeedLine
from server.rooms.listeners import SIGNALS_STOP, Listener
from server.rooms.room import Room

_GONE = b'data: {"gone":1}\n\n'
"""Do not come back: what the close codes from 4500 on say on a socket."""
_HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
"""No proxy keeps, packs or gathers it; nginx knows the second name only."""
_EVENTS = "text/event-stream"


async def feed(request: Request) -> Response:
    """`GET /d/{code}/feed?since=n&epoch=e`: catch up, then go on until somebody leaves."""
    try:
        room, seat = coming_back.known(request) or await coming_back.found(request)
    except HTTPException:
        return Response(_GONE, headers=_HEADERS, media_type=_EVENTS)
    if request.method == "HEAD":
        return Response(headers=_HEADERS, media_type=_EVENTS)
    return Feed(request, room, seat)


class Feed(Response):
    """The answer that goes on."""

    def __init__(self, request: Request, room: Room, seat: Seat) -> None:
        super().__init__(headers=_HEADERS, media_type=_EVENTS)
        del self.headers["content-length"]
        self._room = room
        self._request = request
        self._line = FeedLine(room.epoch)
        self._listener = Listener(self._line, seat, arrival.language(request))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport: asyncio.Transport = scope["extensions"][TRANSPORT]["itself"]
        transport.set_write_buffer_limits(high=SIGNALS_STOP)  # what cannot be sent waits in the line, which is bounded
        arrival.join(self._room, self._listener, self._request)  # before anything is waited for, as `coming_back` asks
        arrival.count(self._room)
        leaving = asyncio.create_task(self._left(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await self._write(send)
            await self._line.in_time(send(_body(b"", more=False)))
        except TimeoutError:  # the network takes nothing, and would not take our goodbye either: the page comes back
            if not self._line.ended:
                self._room.fanout.cut(self._listener)
            transport.abort()
        finally:
            leaving.cancel()
            self._room.fanout.leave(self._listener)
            arrival.count(self._room)

    async def _write(self, send: Send) -> None:
        """Until the line ends. Raises TimeoutError when it takes nothing for too long."""
        while await self._line.write(lambda content: send(_body(content, more=True))):
            if not self._line.buffered():
                self._room.fanout.bring(self._listener)

    async def _left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._line.abort()


def _body(content: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}
