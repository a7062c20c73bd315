"""To which room and seat a live page belongs, socket or feed; who is known is let in without a statement of SQL.

After a power cut the whole hall comes at once, and what it needs of the database is read once for all of them.
"""

from starlette.requests import HTTPConnection

from live.seats import Audience, Seat
from live.states import DialogueState
from server.doors import access, cookies, rehearsing
from server.parts import parts
from server.rooms.room import Room


def known(connection: HTTPConnection) -> tuple[Room, Seat] | None:
    """The room and the citizen's seat, when both are known here; None when the database must be asked."""
    room, audience = _open_room(connection), access.CITIZEN_PAGES.get(_asked(connection))
    if room is not None and _asked(connection) == rehearsing.PAGE:
        return room, rehearsing.seat(connection, room)
    if room is None or audience is None:
        return None
    token = cookies.secret(connection, parts(connection).settings, "seat")
    if token is None:
        return room, Seat("", audience)
    seat = parts(connection).seats.known(room.code, token)
    return None if seat is None else (room, Seat(seat, audience))


async def found(connection: HTTPConnection) -> tuple[Room, Seat]:
    """The same of anybody, asked now. Whoever joins at once keeps the seat until it is ended.

    Raises HTTPException(404) for whoever may not look, and NotStored.
    """
    room = _open_room(connection) or await access.dialogue(connection)
    if _asked(connection) == rehearsing.PAGE:
        return room, rehearsing.seat(connection, room)
    audience = access.audience_of(_asked(connection))
    if audience not in access.CITIZENS:
        return room, await access.staying_seat(connection, room, audience)
    token = cookies.secret(connection, parts(connection).settings, "seat")
    seat = None if token is None else await parts(connection).seats.find(room.code, token)
    return room, Seat(seat or "", audience)


def _open_room(connection: HTTPConnection) -> Room | None:
    """The room, if it is open and no draft. Where the journal is by now, a page says that knows more (`welcome`)."""
    room = parts(connection).rooms.opened_room(connection.path_params["code"])
    return None if room is None or room.dialogue.state is DialogueState.DRAFT else room


def _asked(connection: HTTPConnection) -> str:
    return connection.query_params.get("as", Audience.PHONE.value)
