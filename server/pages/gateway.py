"""An organiser's page: let an SMS gateway hand in questions for this dialogue, with a secret that is shown once."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import clock
from server.doors import access
from server.doors.csrf import checked_form
from server.pages import page
from server.parts import parts
from server.rooms.room import Room


async def show(request: Request) -> Response:
    """`/d/{code}/gateway`."""
    await access.somebody_of_staff(request, "organiser")
    return await _page(request, await access.dialogue(request))


async def change(request: Request) -> Response:
    """`do` = open (a new secret; an older one is worth nothing from then on) or shut."""
    await access.somebody_of_staff(request, "organiser")
    room, fields = await access.dialogue(request), await checked_form(request)
    asked = fields.get("do")
    if asked not in {"open", "shut"}:
        raise HTTPException(400)
    secret = clock.secret() if asked == "open" else ""
    await parts(request).gateways.give(room.code, secret, clock.now())
    return await _page(request, room, secret) if secret else RedirectResponse(f"/d/{room.code}/gateway", 303)


async def _page(request: Request, room: Room, secret: str = "") -> Response:
    here = parts(request)
    answer = page(
        request, "staff/gateway.html", code=room.code, demo=room.demo, notice=room.dialogue.notice, secret=secret,
        since=await here.gateways.since(room.code), address=f"{here.settings.public_url}/d/{room.code}/message",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
