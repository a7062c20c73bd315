"""Whose own questions may look otherwise than they did: only these are drawn anew, a few of ten thousand askers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.lineup import places
from live.remote_voice import Invitation, invitation
from live.states import DialogueState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from live.dialogue import Dialogue
    from live.growing import Growing
    from live.questions import Question
    from live.suspended import Suspension


@dataclass(frozen=True, slots=True)
class Ground:
    """All that `mine.mine` rests on, at one moment: the rule how lanes mix shows in the places alone."""

    state: DialogueState
    questions: "Growing[int, Question]"
    places: "Mapping[int, int]"
    invited: "Invitation | None"
    asked: "Growing[str, tuple[int, ...]]"
    suspended: "Mapping[str, Suspension]"


def ground(dialogue: "Dialogue") -> Ground:
    return Ground(
        dialogue.state, dialogue.questions, places(dialogue), invitation(dialogue), dialogue.asked, dialogue.suspended
    )


def touched(then: Ground, now: Ground) -> "Collection[str]":
    """The seats of those questions that changed, or whose lead did, or stand elsewhere in the line.

    All, when the dialogue moved.
    """
    if now.state is not then.state:
        return {*then.asked, *now.asked}
    numbers = now.questions.changed_since(then.questions)
    numbers |= {led for number in numbers if number in now.questions for led in now.questions[number].merged}
    if now.places is not then.places:
        numbers |= {number for number, _ in now.places.items() ^ then.places.items()}
    numbers |= {one.number for one in (then.invited, now.invited) if one and then.invited != now.invited}
    known = (then.questions, now.questions)
    askers = {questions[number].seat for number in numbers for questions in known if number in questions}
    return askers - {""} | {seat for seat, _ in now.suspended.items() ^ then.suspended.items()}
