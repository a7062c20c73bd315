"""The phone: what is on the stage, what comes next, asking, and what became of one's own questions."""

from starlette.requests import Request
from starlette.responses import Response

from live.mine import mine
from live.questions import TEXT_LIMIT
from live.receiving import ABOUT_LIMIT
from live.reckoning import sums
from live.seats import Audience, Seat
from server import clock
from server.pages import shell
from server.pages.live import entered, live_page, own_html
from server.rooms.room import Room


async def show(request: Request) -> Response:
    """`/d/{code}`, for everybody; who has joined may also ask."""
    room, seat = await entered(request, Audience.PHONE)
    return await drawn(request, room, seat)


async def drawn(request: Request, room: Room, seat: Seat) -> Response:
    """The page as this seat has it."""
    supported = sorted(await room.supported_by(seat.id))
    response = live_page(
        request, "phone/show.html", room, seat,
        mine=mine(room.dialogue, seat.id), mine_html=own_html(request, room, seat),
        supported=supported, now={"tally": _tally(room), "sums": sums(room.dialogue)},
        shell=shell.keeps(request, room),
        limit=TEXT_LIMIT, about_limit=ABOUT_LIMIT, waiting=room.dialogue.asking.waiting, op=clock.secret(),
    )  # fmt: skip
    # Somebody's own questions are on it: no cache between keeps it, and "back" asks again.
    response.headers["Cache-Control"] = "no-store"
    return response


def _tally(room: Room) -> dict[str, int]:
    """How many support each question, where the dialogue says that everybody sees it: nothing else is in the page."""
    return {str(number): count for number, count in room.tally.items()} if room.dialogue.supports_shown else {}
