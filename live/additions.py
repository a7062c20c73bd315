"""What an asker adds: more words to a question that waits, or, once, an appeal against its refusal."""

from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, QuestionAddedTo, RefusalAppealed
from live.notice import ASKING, PHONES_ASK, WORKING
from live.questions import TEXT_LIMIT, Question, find, not_own, rehearsed, wiped_with_rehearsal
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

ADDITIONS = 3
"""How often one may add to a question; more is another question."""
ADDED_TO = frozenset({Q.RECEIVED, Q.IN_REVIEW, Q.APPROVED, Q.QUEUED, Q.ON_DECK})


def may_add(dialogue: "Dialogue", question: Question) -> bool:
    """Whether its asker may, or a desk for who has no phone; in a rehearsal only phones of its own."""
    if dialogue.state not in PHONES_ASK and not (question.seat and rehearsed(dialogue, question)):
        return False
    takes_more = question.state in ADDED_TO and len(question.dossier.additions) < ADDITIONS
    return takes_more and question.seat not in dialogue.suspended


def may_appeal(dialogue: "Dialogue", question: Question) -> bool:
    return dialogue.state in WORKING and question.state is Q.REFUSED and not question.dossier.appealed


@decides(do.AddToQuestion)
def add(
    dialogue: "Dialogue", command: do.AddToQuestion, seat: Seat, moment: Moment
) -> tuple[QuestionAddedTo] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if problem := not_own(question, seat):
        return problem
    if dialogue.state not in (ASKING if seat.rehearsing else PHONES_ASK):
        return refuse(Code.CLOSED)
    if question.state not in ADDED_TO:
        return refuse(Code.WRONG_STATE)
    if len(question.dossier.additions) >= ADDITIONS:
        return refuse(Code.ENOUGH_ADDED, count=ADDITIONS)
    text = clean(command.text)
    return unfit(text, TEXT_LIMIT) or (QuestionAddedTo(question.number, Sealed(text)),)


@applies(QuestionAddedTo)
def added(dialogue: "Dialogue", fact: QuestionAddedTo, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(question.with_dossier(additions=(*question.dossier.additions, fact.text)))


@decides(do.Appeal)
def appeal(dialogue: "Dialogue", command: do.Appeal, seat: Seat, moment: Moment) -> tuple[RefusalAppealed] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if problem := not_own(question, seat):
        return problem
    if question.dossier.appealed:
        return refuse(Code.APPEALED)
    if question.state is not Q.REFUSED:
        return refuse(Code.WRONG_STATE)
    if dialogue.state not in WORKING or wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.CLOSED)
    text = clean(command.text)
    return unfit(text, TEXT_LIMIT) or (RefusalAppealed(question.number, Sealed(text)),)


@applies(RefusalAppealed)
def appealed(dialogue: "Dialogue", fact: RefusalAppealed, entry: Entry) -> "Dialogue":
    """Back to those who read. The former reason stays in the journal; the question itself is open again."""
    question = dialogue.questions[fact.question].with_dossier(appealed=True, appeal=fact.text, appealed_at=entry.at)
    return dialogue.with_question(question.read_again(entry.at))
