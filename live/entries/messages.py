"""Facts about messages from one desk to another."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.states import Desk
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class MessageSent(Fact):
    message: int
    text: Sealed
    name: Sealed
    sender: Desk
    to: Desk


@dataclass(frozen=True, slots=True)
class MessageAcknowledged(Fact):
    """`desk` is where it was said; in older journals nobody says, and the message was gone for both desks at once."""

    message: int
    name: Sealed
    desk: Desk | None = None
