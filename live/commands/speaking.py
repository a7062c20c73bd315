"""Commands for those who speak instead of writing."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class RaiseHand(Command):
    """Ask for the floor: about a topic of the dialogue, in a few words of one's own, or both."""

    topic: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class CallSpeaker(Command):
    """Give the floor at once to somebody who stands at the microphone; who it is may be told later.

    `expect_current` is what the person saw on the stage (None = empty), `reason` why others wait meanwhile; it is kept
    only where somebody is passed over.
    """

    about: str = ""
    name: str = ""
    locality: str = ""
    site: str = ""
    expect_current: int | None = None
    reason: str = ""
