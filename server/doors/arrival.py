"""How a live page joins its room, by socket or feed: drawn in which language, up to where, and of which making."""

import re

from starlette.requests import HTTPConnection

from live.seats import Audience
from server.rooms.catalogue import LANGUAGES
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener
from server.rooms.room import Room

RELOAD = text_frame(envelope({"reload": 1}))
"""To a page drawn by another version of the templates and scripts: it loads itself anew at a calm moment."""
_LAST_EVENT = re.compile(r"(\d{1,15})\.([!-~]{1,64})\Z")


def language(connection: HTTPConnection) -> str:
    """The language the page is drawn in."""
    asked = connection.query_params.get("lang", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def position(connection: HTTPConnection) -> tuple[int | None, str]:
    """The last entry the page shows, and of which epoch; None when it wants to be given everything.

    A browser's own EventSource that comes back says it in `Last-Event-ID`, which is newer than its address.
    """
    if last := _LAST_EVENT.match(connection.headers.get("last-event-id", "")):
        return int(last[1]), last[2]
    since = connection.query_params.get("since", "")
    known = since.isascii() and since.isdigit() and len(since) < 16
    return int(since) if known else None, connection.query_params.get("epoch", "")


def join(room: Room, listener: Listener, connection: HTTPConnection) -> None:
    """Go on where the page left off; one of another making is told to load itself anew."""
    room.welcome(listener, *position(connection))
    if is_of_another_making(connection, room.fanout.render.version):
        listener.line.push(RELOAD)


def count(room: Room) -> None:
    """Somebody came or left: how many phones there are is told to everybody."""
    room.signals.set("listeners", room.fanout.count(Audience.PHONE))


def is_of_another_making(connection: HTTPConnection, version: str) -> bool:
    """Whether the page was drawn by other templates or scripts than `version`. One that does not say is not judged."""
    return connection.query_params.get("v", "") not in ("", version)
