"""Answers owed in writing: whose they are, and what shows that they were sent. They are followed like promises."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import AnswerReported, Entry
from live.evidence import Sent, nothing_shown
from live.floor import NOTE_LIMIT
from live.judged import unjudged
from live.questions import Question, find
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import DialogueState
from live.states import QuestionState as Q
from live.texts import NOTHING, Sealed, clean, same_name

if TYPE_CHECKING:
    from live.dialogue import Dialogue

OWED = frozenset({Q.WRITTEN_DUE, Q.FORWARDED_UP})
"""States of a question whose answer comes after the evening, from an agency."""


def owed_by(question: Question, agency: str) -> bool:
    """Whether this agency owes the answer, however its name was typed."""
    return question.state in OWED and same_name(agency, str(question.agency))


@decides(do.ReportAnswer)
def report(
    dialogue: "Dialogue", command: do.ReportAnswer, seat: Seat, moment: Moment
) -> tuple[AnswerReported, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if seat.audience is Audience.AGENCY and not owed_by(question, seat.agency):
        return refuse(Code.NOT_FOUND)  # what others owe is theirs to report
    if question.state not in OWED or dialogue.state is DialogueState.ARCHIVED:
        return refuse(Code.WRONG_STATE)
    if not command.sent:
        unsent = AnswerReported(question.number, NOTHING, NOTHING, Sealed(seat.name), sent=False)
        return (unsent,) if question.answer else ()
    note, link = clean(command.note), clean(command.link)
    if problem := too_long(NOTE_LIMIT, note) or nothing_shown(note, link):
        return problem
    if question.answer and (str(question.answer.note), str(question.answer.link)) == (note, link):
        return ()  # it is so already
    return (AnswerReported(question.number, Sealed(note), Sealed(link), Sealed(seat.name)),)


@applies(AnswerReported)
def reported(dialogue: "Dialogue", fact: AnswerReported, entry: Entry) -> "Dialogue":
    dialogue = unjudged(dialogue, fact.question)
    sent = Sent(fact.note, fact.link, fact.name, entry.at) if fact.sent else None
    return dialogue.with_question(replace(dialogue.questions[fact.question], answer=sent))
