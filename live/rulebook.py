"""Where rules are looked up: one deciding rule for each command, one applying rule for each fact.

Rule files register with `@decides(Command)` and `@applies(Fact)`, so a new feature touches its own file only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from live.refusals import Refused

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.entries import Entry, Fact, SupportSet
    from live.seats import Seat


@dataclass(frozen=True, slots=True)
class Moment:
    """What the edge knows when a command is decided, and the core may not find out by itself.

    `at` is now (UTC), taken once at the door. `token` is a fresh unguessable word for whatever needs one (a receipt).
    `supports` maps a question to its tally; `heard` maps a source to the samples recorded so far.
    """

    at: datetime
    token: str = ""
    supports: Mapping[int, int] = field(default_factory=dict)
    heard: Mapping[str, int] = field(default_factory=dict)


Rule = Callable[["Dialogue", Any, "Seat", Moment], "tuple[Fact | SupportSet, ...] | Refused"]
Change = Callable[["Dialogue", Any, "Entry"], "Dialogue"]
R = TypeVar("R", bound=Rule)
C = TypeVar("C", bound=Change)

RULES: dict[type, Rule] = {}
CHANGES: dict[type, Change] = {}


def decides(command: type) -> Callable[[R], R]:
    """Register the rule that turns `command` into facts or a refusal."""

    def register(rule: R) -> R:
        RULES[command] = rule
        return rule

    return register


def applies(*facts: type) -> Callable[[C], C]:
    """Register the change that each of `facts` makes to a dialogue."""

    def register(change: C) -> C:
        CHANGES.update(dict.fromkeys(facts, change))
        return change

    return register
