"""The hall screen: one question, who asks it, the time; always the code by which to take part."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.pages.live import entered, live_page
from server.pages.qr import qr
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/stage`, for any member of staff who stands at the projector."""
    return await drawn(request, f"/d/{request.path_params['code']}")


async def drawn(request: Request, join: str, site: str = "") -> Response:
    """The screen with the code of the path `join`; that of a linked site, where one is named."""
    room, seat = await entered(request, Audience.STAGE)
    address = parts(request).settings.public_url + join
    code = qr(address, title=f"QR {room.code}")
    return live_page(request, "stage/show.html", room, seat, address=address, qr=code, site=site)
