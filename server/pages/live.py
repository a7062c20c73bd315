"""What every live page shows beside its own things: the room, the view of its audience, and where the page stands."""

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from live.mine import own
from live.seats import Audience, Seat
from server.doors import access
from server.pages import language_of, page
from server.rooms.room import Room


async def entered(request: Request, audience: Audience) -> tuple[Room, Seat]:
    """The room in the path and the seat from which `audience` sees it. Raises HTTPException(404)."""
    room = await access.dialogue(request)
    return room, await access.seat(request, audience)


def own_html(request: Request, room: Room, seat: Seat) -> Markup:
    """What is drawn for this seat alone, as `fill mine` brings it later."""
    drawn = room.fanout.owners.mine(own(room.dialogue, seat), seat.audience, language_of(request))
    return Markup(drawn)  # noqa: S704 - drawn by autoescaping partials


def live_page(request: Request, template: str, room: Room, seat: Seat, **more: Any) -> HTMLResponse:
    """Draw a page that the socket goes on from: n, epoch and view are of one moment."""
    here: dict[str, Any] = {
        "code": room.code,
        "notice": room.dialogue.notice,
        "n": room.n,
        "epoch": room.epoch,
        "audience": seat.audience,
        "view": room.view(seat.audience),
        "seat": seat,
        "demo": room.demo,
    }
    return page(request, template, **(here | more))
