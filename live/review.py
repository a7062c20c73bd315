"""Reading a question: claim it, approve, decline, reopen, edit. The asker's original is kept for ever."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.claims import CLAIM, declined_before, held_by_another, read_by
from live.entries import (
    Entry,
    QuestionApproved,
    QuestionEdited,
    QuestionPlaced,
    QuestionRefused,
    QuestionRefusedFor,
    QuestionReopened,
    QuestionUnmerged,
    ReviewReleased,
    ReviewStarted,
)
from live.notice import WORKING
from live.questions import (
    REVIEWABLE,
    TEXT_LIMIT,
    Question,
    find,
    freed,
    leave,
    leaving_departs,
    sentence_unfit,
    unexplained,
)
from live.reasons import ground
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import QuestionState as Q
from live.states import RefusalReason
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@decides(do.StartReview)
def start_review(
    dialogue: "Dialogue", command: do.StartReview, seat: Seat, moment: Moment
) -> tuple[ReviewStarted] | Refused:
    question = find(dialogue, command.question, *REVIEWABLE)
    if isinstance(question, Refused):
        return question
    if problem := held_by_another(question, seat, moment) or declined_before(dialogue, question, seat):
        return problem
    return (ReviewStarted(question.number, seat.id, moment.at + CLAIM, Sealed(seat.name)),)


@applies(ReviewStarted)
def review_started(dialogue: "Dialogue", fact: ReviewStarted, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    claimed = replace(question, reviewer=fact.reviewer, reviewer_name=fact.name, claimed_until=fact.until)
    claimed = replace(claimed, state=Q.IN_REVIEW, moved_at=entry.at).with_dossier(taken_from=NOTHING)
    return read_by(dialogue, entry).with_question(claimed)


@decides(do.ReleaseReview)
def release_review(
    dialogue: "Dialogue", command: do.ReleaseReview, seat: Seat, moment: Moment
) -> tuple[ReviewReleased] | Refused:
    question = find(dialogue, command.question, Q.IN_REVIEW)
    if isinstance(question, Refused):
        return question
    return held_by_another(question, seat, moment) or (ReviewReleased(question.number),)


@applies(ReviewReleased)
def review_released(dialogue: "Dialogue", fact: ReviewReleased, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(
        replace(question, state=Q.RECEIVED, reviewer="", claimed_until=None, moved_at=entry.at)
    )


@decides(do.Approve)
def approve(
    dialogue: "Dialogue", command: do.Approve, seat: Seat, moment: Moment
) -> tuple[QuestionApproved | QuestionPlaced, ...] | Refused:
    question = find(dialogue, command.question, *REVIEWABLE)
    if isinstance(question, Refused):
        return question
    if problem := held_by_another(question, seat, moment):
        return problem
    if command.revision not in {None, question.revision}:
        return reworded(question)
    placed = (QuestionPlaced(question.number, None),) if command.queue else ()
    return (QuestionApproved(question.number), *placed)


@applies(QuestionApproved)
def approved(dialogue: "Dialogue", fact: QuestionApproved, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    question = replace(question, state=Q.APPROVED, reviewer="", claimed_until=None, moved_at=entry.at)
    return read_by(dialogue, entry).with_question(question)


@decides(do.Refuse)
def decline(
    dialogue: "Dialogue", command: do.Refuse, seat: Seat, moment: Moment
) -> tuple[QuestionUnmerged | QuestionRefused | QuestionRefusedFor, ...] | Refused:
    question = find(dialogue, command.question, *REVIEWABLE, Q.APPROVED, Q.QUEUED)
    sentence = clean(command.sentence)
    if isinstance(question, Refused):
        return question
    if problem := _unread(question, command):
        return problem
    if problem := (
        held_by_another(question, seat, moment) or declined_before(dialogue, question, seat) or sentence_unfit(sentence)
    ):
        return problem
    words = ground(dialogue, command)
    if isinstance(words, Refused):
        return words
    if words:
        return (*freed(question), QuestionRefusedFor(question.number, Sealed(words), Sealed(sentence)))
    return (*freed(question), QuestionRefused(question.number, command.reason, Sealed(sentence)))


def _unread(question: Question, command: do.Refuse) -> Refused | None:
    """The refusal when it is not what whoever refuses it has read."""
    if command.seen in REVIEWABLE and question.state not in REVIEWABLE:
        return refuse(Code.WRONG_STATE)
    return None if command.revision in {None, question.revision} else reworded(question)


def reworded(question: Question) -> Refused:
    return refuse(Code.STALE, current=str(question.text), seen=question.revision)


@applies(QuestionRefused)
def declined(dialogue: "Dialogue", fact: QuestionRefused, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question].with_dossier(declined_by=entry.seat)
    question = replace(question, state=Q.REFUSED, reason=fact.reason, closing=fact.sentence, moved_at=entry.at)
    return leave(read_by(dialogue, entry), question)


@applies(QuestionRefusedFor)
def declined_for(dialogue: "Dialogue", fact: QuestionRefusedFor, entry: Entry) -> "Dialogue":
    refused = QuestionRefused(fact.question, RefusalReason.OTHER, fact.sentence)
    dialogue = declined(dialogue, refused, entry)
    return dialogue.with_question(replace(dialogue.questions[fact.question], ground=fact.words))


@decides(do.Reopen)
def reopen(dialogue: "Dialogue", command: do.Reopen, seat: Seat, moment: Moment) -> tuple[QuestionReopened] | Refused:
    question = find(dialogue, command.question, Q.REFUSED, Q.REROUTED, Q.WITHDRAWN, Q.APPROVED, Q.QUEUED)
    if isinstance(question, Refused):
        return question
    if dialogue.state not in WORKING:
        return refuse(Code.WRONG_STATE)
    if leaving_departs(dialogue, question) and (problem := unexplained(command.reason)):
        return problem
    return (QuestionReopened(question.number, Sealed(clean(command.reason))),)


@applies(QuestionReopened)
def reopened(dialogue: "Dialogue", fact: QuestionReopened, entry: Entry) -> "Dialogue":
    return leave(dialogue, dialogue.questions[fact.question].read_again(entry.at))


@decides(do.Edit)
def edit(dialogue: "Dialogue", command: do.Edit, seat: Seat, moment: Moment) -> tuple[QuestionEdited] | Refused:
    question = find(dialogue, command.question)
    text = clean(command.text)
    if isinstance(question, Refused):
        return question
    if problem := held_by_another(question, seat, moment):
        return problem
    if question.revision != command.revision:
        return reworded(question)
    if problem := unfit(text, TEXT_LIMIT):
        return problem
    return (QuestionEdited(question.number, Sealed(text), command.redacted or question.redacted),)


@applies(QuestionEdited)
def edited(dialogue: "Dialogue", fact: QuestionEdited, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    changed = replace(question, text=fact.text, redacted=fact.redacted, revision=question.revision + 1)
    return dialogue.with_question(changed)
