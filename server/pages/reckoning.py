"""What was received and what became of it, live and for everybody: the sum, who owes an answer, what was refused."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages.live import entered, live_page


async def show(request: Request) -> Response:
    """`/d/{code}/reckoning`."""
    room, seat = await entered(request, Audience.PUBLIC)
    return live_page(request, "reckoning/show.html", room, seat)
