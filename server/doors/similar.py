"""While somebody types: questions that ask the same, drawn small.

A citizen finds public ones and may support one instead; a clerk finds every one that others may be merged into, and can
tell whoever stands at the desk its number.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.asides import LEADS
from live.questions import TEXT_LIMIT, Question
from live.seats import Audience, Seat
from live.texts import clean
from server.doors import access
from server.doors.csrf import form_of
from server.doors.limits import SIMILAR, address
from server.pages import page
from server.parts import parts
from server.rooms.room import Room

LONGEST = 4 * TEXT_LIMIT
"""Characters that are looked at: as many as a question has, if each letter comes with its marks apart."""


async def similar(request: Request) -> Response:
    """POST `/d/{code}/similar` with `text`: what was typed travels in the body, for addresses end in logs."""
    if not access.origin_allowed(request):
        raise HTTPException(404)
    room = await access.dialogue(request)
    form = await form_of(request)
    at_desk = form.get("as") == Audience.CLERK.value
    seat = await access.seat(request, Audience.CLERK if at_desk else Audience.PHONE)
    if wait := parts(request).limits.wait(SIMILAR, f"{room.code} {seat.id or address(request)}"):
        return Response(status_code=429, headers={"Retry-After": str(int(wait) + 1)})
    text = clean(str(form.get("text", ""))[:LONGEST])
    if at_desk:
        found = await parts(request).similar.near(room, text, lambda question: question.state in LEADS)
        return page(request, "clerk/similar.html", found=found, code=room.code)
    found = await for_asker(request, room, seat, text)
    return page(request, "phone/similar.html", found=found, code=room.code, back="")


async def for_asker(request: Request, room: Room, seat: Seat, text: str) -> list[Question]:
    """What this asker could support or read instead: public, and somebody else's."""

    def fits(question: Question) -> bool:
        return question.public and (not seat.id or question.seat != seat.id)

    return await parts(request).similar.near(room, text, fits)
