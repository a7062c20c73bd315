"""The page of an agency that promised something: its promises, and telling what has been done."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages.live import entered, live_page


async def show(request: Request) -> Response:
    """`/d/{code}/agency`."""
    room, seat = await entered(request, Audience.AGENCY)
    return live_page(request, "agency/show.html", room, seat)
