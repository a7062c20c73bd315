"""Suspending: nothing new is taken from one phone, openly, until a moderator takes from it again (decision 0340)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import AskerReadmitted, AskerSuspended, Entry, MicrophoneClosed, SuspensionAppealed
from live.notice import WORKING, carried_no_more
from live.questions import TEXT_LIMIT, Question, find, sentence_unfit, wiped_with_rehearsal
from live.reasons import ground
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.suspended import Suspension
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def may_suspend(dialogue: "Dialogue", question: Question) -> bool:
    """Whether there is anybody to suspend at this question, and they are not yet."""
    return dialogue.state in WORKING and question.asker_seat not in {"", *dialogue.suspended}


@decides(do.Suspend)
def suspend(
    dialogue: "Dialogue", command: do.Suspend, seat: Seat, moment: Moment
) -> tuple[AskerSuspended | MicrophoneClosed, ...] | Refused:
    question = find(dialogue, command.question)
    sentence = clean(command.sentence)
    if isinstance(question, Refused):
        return question
    if not question.asker_seat:
        return refuse(Code.NOT_FROM_A_PHONE, number=question.number)
    if held := dialogue.suspended.get(question.asker_seat):
        return refuse(Code.SUSPENDED_ALREADY, who=str(held.name))
    if dialogue.state not in WORKING:
        return refuse(Code.WRONG_STATE)
    words = ground(dialogue, command)
    if isinstance(words, Refused):
        return words
    if problem := sentence_unfit(sentence):
        return problem
    name = Sealed(clean(seat.name))
    suspension = AskerSuspended(
        question.number, question.asker_seat, command.reason, Sealed(sentence), name, Sealed(words)
    )
    return (*carried_no_more(dialogue, question.asker_seat), suspension)


@applies(AskerSuspended)
def suspended(dialogue: "Dialogue", fact: AskerSuspended, entry: Entry) -> "Dialogue":
    held = Suspension(entry.n, entry.at, fact.question, fact.reason, fact.words, fact.sentence, fact.name)
    return replace(dialogue, suspended={**dialogue.suspended, fact.asker: held})


@decides(do.Readmit)
def readmit(
    dialogue: "Dialogue", command: do.Readmit, seat: Seat, moment: Moment
) -> tuple[AskerReadmitted, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if question.asker_seat not in dialogue.suspended:
        return ()  # it is so already
    return (AskerReadmitted(question.number, question.asker_seat, Sealed(clean(seat.name))),)


def readmitted(dialogue: "Dialogue", question: int, n: int, seat: Seat) -> tuple[AskerReadmitted] | Refused:
    """The suspension that began with entry `n` taken back, unless it has ended meanwhile, or another one has begun."""
    asker = dialogue.questions[question].asker_seat
    held = dialogue.suspended.get(asker)
    if held is None or held.n != n:
        return refuse(Code.UNDO_GONE)
    return (AskerReadmitted(question, asker, Sealed(clean(seat.name))),)


@applies(AskerReadmitted)
def taken_again(dialogue: "Dialogue", fact: AskerReadmitted, entry: Entry) -> "Dialogue":
    left = {seat: held for seat, held in dialogue.suspended.items() if seat != fact.asker}
    return replace(dialogue, suspended=left)


@decides(do.AppealSuspension)
def appeal(
    dialogue: "Dialogue", command: do.AppealSuspension, seat: Seat, moment: Moment
) -> tuple[SuspensionAppealed] | Refused:
    held = dialogue.suspended.get(seat.id)
    if held is None:
        return refuse(Code.WRONG_STATE)
    if held.appealed_at is not None:
        return refuse(Code.SUSPENSION_APPEALED)
    if wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.CLOSED)
    text = clean(command.text)
    return unfit(text, TEXT_LIMIT) or (SuspensionAppealed(Sealed(text)),)


@applies(SuspensionAppealed)
def appealed(dialogue: "Dialogue", fact: SuspensionAppealed, entry: Entry) -> "Dialogue":
    held = replace(dialogue.suspended[entry.seat], appeal=fact.text, appealed_at=entry.at)
    return replace(dialogue, suspended={**dialogue.suspended, entry.seat: held})
