"""What askers say of the answer they got: settled or not, and what is missing. It is counted; it decides nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from live.states import QuestionState as Q
from live.texts import Sealed

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question

_AT_ONCE = frozenset({Q.ANSWERED, Q.PARTLY_ANSWERED})


@dataclass(frozen=True, slots=True)
class Judged:
    """The asker's word; `text` is what they still miss, for staff and the agency that answered, never for everybody."""

    settled: bool
    text: Sealed
    at: datetime


def is_answered(dialogue: "Dialogue", question: "Question") -> bool:
    """Whether there is an answer to speak of: given on the floor or sent since, also to the question that leads it."""
    return _has_answer(question if question.merged_into is None else dialogue.questions[question.merged_into])


def _has_answer(question: "Question") -> bool:
    return question.outcome is not None and (question.state in _AT_ONCE or question.answer is not None)


def judged_alone(question: "Question") -> Judged | None:
    """The asker's word as far as the question itself tells: of a merged one the last, whatever its lead is at."""
    return question.judged if question.merged_into is not None or _has_answer(question) else None


def judgement(dialogue: "Dialogue", question: "Question") -> Judged | None:
    """What its asker says of the present answer."""
    return question.judged if question.judged and is_answered(dialogue, question) else None


def own_word(dialogue: "Dialogue", question: "Question") -> dict[str, Any]:
    """The same as its asker's own page shows it."""
    said = judgement(dialogue, question)
    return {"settled": said.settled, "missing": str(said.text)} if said else {}


def judgements(dialogue: "Dialogue", question: "Question") -> tuple[int, int]:
    """How many say that it is settled and how many that it is not: its asker, and those whose questions it leads."""
    asked = (question, *(dialogue.questions[number] for number in question.merged))
    said = [one.settled for each in asked if (one := judgement(dialogue, each))]
    return said.count(True), said.count(False)


def missing(dialogue: "Dialogue", question: "Question") -> tuple[str, ...]:
    """What those who asked still miss, in the order in which they asked."""
    asked = sorted((question.number, *question.merged))
    said = (judgement(dialogue, dialogue.questions[number]) for number in asked)
    return tuple(str(one.text) for one in said if one and not one.settled)


def unjudged(dialogue: "Dialogue", number: int) -> "Dialogue":
    """What came of the question has changed: nobody has said yet what they think of that."""
    for one in (number, *dialogue.questions[number].merged):
        if dialogue.questions[one].judged is not None:
            dialogue = dialogue.with_question(replace(dialogue.questions[one], judged=None))
    return dialogue
