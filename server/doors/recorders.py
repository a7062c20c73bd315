"""Who may record what: staff the sources of the hall, and into the source of phones whoever is invited to speak."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from live.commands import SetIntake
from live.dialogue import LIMITS
from live.refusals import Refused, too_long
from live.remote_voice import REMOTE_VOICE, closed_to
from live.seats import Audience, Seat
from live.states import Role
from live.texts import clean
from server.doors import access
from server.doors.microphone import Start
from server.rooms.ears import MACHINE
from server.rooms.room import Room

RECORDERS = (Audience.SECRETARY, Audience.MODERATOR, Audience.CHAIR)
"""Who may record, as whom first: somebody with several roles records as the secretary."""


async def recorder(connection: Any) -> Seat:
    """The staff seat from which somebody may record, or 404."""
    for audience in RECORDERS:
        try:
            return await access.seat(connection, audience)
        except HTTPException:
            continue
    raise HTTPException(404)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records into a source. `acts`: the seat from which the room is told of it; of phones the machine tells."""

    seat: Seat
    acts: Seat
    from_a_phone: bool = False

    def barred(self, room: Room) -> Refused | None:
        """Why nothing of theirs is taken now: asked of a phone before every piece of its sound."""
        return closed_to(room.dialogue, self.seat) if self.from_a_phone else None

    def into(self, source: str, start: Start) -> SetIntake | Refused:
        """Whose microphone it is: the phone of one citizen, or what the page of a staff member says."""
        if self.from_a_phone:
            return SetIntake(source, role=Role.CITIZEN, owner=self.seat.name)
        if long := too_long(LIMITS["owner"], clean(start.owner)):
            return long
        return SetIntake(source, role=start.role, owner=start.owner)

    def insists(self, start: Start) -> bool:
        """Whether a line before this one ends: only one phone may speak, and the rules have said which."""
        return start.take_over or self.from_a_phone


async def whose_sound(connection: Any, room: Room) -> Recorder:
    """Whoever wants to record the source in the path. Raises HTTPException(404) for a stranger."""
    if connection.path_params["source"] == REMOTE_VOICE:
        return Recorder(await _phone(connection, room), MACHINE, from_a_phone=True)
    seat = await recorder(connection)
    return Recorder(seat, seat)


async def _phone(connection: Any, room: Room) -> Seat:
    seat = await access.seat_of_page(connection, room, connection.query_params.get("as", Audience.PHONE.value))
    return seat if seat.id else await recorder(connection)
