"""Messages from desk to desk while the hall is looking: they stay until somebody says that they were read."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, MessageAcknowledged, MessageSent
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import Desk
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

MESSAGE_LIMIT = 200
"""Characters that somebody who is speaking can read at a glance."""


@dataclass(frozen=True, slots=True)
class Message:
    number: int
    text: Sealed
    name: Sealed
    sender: Desk
    to: Desk
    at: datetime
    read_by: Sealed = NOTHING
    read_at: datetime | None = None
    done: bool = False  # the desk that sent it knows, or has taken it back


@decides(do.SendMessage)
def send(dialogue: "Dialogue", command: do.SendMessage, seat: Seat, moment: Moment) -> tuple[MessageSent] | Refused:
    text = clean(command.text)
    if problem := unfit(text, MESSAGE_LIMIT):
        return problem
    number = len(dialogue.messages) + 1
    return (MessageSent(number, Sealed(text), Sealed(seat.name), Desk(seat.audience.value), command.to),)


@applies(MessageSent)
def sent(dialogue: "Dialogue", fact: MessageSent, entry: Entry) -> "Dialogue":
    message = Message(fact.message, fact.text, fact.name, fact.sender, fact.to, entry.at)
    return replace(dialogue, messages={**dialogue.messages, message.number: message})


@decides(do.Acknowledge)
def acknowledge(
    dialogue: "Dialogue", command: do.Acknowledge, seat: Seat, moment: Moment
) -> tuple[MessageAcknowledged, ...] | Refused:
    """By the desk it was sent to: it was read. By the one that sent it: taken back, or it is known that it was read."""
    message = dialogue.messages.get(command.message)
    desk = Desk(seat.audience.value)
    if message is None or desk not in {message.to, message.sender}:
        return refuse(Code.NOT_FOUND)
    if message.done or (message.read_at and desk is not message.sender):
        return ()
    return (MessageAcknowledged(message.number, Sealed(seat.name), desk),)


@applies(MessageAcknowledged)
def acknowledged(dialogue: "Dialogue", fact: MessageAcknowledged, entry: Entry) -> "Dialogue":
    message = dialogue.messages[fact.message]
    if message.read_at is None:
        message = replace(message, read_by=fact.name, read_at=entry.at)
    message = replace(message, done=fact.desk in {None, message.sender})
    return replace(dialogue, messages={**dialogue.messages, message.number: message})
