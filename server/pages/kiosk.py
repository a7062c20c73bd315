"""The machine in the hall: somebody without a phone types the number on their card or slip and reads how it stands."""

from starlette.requests import Request
from starlette.responses import Response

from live.kiosk import look_up
from live.texts import clean
from server.doors import access
from server.pages import language_of, page
from server.rooms.catalogue import LANGUAGES

LONGEST = 200
"""Characters taken from a scanner: the address of a code."""
FORGETS = 20
"""Seconds without a touch, after which the next person finds an empty page."""


async def show(request: Request) -> Response:
    """`/d/{code}/kiosk?look=12`, for everybody: no session stands in the hall, and no link leads away.

    `language=en` is the choice of whoever stands there. It is in the address and not in a cookie, so that it is
    forgotten with what they looked up; the next one finds the page in the language that the machine was set up in.
    """
    room = await access.dialogue(request)
    typed = clean(request.query_params.get("look", ""))[:LONGEST]
    found = look_up(room.dialogue, typed) if typed else ()
    own, asked = language_of(request), request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else own
    response = page(
        request, "kiosk/show.html", code=room.code, notice=room.dialogue.notice, demo=room.demo, typed=typed,
        found=found, forgets=FORGETS, staff=None, language=language, chosen="" if language == own else language,
    )  # fmt: skip
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"})
    return response
