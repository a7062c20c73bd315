"""The capture page: a microphone of this very computer becomes a source of the dialogue."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from server.doors import access
from server.doors.recorders import recorder
from server.pages import page
from server.parts import Parts, parts
from server.rooms.disk_room import account


async def show(request: Request) -> Response:
    """`/d/{code}/sound`, for those who may record: secretary, moderator, chair."""
    room, seat = await access.dialogue(request), await recorder(request)
    listening = parts(request).listening
    return page(
        request, "sound/show.html", code=room.code, demo=room.demo, notice=room.dialogue.notice,
        model=listening.model, unusable=listening.unusable, secretary=seat.audience is Audience.SECRETARY,
    )  # fmt: skip


async def kept(here: Parts) -> dict[str, str] | None:
    """What recordings take of the disk and how long it lasts, for staff; None where this server takes no sound."""
    if not here.settings.sound:
        return None
    return await asyncio.to_thread(account, here.settings.data_dir / "sound", here.listening.hours_left())
