"""A question given to an agency, which prepares what the chair needs for the answer while others are speaking."""

from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import Entry, NotePrepared, QuestionAssigned, QuestionUnassigned
from live.questions import Question, find
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.texts import NOTHING, Sealed, clean, same_name

if TYPE_CHECKING:
    from live.dialogue import Dialogue

PREPARED_LIMIT = 2_000
"""Characters that a chair can still take in while somebody speaks."""


def open_task(question: Question) -> bool:
    """Whether an answer is still to be given, or was given and may be gone on with."""
    return question.waiting or question.outcome is not None


def assigned_to(question: Question, agency: str) -> bool:
    return same_name(agency, str(question.dossier.agency))


@decides(do.Assign)
def assign(
    dialogue: "Dialogue", command: do.Assign, seat: Seat, moment: Moment
) -> tuple[QuestionAssigned, ...] | Refused:
    question = find(dialogue, command.question)
    agency = Sealed(clean(command.agency))
    if isinstance(question, Refused):
        return question
    if not open_task(question):
        return refuse(Code.WRONG_STATE)
    if not agency:
        return refuse(Code.DATE_MISSING)
    if (question.dossier.agency, question.dossier.due) == (agency, command.due):
        return ()  # it is so already
    return (QuestionAssigned(question.number, agency, command.due),)


@applies(QuestionAssigned)
def assigned(dialogue: "Dialogue", fact: QuestionAssigned, entry: Entry) -> "Dialogue":
    """A new date keeps what was prepared; another agency begins anew, the former text stays in the journal."""
    question = dialogue.questions[fact.question]
    kept = {} if assigned_to(question, str(fact.agency)) else {"prepared": NOTHING}
    return dialogue.with_question(question.with_dossier(agency=fact.agency, due=fact.due, **kept))


@decides(do.Unassign)
def unassign(
    dialogue: "Dialogue", command: do.Unassign, seat: Seat, moment: Moment
) -> tuple[QuestionUnassigned] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    return (QuestionUnassigned(question.number),) if question.dossier.agency else refuse(Code.WRONG_STATE)


@applies(QuestionUnassigned)
def unassigned(dialogue: "Dialogue", fact: QuestionUnassigned, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(question.with_dossier(agency=NOTHING, due=None, prepared=NOTHING))


@decides(do.PrepareNote)
def prepare_note(
    dialogue: "Dialogue", command: do.PrepareNote, seat: Seat, moment: Moment
) -> tuple[NotePrepared, ...] | Refused:
    question = find(dialogue, command.question)
    text = Sealed(clean(command.text))
    if isinstance(question, Refused) or not assigned_to(question, seat.agency):
        return refuse(Code.NOT_FOUND)  # what others were given is none of this agency's business
    if not open_task(question):
        return refuse(Code.WRONG_STATE)
    before = str(question.dossier.prepared)
    if text == question.dossier.prepared:
        return ()
    if problem := too_long(PREPARED_LIMIT, str(text)) or changed_since(command.was, mark(before), before):
        return problem
    return (NotePrepared(question.number, text),)


@applies(NotePrepared)
def note_prepared(dialogue: "Dialogue", fact: NotePrepared, entry: Entry) -> "Dialogue":
    return dialogue.with_question(dialogue.questions[fact.question].with_dossier(prepared=fact.text))
