"""The page of an agency that promised something: its own promises, telling what has been done, and everybody's."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages.live import entered, live_page, own_html


async def show(request: Request) -> Response:
    """`/d/{code}/agency`."""
    room, seat = await entered(request, Audience.AGENCY)
    response = live_page(request, "agency/show.html", room, seat, mine_html=own_html(request, room, seat))
    response.headers["Cache-Control"] = "no-store"  # somebody's own promises are on it, with buttons
    return response
