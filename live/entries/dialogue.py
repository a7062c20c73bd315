"""Facts about the dialogue as a whole."""

from dataclasses import dataclass
from datetime import datetime

from live.entries.base import Fact
from live.states import DialogueState
from live.texts import NOTHING, Sealed


@dataclass(frozen=True, slots=True)
class DialogueDescribed(Fact):
    """`hides_supports`: said with the first one of a dialogue; older journals show how many support a question."""

    title: Sealed
    agency: Sealed
    superior: Sealed
    place: Sealed
    starts_at: datetime
    chair: Sealed
    secretary: Sealed
    theme: Sealed
    topics: tuple[Sealed, ...]
    question_seconds: int
    answer_seconds: int
    hides_supports: bool = False


@dataclass(frozen=True, slots=True)
class DialogueMoved(Fact):
    """`heard`: where a rehearsal begins or ends, the samples that each source has then."""

    to: DialogueState
    reason: Sealed = NOTHING
    heard: tuple[tuple[str, int], ...] = ()
