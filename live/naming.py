"""Who asked: somebody who spoke without giving a name is named later, by whoever heard it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, SpeakerNamed
from live.questions import find
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.sites import not_here
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@decides(do.NameSpeaker)
def name_speaker(
    dialogue: "Dialogue", command: do.NameSpeaker, seat: Seat, moment: Moment
) -> tuple[SpeakerNamed] | Refused:
    """Only where staff entered the question: whoever asks from a phone has named themselves."""
    question = find(dialogue, command.question)
    name = clean(command.name)
    if isinstance(question, Refused):
        return question
    if problem := not_here(question, seat):
        return problem
    if question.seat:
        return refuse(Code.WRONG_STATE)
    if not name:
        return refuse(Code.EMPTY)
    return (SpeakerNamed(question.number, Sealed(name), Sealed(clean(command.locality)), command.publish_name),)


@applies(SpeakerNamed)
def speaker_named(dialogue: "Dialogue", fact: SpeakerNamed, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    named = replace(question, name=fact.name, publish_name=fact.publish_name)
    return dialogue.with_question(replace(named, locality=fact.locality or question.locality))
