"""The law of reconciliation: at every entry, received = the sum of what came of each question + what waits."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.states import QuestionState as Q

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How many questions were received and what became of them."""

    received: int
    waiting: int
    answered: int
    partly_answered: int
    written_due: int
    forwarded_up: int
    merged: int
    refused: int
    rerouted: int
    withdrawn: int

    @property
    def settled(self) -> int:
        return (
            self.answered
            + self.partly_answered
            + self.written_due
            + self.forwarded_up
            + self.merged
            + self.refused
            + self.rerouted
            + self.withdrawn
        )


def reckon(dialogue: "Dialogue") -> Reckoning:
    states = Counter(question.state for question in dialogue.questions.values())
    return Reckoning(
        received=len(dialogue.questions),
        waiting=sum(question.waiting for question in dialogue.questions.values()),
        answered=states[Q.ANSWERED],
        partly_answered=states[Q.PARTLY_ANSWERED],
        written_due=states[Q.WRITTEN_DUE],
        forwarded_up=states[Q.FORWARDED_UP],
        merged=states[Q.MERGED],
        refused=states[Q.REFUSED],
        rerouted=states[Q.REROUTED],
        withdrawn=states[Q.WITHDRAWN],
    )
