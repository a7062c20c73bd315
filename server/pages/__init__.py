"""Pages: one file each, a small function that gathers what the page shows and has it drawn."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from live.looks import recorded
from server.doors import access, cookies, csrf
from server.parts import parts
from server.rooms.catalogue import LANGUAGES

_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*\Z")


def language_of(connection: HTTPConnection) -> str:
    """The language somebody chose with the switch; Vietnamese until then, whatever the browser prefers."""
    chosen = connection.cookies.get("lang", "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Draw a whole page. Adds what every page knows; `context` may override it (`demo`, say).

    `here` is where the page can be opened again as it is now: what answers a form names another address there.
    """
    language, settings = language_of(request), parts(request).settings
    known = {
        "language": language,
        "nonce": request.state.nonce,
        "csrf": csrf.token(request),
        "staff": access.signed_in(request),
        "demo": False,
        "only_here": settings.only_here,
        "recording": _recording(request, context),
        "path": request.url.path,
        "here": f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
    }
    response = HTMLResponse(parts(request).render.page(template, **(known | context)), status)
    if known["staff"] is not None:
        # Desks are shared computers: after signing out, "back" must ask the server and not the browser's own copy.
        response.headers["Cache-Control"] = "no-store"
    if request.cookies.get(cookies.full_name(settings, csrf.VISIT)) != csrf.visit(request):
        cookies.put(response, settings, csrf.VISIT, csrf.visit(request))
    return response


def _recording(request: Request, context: Mapping[str, Any]) -> bool | None:
    """Whether the dialogue that the page belongs to is being recorded. A live page tells it by its own banner: None."""
    room = None if "audience" in context else parts(request).rooms.opened_room(str(context.get("code", "")))
    return None if room is None else recorded(room.dialogue)


def whole(text: str) -> int | None:
    """The whole number that somebody typed or linked to; None for anything else, however long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def own_path(text: str, otherwise: str) -> str:
    """`text` if it is a path on this server, where a person may be sent back to; `otherwise` if it is anything else."""
    return text if _OWN_PATH.match(text) else otherwise
