"""Captions alone on nothing, to be laid over a picture by a video mixer or by OBS."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages import whole
from server.pages.live import entered, live_page

SMALLEST, USUAL, LARGEST = 2, 5, 12
"""Height of a row in hundredths of the picture's."""


async def show(request: Request) -> Response:
    """`/d/{code}/overlay?size=5&place=bottom&back=box`: the public captions, two rows, for whoever has the address."""
    room, seat = await entered(request, Audience.PUBLIC)
    request.state.framed = True  # by whom the settings say, else by nobody
    asked = request.query_params
    size = whole(asked.get("size", "")) or USUAL
    return live_page(
        request,
        "overlay/show.html",
        room,
        seat,
        size=min(max(size, SMALLEST), LARGEST),
        place_at=_one_of(asked.get("place", ""), "bottom", "top"),
        back=_one_of(asked.get("back", ""), "box", "shadow"),
    )


def _one_of(asked: str, usual: str, *others: str) -> str:
    return asked if asked in others else usual
