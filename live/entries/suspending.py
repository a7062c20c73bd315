"""Facts about an asker from whose phone nothing new is taken for a while."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.states import SuspensionReason
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class AskerSuspended(Fact):
    """Nothing new is taken from `asker`, the seat that sent `question`; `name` is that of the moderator who said so.

    `words` are the reason in those of the dialogue's own list; without them `reason` says it.
    """

    question: int
    asker: str
    reason: SuspensionReason
    sentence: Sealed
    name: Sealed
    words: Sealed = NOTHING


@dataclass(frozen=True, slots=True)
class AskerReadmitted(Fact):
    question: int
    asker: str
    name: Sealed


@dataclass(frozen=True, slots=True)
class SuspensionAppealed(Fact):
    """Whoever is suspended asks that it be ended; the entry's seat is theirs."""

    text: Sealed
