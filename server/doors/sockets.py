"""The socket of a live page: catch up, then listen and command until somebody leaves."""

from typing import Any

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocket, WebSocketDisconnect

from live.refusals import Code, Refused, refuse
from live.seats import Audience, Seat
from server import clock
from server.doors import access, arrival, wire
from server.doors.fast_lane import line_of
from server.parts import Parts, parts
from server.rooms.catalogue import LANGUAGES
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import CLOSED_ABOVE, Listener
from server.rooms.room import Room
from server.rooms.turn import Answer, Busy

LONGEST_MESSAGE = 8 * 1024
"""Bytes of one message up; the longest honest one, a full question in Vietnamese, has some 2 KB."""
LARGEST_PING = 2**53
"""Whole numbers below it are the same in every script; JSON of ours holds none beyond 64 bits."""
NOT_HERE, MALFORMED, TOO_MANY = 4500, 4502, 4504

log = structlog.get_logger()


async def live(websocket: WebSocket) -> None:
    """`/d/{code}/live`: join the room where the page left off, then carry commands up and answers down."""
    await websocket.accept()
    try:
        room, seat = await _admitted(websocket)
    except HTTPException:
        await websocket.close(NOT_HERE)
        return
    listener = Listener(line_of(websocket), seat, _language(websocket))
    if room.fanout.crowded(seat):
        await websocket.close(TOO_MANY)
        return
    room.fanout.join(listener, _number(websocket), websocket.query_params.get("epoch", ""), clock.now())
    room.signals.tell(listener)
    if arrival.is_of_another_making(websocket, room.fanout.render.version):
        listener.line.push(arrival.RELOAD)
    _count(room)
    try:
        await _converse(websocket, room, listener)
    except WebSocketDisconnect:
        pass  # a closed page is how every conversation ends
    finally:
        room.fanout.leave(listener)
        _count(room)


async def _admitted(websocket: WebSocket) -> tuple[Room, Seat]:
    if not access.origin_allowed(websocket):
        raise HTTPException(404)
    room = await access.dialogue(websocket)
    asked = websocket.query_params.get("as", Audience.PHONE.value)
    return room, await access.seat(websocket, audience_of(asked))


def audience_of(asked: str) -> Audience:
    """The audience that a page says it is. Raises HTTPException(404) for anything that is no page."""
    if asked not in {audience.value for audience in Audience} - {Audience.MACHINE.value}:
        raise HTTPException(404)
    return Audience(asked)


def _language(websocket: WebSocket) -> str:
    asked = websocket.query_params.get("lang", "vi")
    return asked if asked in LANGUAGES else "vi"


def _number(websocket: WebSocket) -> int | None:
    since = websocket.query_params.get("since", "")
    return int(since) if since.isascii() and since.isdigit() and len(since) < 16 else None


def _count(room: Room) -> None:
    room.signals.set("listeners", room.fanout.count(Audience.PHONE))


async def _converse(websocket: WebSocket, room: Room, listener: Listener) -> None:
    here = parts(websocket)
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        if text is None or len(text) > LONGEST_MESSAGE:
            log.info("malformed_message", dialogue=room.code, seat=listener.seat.id, binary=text is None)
            await websocket.close(MALFORMED)
            return
        if listener.behind:
            room.fanout.refresh(listener)
        if listener.line.buffered() > CLOSED_ABOVE:
            listener.line.abort()  # it asks and never reads: answers would pile up
            return
        reply = await _reply(websocket, here, room, listener, text)
        if reply is not None:
            listener.line.push(text_frame(envelope(reply)))


async def _reply(websocket: WebSocket, here: Parts, room: Room, listener: Listener, text: str) -> dict[str, Any] | None:
    try:
        fields = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError) as problem:
        log.info("malformed_message", dialogue=room.code, seat=listener.seat.id, problem=str(problem))
        return wire.answer(None, refuse(Code.NOT_UNDERSTOOD, what="JSON"), listener.language)
    if "ping" in fields:
        told = fields["ping"]
        return {"pong": told if isinstance(told, int) and abs(told) < LARGEST_PING else 1}
    op = wire.operation(fields)
    given = await _command(websocket, here, room, listener.seat, fields, op)
    return wire.answer(op, given, listener.language)


async def _command(
    websocket: WebSocket, here: Parts, room: Room, seat: Seat, fields: dict[str, Any], op: str | None
) -> Answer:
    if op is None:
        return refuse(Code.NOT_UNDERSTOOD, what="op")
    if wait := here.limits.command(room.code, seat):
        return Busy(int(wait * 1000))
    # Asking uses the name and the consents of the seat: a page open elsewhere must not use what was taken back since.
    if seat.staff or fields.get("do") == "ask":
        try:
            seat = await access.seat_again(websocket, seat.audience)
        except HTTPException:
            return refuse(Code.NOT_ALLOWED)
    command = wire.command(str(fields.get("do", "")), {key: fields[key] for key in fields if key not in wire.ENVELOPE})
    if isinstance(command, Refused):
        return command
    return await room.handle(command, seat, op)
