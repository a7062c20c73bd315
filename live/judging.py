"""Askers say whether the answer settled their matter. Staff cannot say it for them, nor change what they said."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import AnswerJudged, Entry
from live.judged import Judged, is_answered
from live.questions import TEXT_LIMIT, Question, find, not_own, wiped_with_rehearsal
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import DialogueState
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def may_judge(dialogue: "Dialogue", question: Question) -> bool:
    """As long as the dialogue is followed up: whether a promise helped is known months later."""
    return dialogue.state is not DialogueState.ARCHIVED and is_answered(dialogue, question)


@decides(do.JudgeAnswer)
def judge(
    dialogue: "Dialogue", command: do.JudgeAnswer, seat: Seat, moment: Moment
) -> tuple[AnswerJudged, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if problem := not_own(question, seat):
        return problem
    if not may_judge(dialogue, question) or wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.WRONG_STATE)
    text = "" if command.settled else clean(command.text)
    if not command.settled and (problem := unfit(text, TEXT_LIMIT)):
        return problem
    said = question.judged
    if said and (said.settled, str(said.text)) == (command.settled, text):
        return ()
    return (AnswerJudged(question.number, command.settled, Sealed(text)),)


@applies(AnswerJudged)
def judged(dialogue: "Dialogue", fact: AnswerJudged, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(replace(question, judged=Judged(fact.settled, fact.text, entry.at)))
