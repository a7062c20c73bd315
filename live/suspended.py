"""Who is suspended: the phones from which nothing new is taken, why, and what such a phone may send all the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from live.commands import AddToQuestion, AgreeToVoice, Ask, Command, RaiseHand, Support
from live.refusals import Code, Refused, refuse
from live.seats import Audience, Seat
from live.states import SuspensionReason
from live.texts import NOTHING, Sealed

NEW = (Ask, RaiseHand, AddToQuestion)
"""What brings something new. Reading, withdrawing, appealing and taking a support back stay open (decision 0340)."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """`n` is the entry that began it, `question` the one it was pressed at, `name` the moderator's who pressed.

    `words` are the reason in those of the dialogue's own list. `appeal` is what the asker said against it, once.
    """

    n: int
    at: datetime
    question: int
    reason: SuspensionReason
    words: Sealed
    sentence: Sealed
    name: Sealed
    appeal: Sealed = NOTHING
    appealed_at: datetime | None = None


def stopped(suspended: Mapping[str, Suspension], command: Command, seat: Seat) -> Refused | None:
    """The refusal of something new from a suspended phone. Staff who enter for that person are never in its place."""
    if seat.audience is not Audience.PHONE or seat.id not in suspended:
        return None
    brings = isinstance(command, NEW) or (isinstance(command, (Support, AgreeToVoice)) and command.on)
    return taken_no_more(suspended[seat.id]) if brings else None


def taken_no_more(suspension: Suspension) -> Refused:
    return refuse(Code.SUSPENDED, sentence=str(suspension.sentence))
