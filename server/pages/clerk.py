"""The clerk's page: entering a question for somebody with a paper card, on the telephone or at a distant site."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from live.sites import linked
from server.pages.live import entered, live_page


async def show(request: Request) -> Response:
    """`/d/{code}/clerk`."""
    room, seat = await entered(request, Audience.CLERK)
    return live_page(request, "clerk/show.html", room, seat, sites=linked(room.dialogue))
