"""The capture page: a microphone of this very computer becomes a source of the dialogue."""

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.doors import access
from server.doors.sound import recorder
from server.pages import page
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/sound`, for those who may record: secretary, moderator, chair."""
    room, seat = await access.dialogue(request), await recorder(request)
    return page(
        request, "sound/show.html", code=room.code, demo=room.demo, notice=room.dialogue.notice,
        model=parts(request).listening.model, secretary=seat.audience is Audience.SECRETARY,
    )  # fmt: skip
