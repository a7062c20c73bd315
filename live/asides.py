"""Where a question goes when it does not go to the floor by itself: merged into another, or rerouted."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.claims import held_by_another
from live.entries import Entry, QuestionMerged, QuestionRerouted, QuestionUnmerged
from live.notice import WORKING
from live.places import put_back
from live.questions import REVIEWABLE, Standing, find, freed, leave, sentence_unfit
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
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
    """A question joins another that is still waiting or already answered; chains are not made."""
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
    if question.merged or lead.state not in LEADS:
        return refuse(Code.WRONG_STATE)
    return (QuestionMerged(question.number, lead.number),)


@applies(QuestionMerged)
def merged(dialogue: "Dialogue", fact: QuestionMerged, entry: Entry) -> "Dialogue":
    question, lead = dialogue.questions[fact.question], dialogue.questions[fact.into]
    queue = dialogue.queue if question.number in dialogue.queue else ()
    stood = Standing(question.state, question.moved_at, queue)
    dialogue = dialogue.with_question(replace(lead, merged=(*lead.merged, question.number)))
    gone = replace(question, state=Q.MERGED, merged_into=fact.into, merged_from=stood, moved_at=entry.at)
    return leave(dialogue, gone)


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
    dialogue = dialogue.with_question(replace(lead, merged=tuple(n for n in lead.merged if n != question.number)))
    apart = replace(question, state=Q.RECEIVED, merged_into=None, merged_from=None, moved_at=entry.at)
    if not fact.exactly:
        return dialogue.with_question(apart)
    queue = put_back(stood.queue, dialogue.queue, apart.number) if stood.queue else dialogue.queue
    return dialogue.with_question(replace(apart, state=stood.state, moved_at=stood.moved_at), queue=queue)


@decides(do.Reroute)
def reroute(
    dialogue: "Dialogue", command: do.Reroute, seat: Seat, moment: Moment
) -> tuple[QuestionUnmerged | QuestionRerouted, ...] | Refused:
    question = find(dialogue, command.question, *REVIEWABLE, Q.APPROVED, Q.QUEUED)
    sentence, to = clean(command.sentence), clean(command.to)
    if isinstance(question, Refused):
        return question
    if problem := held_by_another(question, seat, moment) or sentence_unfit(sentence) or sentence_unfit(to):
        return problem
    return (*freed(question), QuestionRerouted(question.number, Sealed(to), Sealed(sentence)))


@applies(QuestionRerouted)
def rerouted(dialogue: "Dialogue", fact: QuestionRerouted, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    changed = replace(question, state=Q.REROUTED, agency=fact.to, closing=fact.sentence, moved_at=entry.at)
    return leave(dialogue, changed)
