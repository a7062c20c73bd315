"""A command that must not be lost because the disk was busy for a moment."""

import asyncio

import structlog

from live.commands import Command
from live.refusals import Refused
from live.seats import Seat
from server.rooms.room import Room
from server.rooms.turn import Answer, Busy

log = structlog.get_logger()


async def insist(room: Room, command: Command, seat: Seat) -> Answer:
    """Bring it to the room; while the disk cannot take it, it waits. A refusal is logged: nobody else would see it."""
    while True:
        answer = await room.handle(command, seat)
        if not isinstance(answer, Busy):
            break
        await asyncio.sleep(answer.after_ms / 1000)
    if isinstance(answer, Refused):
        log.error("machine_refused", dialogue=room.code, command=type(command).__name__, code=answer.code.value)
    return answer
