"""The machine in the hall: somebody without a phone types the number on their card or slip and reads how it stands."""

from starlette.requests import Request
from starlette.responses import Response

from live.kiosk import look_up
from live.texts import clean
from server.doors import access
from server.pages import page

LONGEST = 200
"""Characters taken from a scanner: the address of a code."""
FORGETS = 20
"""Seconds without a touch, after which the next person finds an empty page."""


async def show(request: Request) -> Response:
    """`/d/{code}/kiosk?look=12`, for everybody: no session stands in the hall, and no link leads away."""
    room = await access.dialogue(request)
    typed = clean(request.query_params.get("look", ""))[:LONGEST]
    found = look_up(room.dialogue, typed) if typed else ()
    response = page(
        request, "kiosk/show.html", code=room.code, notice=room.dialogue.notice, demo=room.demo, typed=typed,
        found=found, forgets=FORGETS, staff=None,
    )  # fmt: skip
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"})
    return response
