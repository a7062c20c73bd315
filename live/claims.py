"""A claim is kept: while one moderator holds a question, another is told who and until when, or takes it over."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from live import commands as do
from live.compose import VIETNAM
from live.entries import Entry, ReviewTakenOver
from live.questions import Question, find
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q
from live.texts import Sealed

if TYPE_CHECKING:
    from live.dialogue import Dialogue


CLAIM = timedelta(minutes=2)
"""How long a moderator's claim on a question holds."""


def read_by(dialogue: "Dialogue", entry: Entry) -> "Dialogue":
    """The dialogue that knows of one more moderator at work."""
    return dialogue if entry.seat in dialogue.readers else replace(dialogue, readers=dialogue.readers | {entry.seat})


def held_by_another(question: Question, seat: Seat, moment: Moment) -> Refused | None:
    """The refusal when somebody else's claim on this question has not yet run out."""
    until = question.claimed_until
    if question.state is not Q.IN_REVIEW or until is None or until <= moment.at or question.reviewer == seat.id:
        return None
    return refuse(Code.CLAIMED, who=str(question.reviewer_name), until=f"{until.astimezone(VIETNAM):%H:%M}")


def declined_before(dialogue: "Dialogue", question: Question, seat: Seat) -> Refused | None:
    """An appeal is for another moderator than the one who refused, once another has been at work."""
    own = question.dossier.appealed and question.dossier.declined_by == seat.id
    return refuse(Code.APPEAL_ELSEWHERE) if own and dialogue.readers - {seat.id} else None


@decides(do.TakeOver)
def take_over(
    dialogue: "Dialogue", command: do.TakeOver, seat: Seat, moment: Moment
) -> tuple[ReviewTakenOver, ...] | Refused:
    question = find(dialogue, command.question, Q.IN_REVIEW)
    if isinstance(question, Refused):
        return question
    if question.reviewer == seat.id:
        return ()  # it is mine already
    if problem := declined_before(dialogue, question, seat):
        return problem
    return (ReviewTakenOver(question.number, seat.id, moment.at + CLAIM, Sealed(seat.name)),)


@applies(ReviewTakenOver)
def taken_over(dialogue: "Dialogue", fact: ReviewTakenOver, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    question = question.with_dossier(taken_from=question.reviewer_name)
    question = replace(question, reviewer=fact.reviewer, reviewer_name=fact.name, claimed_until=fact.until)
    return read_by(dialogue, entry).with_question(question)
