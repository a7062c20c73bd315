"""Somebody speaks at the microphone now: received, approved and called in one step, and named later."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.calling import Called, call
from live.entries import Entry, QuestionApproved, QuestionCalled, QuestionPutOnDeck, QuestionReceived
from live.receiving import ask
from live.refusals import Code, Refused
from live.rulebook import Moment, decides
from live.seats import Seat
from live.states import Channel
from live.texts import clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

SPOKEN = "Phát biểu trực tiếp tại micrô"
"""What stands for the words until somebody writes them; and why nobody could read them back."""

Spoken = tuple[QuestionReceived | QuestionApproved | QuestionCalled | QuestionPutOnDeck, ...]


@decides(do.CallSpeaker)
def call_speaker(dialogue: "Dialogue", command: do.CallSpeaker, seat: Seat, moment: Moment) -> Spoken | Refused:
    """By the rules of `Ask`, `Approve` and `Call`: who passes over others gives a reason here as there."""
    received = ask(dialogue, _asked(command), seat, moment)
    if isinstance(received, Refused):
        return received
    number = received[0].question
    begun = (*received, QuestionApproved(number))
    draft = dialogue
    for fact in begun:
        draft = draft.apply(Entry(draft.n + 1, moment.at, seat.id, fact))
    called = _called(draft, do.Call(number, command.expect_current), command.reason, seat, moment)
    if isinstance(called, Refused):
        return called
    first, *refill = called
    assert isinstance(first, QuestionCalled), "who is called comes before those who take the places left"
    return (*begun, replace(first, at_once=True), *refill)


def _asked(command: do.CallSpeaker) -> do.Ask:
    text, channel = clean(command.about) or SPOKEN, Channel.HALL_MIC
    return do.Ask(text, "", channel, command.name, command.locality, site=command.site, reason=SPOKEN)


def _called(draft: "Dialogue", plain: do.Call, reason: str, seat: Seat, moment: Moment) -> Called | Refused:
    """Who passes over nobody departs from nothing: then the reason is not kept."""
    called = call(draft, plain, seat, moment)
    if isinstance(called, Refused) and called.code is Code.DEPARTS:
        return call(draft, do.Call(plain.question, plain.expect_current, reason), seat, moment)
    return called
