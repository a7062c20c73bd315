"""The hall screen as people lead it: an overlay, the size of its letters, and standing still while somebody reads.

A frozen screen keeps its places and not its words: what is redacted, withdrawn or struck meanwhile leaves it at once.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import captioning, looks
from live import commands as do
from live.entries import Entry, OverlayHidden, OverlayShown, StageFrozen, StageScaled, StageThawed
from live.lineup import next_called
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.sights import Stage, Thing
from live.states import Overlay
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Line

OVERLAY_LIMIT = 200
"""Characters that can be read from the last row."""
SMALLEST, LARGEST = 60, 160
"""Percent; beyond these the question does not fit, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What stood on the screen when it was stopped: the question, the next ones and the captions, by number."""

    number: int | None
    upcoming: tuple[int, ...]
    captions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    overlay: Overlay | None = None
    text: Sealed = NOTHING
    percent: int = 100
    frozen: Frozen | None = None


@dataclass(frozen=True, slots=True)
class HallBoard(Thing):
    """How the hall screen stands. `waiting`: questions that would be on it were it not frozen.

    `ahead` is for those who lead: what the hall will see when the next question is called; None when nobody waits.
    """

    overlay: Overlay | None
    text: str
    percent: int
    frozen: bool
    waiting: int
    ahead: Stage | None = None


@decides(do.ShowOverlay)
def show(dialogue: "Dialogue", command: do.ShowOverlay, seat: Seat, moment: Moment) -> tuple[OverlayShown] | Refused:
    text = clean(command.text)
    if command.kind is Overlay.MESSAGE and not text:
        return refuse(Code.EMPTY)
    return too_long(OVERLAY_LIMIT, text) or (OverlayShown(command.kind, Sealed(text)),)


@applies(OverlayShown)
def shown(dialogue: "Dialogue", fact: OverlayShown, entry: Entry) -> "Dialogue":
    return replace(dialogue, hall=replace(dialogue.hall, overlay=fact.kind, text=fact.text))


@decides(do.HideOverlay)
def hide(dialogue: "Dialogue", command: do.HideOverlay, seat: Seat, moment: Moment) -> tuple[OverlayHidden, ...]:
    return (OverlayHidden(),) if dialogue.hall.overlay else ()


@applies(OverlayHidden)
def hidden(dialogue: "Dialogue", fact: OverlayHidden, entry: Entry) -> "Dialogue":
    return replace(dialogue, hall=replace(dialogue.hall, overlay=None, text=NOTHING))


@decides(do.ScaleStage)
def scale(
    dialogue: "Dialogue", command: do.ScaleStage, seat: Seat, moment: Moment
) -> tuple[StageScaled, ...] | Refused:
    if not SMALLEST <= command.percent <= LARGEST:
        return refuse(Code.NOT_UNDERSTOOD, what=f"percent: {command.percent}")
    return () if command.percent == dialogue.hall.percent else (StageScaled(command.percent),)


@applies(StageScaled)
def scaled(dialogue: "Dialogue", fact: StageScaled, entry: Entry) -> "Dialogue":
    return replace(dialogue, hall=replace(dialogue.hall, percent=fact.percent))


@decides(do.FreezeStage)
def freeze(dialogue: "Dialogue", command: do.FreezeStage, seat: Seat, moment: Moment) -> tuple[StageFrozen, ...]:
    return () if dialogue.hall.frozen else (StageFrozen(),)


@applies(StageFrozen)
def frozen(dialogue: "Dialogue", fact: StageFrozen, entry: Entry) -> "Dialogue":
    number = dialogue.turn.question if dialogue.turn else None
    captions = tuple(line.id for line in captioning.captioned_on_stage(dialogue))
    kept = Frozen(number, looks.upcoming(dialogue), captions)
    return replace(dialogue, hall=replace(dialogue.hall, frozen=kept))


@decides(do.ThawStage)
def thaw(dialogue: "Dialogue", command: do.ThawStage, seat: Seat, moment: Moment) -> tuple[StageThawed, ...]:
    return (StageThawed(),) if dialogue.hall.frozen else ()


@applies(StageThawed)
def thawed(dialogue: "Dialogue", fact: StageThawed, entry: Entry) -> "Dialogue":
    return replace(dialogue, hall=replace(dialogue.hall, frozen=None))


def board(dialogue: "Dialogue") -> HallBoard:
    hall, waiting = dialogue.hall, 0
    if hall.frozen:
        on_stage = (dialogue.turn.question,) if dialogue.turn else ()
        waiting = len({*on_stage, *looks.upcoming(dialogue)} - {hall.frozen.number, *hall.frozen.upcoming})
    return HallBoard(hall.overlay, str(hall.text), hall.percent, hall.frozen is not None, waiting)


def desk_board(dialogue: "Dialogue") -> HallBoard:
    """The same for those who lead, who see before they press what everybody will see."""
    number = next_called(dialogue)
    if number is None:
        return board(dialogue)
    return replace(board(dialogue), ahead=looks.staged(dialogue.questions[number]))


def stage(dialogue: "Dialogue") -> Stage:
    """The question in the hall: a frozen one keeps its place; its clock goes on only while it has the floor."""
    kept = dialogue.hall.frozen
    if kept is None or (dialogue.turn and dialogue.turn.question == kept.number):
        return looks.stage(dialogue)
    question = dialogue.questions.get(kept.number or 0)
    if question is None or not question.public:
        return Stage()
    return looks.staged(question)


def upcoming(dialogue: "Dialogue") -> tuple[int, ...]:
    kept = dialogue.hall.frozen
    if kept is None:
        return looks.upcoming(dialogue)
    return tuple(n for n in kept.upcoming if n in dialogue.questions and dialogue.questions[n].public)


def captioned(dialogue: "Dialogue") -> "list[Line]":
    kept = dialogue.hall.frozen
    if kept is None:
        return captioning.captioned_on_stage(dialogue)
    return [line for line in captioning.captioned(dialogue) if line.id in kept.captions]
