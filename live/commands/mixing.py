"""Commands about the declared rule of taking turns, and about supports."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class DeclareMixing(Command):
    """How many of each lane are called in a round (all 0: no rule); after the opening a change needs `reason`.

    `was`: the mark of the rule that was there when the writing began (live/agreeing).
    """

    hall: int = 0
    online: int = 0
    site: int = 0
    in_advance: int = 0
    first_time: bool = False
    topic_run: int = 0
    reason: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class ShowSupports(Command):
    """Whether everybody sees how many support a question; staff always do."""

    on: bool = True
