"""The language switch in the header of every page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.doors.csrf import checked_form
from server.pages import own_path
from server.parts import parts
from server.rooms.catalogue import LANGUAGES

_YEAR = 365 * 24 * 3600


async def language(request: Request) -> Response:
    """Remember the chosen language and go back to the page."""
    fields = await checked_form(request)
    response = RedirectResponse(own_path(str(fields.get("back", "")), "/"), 303)
    chosen = str(fields.get("language", ""))
    if chosen in LANGUAGES:
        response.set_cookie("lang", chosen, _YEAR, secure=parts(request).settings.https, httponly=True, samesite="lax")
    return response
