"""What an agency was given to prepare, as it stands on its page."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from live.agreeing import mark
from live.looks import asker
from live.sights import Asker, Thing
from live.states import QuestionState

if TYPE_CHECKING:
    from live.questions import Question


@dataclass(frozen=True, slots=True)
class MyTask(Thing):
    """A question as the agency that prepares its answer sees it."""

    number: int
    asker: Asker
    topic: str
    text: str
    state: QuestionState
    due: date | None
    prepared: str

    @property
    def was(self) -> str:
        """What goes back with a better note: the mark of this one (live/agreeing)."""
        return mark(self.prepared)

    @property
    def key(self) -> str:
        return f"mine-task-{self.number}"


def my_task(q: "Question") -> MyTask:
    return MyTask(q.number, asker(q), str(q.topic), str(q.text), q.state, q.dossier.due, str(q.dossier.prepared))
