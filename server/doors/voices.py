"""Where the voice of a phone comes out: `/d/{code}/sound/remote_voice/hall`, for the screens of the hall and its sites.

Down come frames as they went up, a place and samples; up go how the screen plays and what it left out.
"""

import asyncio
from contextlib import suppress
from typing import Annotated, Literal

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocket, WebSocketDisconnect

from live.remote_voice import speaker
from live.seats import Audience
from live.sites import linked
from server.doors import access
from server.doors.fast_lane import GOING
from server.doors.sockets import NOT_HERE
from server.parts import parts
from server.rooms.room import Room
from server.rooms.voices import Screen

SILENT = 15.0
"""Seconds without a word from a screen after which nobody believes that it plays; a screen speaks every two."""

log = structlog.get_logger()


class Said(msgspec.Struct):
    """`skipped`: frames that it left out since it last said so, to be at now again."""

    state: Literal["on", "off", "lost"]
    skipped: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0


async def voices(websocket: WebSocket) -> None:
    """One screen's line, from its page's beginning to its end."""
    here = parts(websocket)
    try:
        if not access.origin_allowed(websocket) or not here.listening.here:
            raise HTTPException(404)
        room, seat = await access.dialogue(websocket), await access.seat(websocket, Audience.STAGE)
    except HTTPException:
        log.info("no_such_line", dialogue=websocket.path_params["code"][:40])
        await websocket.accept()  # as at the other doors: a page cannot read why a handshake was refused
        await websocket.close(NOT_HERE)
        return
    await websocket.accept()
    screen = Screen(_place(room, websocket.query_params.get("site", "")))
    here.voices.join(room, screen)
    sending = asyncio.create_task(_send(websocket, room, screen), name=f"voice to a screen of {room.code}")
    try:
        await _hear(websocket, room, screen, seat.id)
    finally:
        sending.cancel()
        here.voices.leave(room, screen)


def _place(room: Room, said: str) -> str:
    """The linked site that the screen says it stands at; else it is the hall's."""
    return next((str(site.name) for site in linked(room.dialogue) if str(site.name) == said), "")


async def _send(websocket: WebSocket, room: Room, screen: Screen) -> None:
    """Frames in their order; what waits for a slow line when the microphone is closed is heard by nobody any more."""
    with suppress(WebSocketDisconnect, RuntimeError):  # it has gone, as whoever reads its line learns
        while True:
            frame = await screen.next()
            if speaker(room.dialogue) is not None:
                await websocket.send_bytes(frame)


async def _hear(websocket: WebSocket, room: Room, screen: Screen, seat: str) -> None:
    """What the screen says of itself, until it goes, falls silent, or its session ends."""
    here, sign_outs = parts(websocket), room.sign_outs[seat]
    while True:
        try:
            async with asyncio.timeout(SILENT):
                message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            said = msgspec.json.decode(message.get("text") or "", type=Said)
        except (TimeoutError, msgspec.MsgspecError):
            await websocket.close(GOING)
            return
        if room.sign_outs[seat] != sign_outs:
            await websocket.close(GOING)
            return
        here.voices.counted["skipped"] += said.skipped
        if said.state != screen.state:
            screen.state = said.state
            here.voices.tell(room)
