"""Whether phones may ask now, and how many of one's questions may wait at once: set by people, in the midst of it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import AskingSet, Entry
from live.notice import PHONES_ASK, WORKING
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import DialogueState

if TYPE_CHECKING:
    from live.dialogue import Dialogue

WAITING_LIMIT = 3
"""Questions one phone may have waiting at once, unless people say otherwise."""
MOST = 20
"""The greatest number of waiting questions that one phone may be allowed."""


@dataclass(frozen=True, slots=True)
class Asking:
    """`waiting` is how many questions of one phone may wait at once; the hall and the clerk have no limit."""

    open: bool = True
    waiting: int = WAITING_LIMIT


def phones_ask(dialogue: "Dialogue") -> bool:
    """Whether a phone may send a question now."""
    return dialogue.state in PHONES_ASK and dialogue.asking.open


@decides(do.SetAsking)
def set_asking(
    dialogue: "Dialogue", command: do.SetAsking, seat: Seat, moment: Moment
) -> tuple[AskingSet, ...] | Refused:
    waiting = dialogue.asking.waiting if command.waiting is None else command.waiting
    if not 1 <= waiting <= MOST:
        return refuse(Code.NOT_UNDERSTOOD, what=f"waiting: {waiting}")
    if dialogue.state not in WORKING | {DialogueState.DRAFT}:
        return refuse(Code.WRONG_STATE)
    wanted = Asking(command.open, waiting)
    return () if wanted == dialogue.asking else (AskingSet(wanted.open, wanted.waiting),)


@applies(AskingSet)
def asking_set(dialogue: "Dialogue", fact: AskingSet, entry: Entry) -> "Dialogue":
    return replace(dialogue, asking=Asking(fact.open, fact.waiting))
