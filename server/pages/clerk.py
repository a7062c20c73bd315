"""The clerk's page: entering a question for somebody with a paper card, on the telephone or at a distant site."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from live.sites import linked
from server.pages.live import entered, live_page, own_html


async def show(request: Request) -> Response:
    """`/d/{code}/clerk`."""
    room, seat = await entered(request, Audience.CLERK)
    mine = own_html(request, room, seat)
    return live_page(request, "clerk/show.html", room, seat, sites=linked(room.dialogue), mine_html=mine)
