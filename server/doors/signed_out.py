"""A command of somebody of staff whose session was ended meanwhile: why not, and nothing that was typed is lost.

It is answered alike whether there is such a dialogue or not. What is told of a question is what everybody may read.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection

from live.conflicts import with_public_row
from live.refusals import Code, Refused, refuse
from server.doors import access, cookies, wire
from server.parts import parts
from server.rooms.room import Room


def signed_out(connection: HTTPConnection) -> bool:
    """Whether this browser was somebody of staff and is no longer: said alike at every address, there or not."""
    return access.signed_in(connection) is None and bool(
        cookies.secret(connection, parts(connection).settings, "staff")
    )


def too_late(room: Room | None, name: str, fields: Mapping[str, Any]) -> Refused:
    """The refusal of such a command, with the question it was about where that is public."""
    command = wire.command(name, {key: value for key, value in fields.items() if key not in wire.ENVELOPE})
    refused = refuse(Code.SIGNED_OUT)
    if room is None or isinstance(command, Refused):
        return refused
    return with_public_row(room.dialogue, command, refused)
