"""The public notice: time, place, content, way of taking part (law 72/2025/QH15, article 43), printed or read out."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from live.seats import Audience
from live.sites import linked
from server.pages import language_of, page
from server.pages.live import entered
from server.pages.qr import qr
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/notice`: one sheet of A4."""
    room, _ = await entered(request, Audience.PUBLIC)
    address = _address(request, room.code)
    return page(
        request, "notice/show.html", notice=room.dialogue.notice, state=room.dialogue.state, code=room.code,
        demo=room.demo, address=address, qr=qr(address, title=f"QR {room.code}"), mixing=room.dialogue.mixing,
        sites=linked(room.dialogue),
    )  # fmt: skip


async def spoken(request: Request) -> Response:
    """`/d/{code}/notice.txt`: the same for the commune's loudspeaker, to be read out as it stands."""
    room, _ = await entered(request, Audience.PUBLIC)
    text = parts(request).render.page(
        "notice/spoken.txt", language_of(request), notice=room.dialogue.notice, code=room.code, demo=room.demo,
        address=_address(request, room.code).split("://")[-1],
    )  # fmt: skip
    return PlainTextResponse(text)


def _address(request: Request, code: str) -> str:
    return f"{parts(request).settings.public_url}/d/{code}"
