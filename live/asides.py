"""Where a question goes when it does not go to the floor by itself: merged into another, or rerouted."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.claims import held_by_another
from live.entries import Entry, QuestionMerged, QuestionRerouted, QuestionUnmerged
from live.floor import floor_left, heard_so_far
from live.judged import unjudged
from live.notice import WORKING
from live.places import put_back
from live.questions import REVIEWABLE, Standing, find, freed, leave, sentence_unfit, unexplained
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import DialogueState
from live.states import QuestionState as Q
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

LEADS = frozenset(Q) - {Q.MERGED, Q.REFUSED, Q.REROUTED, Q.WITHDRAWN}
"""States of a question that others may be merged into."""
MERGEABLE = frozenset({*REVIEWABLE, Q.APPROVED, Q.QUEUED})
"""States in which a question may be merged into another."""


@decides(do.Merge)
def merge(dialogue: "Dialogue", command: do.Merge, seat: Seat, moment: Moment) -> tuple[QuestionMerged] | Refused:
    """A question joins another that is still waiting or already answered; those merged into it go with it."""
    question = find(dialogue, command.question, *MERGEABLE)
    lead = find(dialogue, command.into)
    if isinstance(question, Refused):
        return question
    if isinstance(lead, Refused):
        return lead
    if problem := held_by_another(question, seat, moment):
        return problem
    if question.number == lead.number:
        return refuse(Code.NOT_ITSELF)
    if lead.state not in LEADS:
        return refuse(Code.WRONG_STATE, number=lead.number)
    return (QuestionMerged(question.number, lead.number),)


@applies(QuestionMerged)
def merged(dialogue: "Dialogue", fact: QuestionMerged, entry: Entry) -> "Dialogue":
    question, lead = dialogue.questions[fact.question], dialogue.questions[fact.into]
    queue = dialogue.queue if question.number in dialogue.queue else ()
    stood = Standing(question.state, question.moved_at, queue, question.merged)
    dialogue = _led_by(dialogue, question.merged, lead.number)
    dialogue = dialogue.with_question(replace(lead, merged=(*lead.merged, question.number, *question.merged)))
    gone = replace(question, state=Q.MERGED, merged_into=fact.into, merged_from=stood, merged=(), moved_at=entry.at)
    return leave(dialogue, gone)


def _led_by(dialogue: "Dialogue", merged: tuple[int, ...], lead: int) -> "Dialogue":
    for number in merged:
        dialogue = dialogue.with_question(replace(dialogue.questions[number], merged_into=lead))
    return dialogue


@decides(do.Unmerge)
def unmerge(dialogue: "Dialogue", command: do.Unmerge, seat: Seat, moment: Moment) -> tuple[QuestionUnmerged] | Refused:
    question = find(dialogue, command.question, Q.MERGED)
    if isinstance(question, Refused):
        return question
    return (QuestionUnmerged(question.number, exactly=True),) if dialogue.state in WORKING else refuse(Code.WRONG_STATE)


@applies(QuestionUnmerged)
def unmerged(dialogue: "Dialogue", fact: QuestionUnmerged, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    assert question.merged_into is not None, "only a merged question is unmerged"
    assert question.merged_from is not None, "whatever was merged stood somewhere"
    lead, stood = dialogue.questions[question.merged_into], question.merged_from
    own = tuple(n for n in stood.merged if n in lead.merged) if fact.exactly else ()
    left = tuple(n for n in lead.merged if n not in {question.number, *own})
    dialogue = _led_by(dialogue.with_question(replace(lead, merged=left)), own, question.number)
    apart = replace(question, state=Q.RECEIVED, merged_into=None, merged_from=None, merged=own, moved_at=entry.at)
    if not fact.exactly:
        return dialogue.with_question(apart)
    queue = put_back(stood.queue, dialogue.queue, apart.number) if stood.queue else dialogue.queue
    return dialogue.with_question(replace(apart, state=stood.state, moved_at=stood.moved_at), queue=queue)


@decides(do.Reroute)
def reroute(
    dialogue: "Dialogue", command: do.Reroute, seat: Seat, moment: Moment
) -> tuple[QuestionUnmerged | QuestionRerouted, ...] | Refused:
    """Before the floor; on it; or later instead of an outcome that was given, for a reason."""
    question = find(dialogue, command.question)
    sentence, to, reason = clean(command.sentence), clean(command.to), clean(command.reason)
    if isinstance(question, Refused):
        return question
    if question.state is Q.REROUTED and (str(question.agency), str(question.closing)) == (to, sentence):
        return ()  # two people tapped the same: it is so already
    openly = question.state is Q.ON_STAGE or question.concluded
    if not (question.waiting or openly) or dialogue.state is DialogueState.ARCHIVED:
        return refuse(Code.WRONG_STATE)
    if problem := held_by_another(question, seat, moment) or sentence_unfit(sentence) or sentence_unfit(to):
        return problem
    if question.concluded and not reason:
        return refuse(Code.REASON_MISSING)
    if question.state is Q.ON_DECK and (problem := unexplained(reason)):
        return problem
    heard = heard_so_far(moment) if openly else ()
    sent = QuestionRerouted(question.number, Sealed(to), Sealed(sentence), Sealed(reason), openly, heard)
    return (sent,) if openly else (*freed(question), sent)


@applies(QuestionRerouted)
def rerouted(dialogue: "Dialogue", fact: QuestionRerouted, entry: Entry) -> "Dialogue":
    dialogue = unjudged(dialogue, fact.question)
    question = dialogue.questions[fact.question]
    question = replace(question, state=Q.REROUTED, agency=fact.to, closing=fact.sentence, openly=fact.openly)
    dialogue = leave(dialogue, replace(question, due=None, answer=None, moved_at=entry.at))
    if dialogue.turn is None or dialogue.turn.question != question.number:
        return dialogue
    return floor_left(dialogue, fact.heard, entry.at)
