"""Commands about the hall screen: what lies over it, how large its letters are, and whether it stands still."""

from dataclasses import dataclass

from live.commands.base import Command
from live.states import Overlay


@dataclass(frozen=True, slots=True)
class ShowOverlay(Command):
    """Lay a message, a break or the code for joining over the hall screen."""

    kind: Overlay
    text: str = ""


@dataclass(frozen=True, slots=True)
class HideOverlay(Command):
    pass


@dataclass(frozen=True, slots=True)
class ScaleStage(Command):
    """The size of letters in the hall, in percent of the usual."""

    percent: int


@dataclass(frozen=True, slots=True)
class FreezeStage(Command):
    """Keep the hall screen as it is while people read; what waits is counted."""


@dataclass(frozen=True, slots=True)
class ThawStage(Command):
    pass
