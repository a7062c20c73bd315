"""The page of an agency that promised something: its own promises, telling what has been done, and everybody's."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from live.looks import own
from live.seats import Audience
from server.pages import language_of
from server.pages.live import entered, live_page


async def show(request: Request) -> Response:
    """`/d/{code}/agency`."""
    room, seat = await entered(request, Audience.AGENCY)
    drawn = room.fanout.owners.mine(own(room.dialogue, seat), seat.audience, language_of(request))
    mine = Markup(drawn)  # noqa: S704 - drawn by autoescaping partials
    response = live_page(request, "agency/show.html", room, seat, mine_html=mine)
    response.headers["Cache-Control"] = "no-store"  # somebody's own promises are on it, with buttons
    return response
