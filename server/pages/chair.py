"""The chair's page: what is asked now, the time, what comes next, in letters to read at arm's length."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages.agencies import offered
from server.pages.live import entered, live_page, own_html


async def show(request: Request) -> Response:
    """`/d/{code}/chair`."""
    room, seat = await entered(request, Audience.CHAIR)
    return live_page(
        request,
        "chair/show.html",
        room,
        seat,
        mine_html=own_html(request, room, seat),
        **await offered(request, room.dialogue),
    )
