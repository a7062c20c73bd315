"""Trials of a room: what a text read aloud showed of its captions, for readers, the desk and the record.

A bad trial stops public captions, and a better one of the same source lifts that stop; never one that a person made.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import CaptionsHidden, CaptionsShown, Entry, RoomTried
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import RoomVerdict

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class RoomTrial:
    """The last trial of a source: so many thousandths of the words were heard wrong."""

    wrong: int
    verdict: RoomVerdict
    at: datetime


def misheard(dialogue: "Dialogue") -> bool:
    """Whether readers are to be warned: a source was last found to be heard with many mistakes."""
    return any(trial.verdict is not RoomVerdict.GOOD for trial in dialogue.trials.values())


def carried(rehearsal: "Dialogue", after: "Dialogue") -> "Dialogue":
    """The dialogue behind a rehearsal, with what was found of the room: that is true of the evening as well."""
    hidden = rehearsal.captions_hidden_by_trial
    return replace(
        after,
        trials=rehearsal.trials,
        captions_hidden=after.captions_hidden or hidden,
        captions_hidden_by_trial=hidden and not (after.captions_hidden and not after.captions_hidden_by_trial),
    )


@decides(do.TryRoom)
def try_room(
    dialogue: "Dialogue", command: do.TryRoom, seat: Seat, moment: Moment
) -> tuple[RoomTried | CaptionsHidden | CaptionsShown, ...] | Refused:
    if command.source not in dialogue.sources:
        return refuse(Code.NOT_FOUND)
    tried = RoomTried(command.source, command.wrong, command.verdict)
    others = (trial.verdict for source, trial in dialogue.trials.items() if source != command.source)
    poor = RoomVerdict.POOR in (command.verdict, *others)
    if poor and not dialogue.captions_hidden:
        return tried, CaptionsHidden(by_trial=True)
    if not poor and dialogue.captions_hidden_by_trial:
        return tried, CaptionsShown(tuple(sorted(moment.heard.items())))
    return (tried,)


@applies(RoomTried)
def room_tried(dialogue: "Dialogue", fact: RoomTried, entry: Entry) -> "Dialogue":
    trial = RoomTrial(fact.wrong, fact.verdict, entry.at)
    return replace(dialogue, trials={**dialogue.trials, fact.source: trial})
