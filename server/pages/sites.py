"""The linked sites of a dialogue: their list, their screens and codes, and which clerk sits where."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.agreeing import mark
from live.seats import Audience
from live.sites import Site, in_lines, joined_site, linked
from server.doors import access
from server.pages import page, stage, whole
from server.pages.qr import qr
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/sites`, for those who lead the dialogue."""
    room = await access.dialogue(request)
    person = await access.somebody_of_staff(request, "moderator", "chair")
    audience = Audience.MODERATOR if person.may("moderator") else Audience.CHAIR
    staff = [one for one in await parts(request).people.all_staff() if one.disabled_at is None]
    sites = linked(room.dialogue)
    return page(
        request, "sites/show.html", code=room.code, demo=room.demo, notice=room.dialogue.notice, as_=audience.value,
        sites=[(site, _address(request, room.code, site), _code(request, room.code, site)) for site in sites],
        clerks=[(one, room.dialogue.clerks.get(f"staff:{one.id}", 0)) for one in staff if "clerk" in one.roles],
        names=in_lines(room.dialogue), was=mark(in_lines(room.dialogue)),
    )  # fmt: skip


async def screen(request: Request) -> Response:
    """`/d/{code}/site/{site}/stage`: the hall screen of one site, which also says when somebody there is called."""
    room = await access.dialogue(request)
    number = whole(request.path_params["site"]) or 0
    name = joined_site(room.dialogue, number)
    if not name:
        raise HTTPException(404)
    return await stage.drawn(request, f"/d/{room.code}/site/{number}", name)


def _address(request: Request, code: str, site: Site) -> str:
    return f"{parts(request).settings.public_url}/d/{code}/site/{site.number}"


def _code(request: Request, code: str, site: Site) -> str:
    return qr(_address(request, code, site), title=f"QR {site.name}", scale=3)
