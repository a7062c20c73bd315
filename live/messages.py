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
    message = dialogue.messages.get(command.message)
    if message is None or Desk(seat.audience.value) not in {message.to, message.sender}:
        return refuse(Code.NOT_FOUND)
    return () if message.read_at else (MessageAcknowledged(message.number, Sealed(seat.name)),)


@applies(MessageAcknowledged)
def acknowledged(dialogue: "Dialogue", fact: MessageAcknowledged, entry: Entry) -> "Dialogue":
    message = replace(dialogue.messages[fact.message], read_by=fact.name, read_at=entry.at)
    return replace(dialogue, messages={**dialogue.messages, message.number: message})
