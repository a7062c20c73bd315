"""A trial of a room: somebody reads a known text, and what the machine heard of it decides about public captions."""

from dataclasses import replace

from live.commands import SetIntake, StrikeLine, TryRoom
from live.intakes import ANYBODY, Intake, intake_at
from live.seats import Seat
from live.states import Mouth, RoomVerdict
from live.transcript import Line
from server.rooms.ears import MACHINE, Ear
from server.rooms.insisting import insist
from server.rooms.listening import Listening
from server.rooms.room import Room


def verdict(rate: float, good: int, poor: int) -> RoomVerdict:
    """By the share of wrong words: to `good` per cent captions are on, above `poor` the draft is the secretary's."""
    if rate * 100 <= good:
        return RoomVerdict.GOOD
    return RoomVerdict.FAIR if rate * 100 <= poor else RoomVerdict.POOR


async def begin(listening: Listening, ear: Ear, seat: Seat) -> int:
    """From the sample that is the answer on the source is tried: what is read is nobody's captions."""
    before = _owner(ear, ear.recording.have)
    await listening.set_intake(ear, SetIntake(ear.source, Mouth.TRIAL, before.role, str(before.owner)), seat)
    return ear.intakes[-1].first


def heard_since(room: Room, source: str, since: int) -> list[Line]:
    """The lines of a source whose sound begins at sample `since` or later, and that nobody has struck."""
    return [
        line
        for line in room.dialogue.lines.values()
        if line.segment is not None
        and line.segment.source == source
        and line.segment.start >= since
        and not line.struck
    ]


def measure(lines: list[Line], text: str) -> float:
    """Word error rate of the machine's own words against the text that was read."""
    from transcription.accuracy import words  # noqa: PLC0415 - few rooms are tried, every start would load it

    heard = " ".join(str(line.segment.raw) for line in lines if line.segment is not None)
    return words([text], [heard]).rate


async def conclude(
    listening: Listening, ear: Ear, seat: Seat, lines: list[Line], rate: float, found: RoomVerdict
) -> None:
    """The words of the trial are none of the dialogue; what was found is an entry, and the source is heard again."""
    for line in lines:
        await ear.room.handle(StrikeLine(line.id, line.revision), seat)
    await insist(ear.room, TryRoom(ear.source, round(rate * 1_000), found), MACHINE)
    before = _owner(ear, ear.recording.have)
    await listening.set_intake(ear, SetIntake(ear.source, role=before.role, owner=str(before.owner)), seat)


def _owner(ear: Ear, sample: int) -> Intake:
    source = ear.room.dialogue.sources.get(ear.source)
    return replace(intake_at(source, sample), mouth=Mouth.MICROPHONE) if source else ANYBODY
