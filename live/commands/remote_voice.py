"""Commands about the voice of somebody who speaks from a phone."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class OpenMicrophone(Command):
    """Invite whoever raised this hand, and has the floor, to speak from their phone."""

    question: int


@dataclass(frozen=True, slots=True)
class CloseMicrophone(Command):
    """Let the phone carry no voice any more: the hall hears nothing of it from now on."""

    question: int


@dataclass(frozen=True, slots=True)
class AgreeToVoice(Command):
    """The asker agrees that their voice is heard in the hall, recorded and written down; or does not. Always said."""

    question: int
    on: bool
