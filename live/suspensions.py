"""How a suspension looks: to the asker whom it stops, and in the list of whoever reads the questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from live.sights import Thing
from live.states import SuspensionReason

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class MySuspension(Thing):
    """`words` are the reason in those of the dialogue's own list, empty where `reason` says it."""

    reason: SuspensionReason
    words: str
    sentence: str
    at: datetime
    appeal: str
    may_appeal: bool

    @property
    def key(self) -> str:
        return "mine-suspension"


@dataclass(frozen=True, slots=True)
class SuspendedAsker(Thing):
    """`question` is the one it was pressed at, `numbers` all that its asker has sent, `by` the moderator's name."""

    question: int
    name: str
    locality: str
    numbers: tuple[int, ...]
    reason: SuspensionReason
    words: str
    sentence: str
    by: str
    at: datetime
    appeal: str


def my_suspension(dialogue: "Dialogue", seat: str) -> MySuspension | None:
    """What is said to this seat while nothing new is taken from it."""
    held = dialogue.suspended.get(seat)
    if held is None:
        return None
    return MySuspension(
        held.reason, str(held.words), str(held.sentence), held.at, str(held.appeal), held.appealed_at is None
    )


def suspended_asker(dialogue: "Dialogue", seat: str) -> SuspendedAsker | None:
    """What whoever reads sees of the suspension of this seat."""
    held = dialogue.suspended.get(seat)
    if held is None:
        return None
    question, sent = dialogue.questions[held.question], dialogue.asked.get(seat, (held.question,))
    return SuspendedAsker(
        held.question, str(question.name), str(question.locality), sent, held.reason,
        str(held.words), str(held.sentence), str(held.name), held.at, str(held.appeal),
    )  # fmt: skip


def suspended_askers(dialogue: "Dialogue") -> Iterator[SuspendedAsker]:
    """Everybody from whose phone nothing new is taken, the earliest first."""
    return filter(None, (suspended_asker(dialogue, seat) for seat in dialogue.suspended))
