"""The phone page of a rehearsal, for whoever has its link: everything as in the evening, and marked as what it is."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.doors import access, rehearsing
from server.pages import phone
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/rehearsal/{key}`; when that rehearsal is over, to the page of the dialogue."""
    room = await access.dialogue(request)
    if not rehearsing.opens(request, room, request.path_params["key"]):
        return RedirectResponse(f"/d/{room.code}", 303)
    seat = rehearsing.seat(request, room)
    if seat.id:
        return await phone.drawn(request, room, seat)
    if "kept" in request.query_params:  # it was not: this browser keeps no cookies
        return RedirectResponse(f"/d/{room.code}", 303)
    again = RedirectResponse(f"{request.url.path}?kept", 303)
    rehearsing.take(request, room, again)
    return again


def address(request: Request, code: str, key: str) -> str:
    """The link that phones scan."""
    return f"{parts(request).settings.public_url}/d/{code}/rehearsal/{key}"
