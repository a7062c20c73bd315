"""Who may come in: a request or socket becomes a room and a seat, or is told that there is nothing here.

Whoever may not see a page gets the same 404 as for a page that does not exist: a stranger learns nothing.
"""

from urllib.parse import urlsplit

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from live.seats import Audience, Seat
from live.sites import clerk_site, joined_site
from live.states import DialogueState
from server import clock
from server.doors import cookies, rehearsing
from server.parts import parts
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.people import Staff

log = structlog.get_logger()
CITIZENS = frozenset({Audience.PHONE, Audience.PUBLIC})
CITIZEN_PAGES = {audience.value: audience for audience in CITIZENS}


def audience_of(asked: str) -> Audience:
    """The audience that a page says it is. Raises HTTPException(404) for anything that is no page."""
    if asked not in {audience.value for audience in Audience} - {Audience.MACHINE.value}:
        raise HTTPException(404)
    return Audience(asked)


async def staff(connection: HTTPConnection) -> Staff | None:
    """The member of staff whose session this is; None for everybody else.

    A request looks once. A socket lives for hours and looks each time, so that an ended session is felt at once.
    """
    if connection.scope["type"] == "http" and hasattr(connection.state, "staff"):
        known: Staff | None = connection.state.staff
        return known
    token = cookies.secret(connection, parts(connection).settings, "staff")
    found = None if token is None else await parts(connection).people.session(token, clock.now())
    connection.state.staff = found
    return found


def signed_in(connection: HTTPConnection) -> Staff | None:
    """The same, as far as it was asked already: nobody where no page needed to know."""
    return getattr(connection.state, "staff", None)


def close_live_pages(rooms: Rooms, person: Staff) -> None:
    """Cut every line that this member of staff has open; a page whose session still runs comes back by itself."""
    for room in rooms.open_rooms():
        seat = f"staff:{person.id}"
        for listener in room.fanout.end_seat(seat):
            listener.line.abort()
        room.sign_outs[seat] += 1  # a microphone is asked at its next frame


class StaffKnown:
    """Finds out who of the staff sends a request, so that every page can say so; static files need nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            await staff(HTTPConnection(scope))
        await self.app(scope, receive, send)


async def somebody_of_staff(connection: HTTPConnection, *roles: str) -> Staff:
    """The signed-in member of staff, who must have one of the roles if any is named. Raises HTTPException(404)."""
    person = await staff(connection)
    if person is None or (roles and not person.may(*roles)):
        raise HTTPException(404)
    return person


async def dialogue(connection: HTTPConnection) -> Room:
    """The room of the dialogue in the path. Raises HTTPException(404); a draft is there for staff only."""
    room = await parts(connection).rooms.get(connection.path_params["code"])
    if room is None or (room.dialogue.state is DialogueState.DRAFT and await staff(connection) is None):
        raise HTTPException(404)
    return room


async def seat(connection: HTTPConnection, audience: Audience) -> Seat:
    """The seat from which this connection looks at the dialogue in the path as `audience`.

    A citizen who has not joined looks on from a seat without id. Raises HTTPException(404) for a staff seat that the
    session does not allow; the machine's seat is never reached from outside.
    """
    if audience in CITIZENS:
        return await _citizen(connection, audience)
    if audience is Audience.MACHINE:
        raise HTTPException(404)
    person = await somebody_of_staff(connection, *([] if audience is Audience.STAGE else [audience.value]))
    agency = person.agency if audience is Audience.AGENCY else ""
    seat_id = f"staff:{person.id}"
    room = await parts(connection).rooms.get(connection.path_params["code"]) if audience is Audience.CLERK else None
    site = "" if room is None else clerk_site(room.dialogue, seat_id)
    return Seat(seat_id, audience, name=person.name, agency=agency, site=site)


async def seat_of_page(connection: HTTPConnection, room: Room, page: str) -> Seat:
    """The seat of whoever sends from this page of the room: a page says which audience's it is, or the rehearsal's.

    Raises HTTPException(404) as `seat` does, and for anything that is no page.
    """
    return rehearsing.seat(connection, room) if page == rehearsing.PAGE else await seat(connection, audience_of(page))


async def seat_again(connection: HTTPConnection, audience: Audience) -> Seat:
    """The same, asked anew: a socket lives long, and a session may have ended since it was opened."""
    if hasattr(connection.state, "staff"):
        del connection.state.staff
    return await seat(connection, audience)


async def staying_seat(connection: HTTPConnection, room: Room, audience: Audience) -> Seat:
    """The seat of a page that stays open, asked now; whoever joins at once keeps it until it is ended.

    Lines are cut when somebody is signed out. One that was on its way in, past the question whether the session runs,
    would be missed and never be asked again: so it is asked until nobody was signed out meanwhile.
    """
    while True:
        before = room.sign_outs.total()
        found = await seat_again(connection, audience)
        if room.sign_outs.total() == before:
            return found


async def _citizen(connection: HTTPConnection, audience: Audience) -> Seat:
    token = cookies.secret(connection, parts(connection).settings, "seat")
    taken = None if token is None else await parts(connection).people.seat(connection.path_params["code"], token)
    if taken is None:
        return Seat("", audience)
    said = taken.joined
    room = await parts(connection).rooms.get(connection.path_params["code"]) if said.site else None
    site = "" if room is None else joined_site(room.dialogue, said.site)
    return Seat(taken.id, audience, said.name, said.locality, said.publish_name, site=site)


def origin_allowed(connection: HTTPConnection) -> bool:
    """Whether the page that sends is exactly one of ours, on the very host it sends to.

    A form of an old browser may come without Origin; then the Referer's origin must be ours. Neither: refused.
    """
    origin = connection.headers.get("origin")
    if origin is None and connection.scope["type"] == "http":
        origin = _origin(connection.headers.get("referer", ""))
    if origin in parts(connection).settings.origins and urlsplit(origin).netloc == connection.headers.get("host"):
        return True
    foreign(origin)
    return False


def foreign(origin: str | None) -> None:
    """A page that is none of ours has sent something: a neighbour's mistake, or somebody tries."""
    log.info("foreign_origin", origin=(origin or "")[:200])


def _origin(address: str) -> str:
    try:
        sender = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return f"{sender.scheme}://{sender.netloc}"
