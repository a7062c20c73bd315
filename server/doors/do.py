"""Commands by plain form or fetch: `POST /d/{code}/do/{command}`. The same road as the socket's, without script."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from live.refusals import Refused
from live.seats import Audience
from server.doors import access, wire
from server.doors.csrf import form_of
from server.doors.noting import left_behind, noted
from server.doors.refused_form import returned
from server.doors.signed_out import signed_out, too_late
from server.pages import language_of, own_path, page
from server.parts import parts
from server.rooms.room import FULL_MS, Room
from server.rooms.turn import Accepted, Answer, Busy

PAGES = {
    Audience.MODERATOR.value: "/moderator",
    Audience.CHAIR.value: "/chair",
    Audience.CLERK.value: "/clerk",
    Audience.SECRETARY.value: "/transcript",
    Audience.AGENCY.value: "/agency",
}
"""The page of each audience, below the dialogue's own, which is the phone's."""


async def do(request: Request) -> Response:
    """Carry out a command sent by a form (answer: the page again, or the sentence why not) or by fetch (JSON)."""
    if not access.origin_allowed(request):
        raise HTTPException(404)
    fields = {key: value for key, value in (await form_of(request)).items() if isinstance(value, str)}
    left = signed_out(request) and fields.get("as") in PAGES
    room = None if left else await access.dialogue(request)
    answer = await _answer(request, room, fields) if room else await _too_late(request, fields)
    if "application/json" in request.headers.get("accept", ""):
        return _json(answer, fields, language_of(request))
    if isinstance(answer, Accepted):
        return RedirectResponse(_next(answer, fields, request.path_params["code"]), status_code=303)
    return _sentence(request, answer, fields, room)


async def _too_late(request: Request, fields: Mapping[str, Any]) -> Refused:
    """For whoever was of the staff: answered alike for every code there may be."""
    name, code = request.path_params["command"], request.path_params["code"]
    refused = too_late(await parts(request).rooms.get(code), name, fields)
    left_behind(code, name, refused)
    return refused


async def _answer(request: Request, room: Room, fields: Mapping[str, Any]) -> Answer:
    if room.full:
        return Busy(FULL_MS)
    seat = await access.seat_of_page(request, room, fields.get("as", Audience.PHONE.value))
    name = request.path_params["command"]
    command = wire.command(name, fields)
    if isinstance(command, Refused):
        return noted(command, room, seat, name)
    if wait := parts(request).limits.command(room.code, seat):
        return Busy(int(wait * 1000))
    return noted(await room.handle(command, seat, wire.operation(fields)), room, seat, name)


def _json(answer: Answer, fields: Mapping[str, Any], language: str) -> JSONResponse:
    status = 200 if isinstance(answer, Accepted) else 409 if isinstance(answer, Refused) else 503
    headers = {"Retry-After": "1"} if isinstance(answer, Busy) else {}
    return JSONResponse(wire.answer(wire.operation(fields), answer, language), status, headers)


def _next(answer: Accepted, fields: Mapping[str, Any], code: str) -> str:
    if answer.receipt is not None and fields.get("as", "phone") == "phone":
        return str(answer.receipt["url"])
    return _back(fields, code)


def _back(fields: Mapping[str, Any], code: str) -> str:
    """Where the form came from; a card, which is drawn once for many, does not say: then the page of its audience."""
    desk = PAGES.get(str(fields.get("as", "")), "")
    return own_path(str(fields.get("back", "")), otherwise=f"/d/{code}{desk}")


def _sentence(request: Request, answer: Refused | Busy, fields: Mapping[str, Any], room: Room | None) -> Response:
    """The sentence why not, with everything that was typed still there to be corrected and sent again."""
    refused = answer if isinstance(answer, Refused) else answer.because
    say = refused.say(language_of(request)) if refused else None
    command, code = request.path_params["command"], request.path_params["code"]
    back = _back(fields, code)
    rows, unseen = returned(command, fields, refused)
    kept = {key: value for key, value in fields.items() if key in wire.ENVELOPE and key != "op"} | unseen
    status = 409 if isinstance(answer, Refused) else 503
    return page(
        request, "refused.html", status=status, say=say, rows=rows, kept=kept, code=code, command=command,
        back=back, here=back, topics=room.dialogue.notice.topics if room else (), signed_out=room is None,
    )  # fmt: skip
