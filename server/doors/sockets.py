"""The door of live pages: `/d/{code}/live`. Who may open one, and from where it goes on.

A page whose dialogue is open and whose seat is known is joined in the same turn in which its handshake came, without a
statement of SQL: after a power cut the whole hall comes at once.
"""

import asyncio
from urllib.parse import unquote_to_bytes, urlsplit

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp

from live.seats import Seat
from server.doors import access, arrival, coming_back
from server.doors.fast_lane import GOING, FastLane
from server.doors.handshake import Headers
from server.doors.talk import Talk
from server.parts import Parts
from server.rooms.listeners import Listener
from server.rooms.room import Room

NOT_HERE = 4500

log = structlog.get_logger()


class LiveDoor:
    """Opens the lines of live pages of one server."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self.parts = parts
        self.wheel = parts.wheel
        self._app = app
        # Exactly our own pages, each on the very host it is sent to: `access.origin_allowed`, made ready beforehand.
        self._ours = {(origin, urlsplit(origin).netloc) for origin in parts.settings.origins}
        self._opening: set[asyncio.Task[None]] = set()

    def connection(self, code: str, query: bytes, headers: Headers) -> HTTPConnection:
        """What the questions of `access` are asked about."""
        return HTTPConnection(
            {
                "type": "websocket", "app": self._app, "headers": headers, "query_string": query, "state": {},
                "path_params": {"code": code},
            }
        )  # fmt: skip

    def open(self, line: FastLane, code: bytes, query: bytes, headers: Headers) -> None:
        """Join the room where the page left off, or close with the reason."""
        named = unquote_to_bytes(code).decode("latin-1")
        connection = self.connection(named, query, headers)
        if (connection.headers.get("origin"), connection.headers.get("host")) not in self._ours:
            access.foreign(connection.headers.get("origin"))
            line.close(NOT_HERE)
            return
        if (known := coming_back.known(connection)) is not None:
            self._join(line, connection, *known)
            return
        line.greet()
        task = asyncio.create_task(self._open_slowly(line, connection))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open_slowly(self, line: FastLane, connection: HTTPConnection) -> None:
        try:
            self._join(line, connection, *await coming_back.found(connection))
        except HTTPException:
            log.info("no_such_line", dialogue=connection.path_params["code"][:40])
            line.close(NOT_HERE)
        except Exception:  # logged; a page that cannot be opened now comes back, instead of waiting on a dumb line
            log.exception("not_opened")
            line.close(GOING)

    def _join(self, line: FastLane, connection: HTTPConnection, room: Room, seat: Seat) -> None:
        if line.transport.is_closing():
            return
        listener = Listener(line, seat, arrival.language(connection))
        talk = Talk(self, line, room, listener, connection.headers.get("cookie", "").encode("latin-1"))
        arrival.join(room, listener, connection)
        line.belongs_to(talk)
        arrival.count(room)

    def left(self, talk: Talk) -> None:
        talk.room.fanout.leave(talk.listener)
        arrival.count(talk.room)
