"""Refused questions as everybody may know of them: their numbers and why. Their words stay with staff and asker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.sights import Thing
from live.states import QuestionState, RefusalReason

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class RefusedNumber(Thing):
    """`ground` is the reason in the words of the dialogue's own list, where it has one."""

    number: int
    reason: RefusalReason
    ground: str


def refused_openly(dialogue: "Dialogue") -> tuple[RefusedNumber, ...]:
    return tuple(
        RefusedNumber(q.number, q.reason or RefusalReason.OTHER, str(q.ground))
        for q in dialogue.questions.values()
        if q.state is QuestionState.REFUSED
    )
