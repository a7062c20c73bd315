"""Commands about messages from one desk to another."""

from dataclasses import dataclass

from live.commands.base import Command
from live.states import Desk


@dataclass(frozen=True, slots=True)
class SendMessage(Command):
    """A few words to another desk, which stay on its page until somebody there says that they were read."""

    text: str
    to: Desk = Desk.CHAIR


@dataclass(frozen=True, slots=True)
class Acknowledge(Command):
    """It was read; or, from the desk that sent it, it is taken back."""

    message: int
