"""A trial of a room: somebody reads a known text, and what the machine heard of it decides about public captions."""

from enum import StrEnum

from live.commands import HideCaptions, StrikeLine
from live.seats import Seat
from live.transcript import Line
from server.rooms.room import Room


class Verdict(StrEnum):
    """What the captions of this room are good for."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


def verdict(rate: float, good: int, poor: int) -> Verdict:
    """By the share of wrong words: to `good` per cent captions are on, above `poor` the draft is the secretary's."""
    if rate * 100 <= good:
        return Verdict.GOOD
    return Verdict.FAIR if rate * 100 <= poor else Verdict.POOR


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


async def conclude(room: Room, seat: Seat, lines: list[Line], found: Verdict) -> None:
    """The words of the trial are none of the dialogue; captions that would mislead are stopped."""
    for line in lines:
        await room.handle(StrikeLine(line.id, line.revision), seat)
    if found is Verdict.POOR:
        await room.handle(HideCaptions(), seat)
