"""Which words everybody may read at once, and how; and who stops and shows them."""

from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import CaptionsHidden, CaptionsShown, Entry
from live.gaps import captions_off, captions_on
from live.intakes import heard_now
from live.proof import rewritten
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.sights import Caption

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Line

CAPTIONS = 6
"""Final lines a late joiner finds; the page shows the last two and keeps the rest behind a touch."""


def captioned(dialogue: "Dialogue") -> "list[Line]":
    """The last final lines that the public may read, oldest first; none while captions are stopped."""
    if dialogue.captions_hidden:
        return []
    fit = (
        line
        for line in reversed(tuple(dialogue.lines.values()))
        if line.id > dialogue.captions_from and not line.struck and not _kept_back(dialogue, line)
    )
    return list(islice(fit, CAPTIONS))[::-1]


def captioned_on_stage(dialogue: "Dialogue") -> "list[Line]":
    """In the hall the words under a question are words about it: a new question begins with none."""
    turn = dialogue.turn
    return [line for line in captioned(dialogue) if turn is None or line.question == turn.question]


def _kept_back(dialogue: "Dialogue", line: "Line") -> bool:
    segment = line.segment
    return segment is not None and kept_back(dialogue, segment.source, segment.start, segment.spoken_at)


def kept_back(dialogue: "Dialogue", source: str, sample: int, spoken_at: datetime | None = None) -> bool:
    """Whether words at this sample are none of the public's.

    They come seconds late: these were spoken before captions were shown again. Or nobody says them in the dialogue now:
    they are of a given file, or of a trial of the room.
    """
    shown_at = dialogue.captions_shown_at
    late = spoken_at is not None and shown_at is not None and spoken_at < shown_at
    private = late or sample < dialogue.captions_heard.get(source, 0)
    return private or not heard_now(dialogue, source, sample)


def caption(line: "Line") -> Caption:
    """With the words as heard where polish wrote something else, unless coarse words are hidden or a person edited."""
    segment = line.segment
    shown = segment is not None and not segment.masked and rewritten(line)
    return Caption(line.id, line.role, str(line.text), not line.edited, str(segment.raw) if segment and shown else "")


@decides(do.HideCaptions)
def hide_captions(
    dialogue: "Dialogue", command: do.HideCaptions, seat: Seat, moment: Moment
) -> tuple[CaptionsHidden, ...]:
    """A person's stop outlasts that of a trial, which a better trial would lift."""
    by_person = dialogue.captions_hidden and not dialogue.captions_hidden_by_trial
    return () if by_person else (CaptionsHidden(),)


@applies(CaptionsHidden)
def captions_hidden(dialogue: "Dialogue", fact: CaptionsHidden, entry: Entry) -> "Dialogue":
    if not dialogue.captions_hidden:
        dialogue = captions_off(dialogue, entry.at)
    return replace(
        dialogue,
        captions_hidden=True,
        captions_hidden_by_trial=fact.by_trial,
        captions_from=max(dialogue.lines, default=0),
    )


@decides(do.ShowCaptions)
def show_captions(
    dialogue: "Dialogue", command: do.ShowCaptions, seat: Seat, moment: Moment
) -> tuple[CaptionsShown, ...]:
    return (CaptionsShown(tuple(sorted(moment.heard.items()))),) if dialogue.captions_hidden else ()


@applies(CaptionsShown)
def captions_shown(dialogue: "Dialogue", fact: CaptionsShown, entry: Entry) -> "Dialogue":
    """What was said while captions were stopped stays off them, also when the machine hears it only afterwards."""
    return replace(
        captions_on(dialogue, entry.at),
        captions_hidden=False,
        captions_hidden_by_trial=False,
        captions_from=max(dialogue.lines, default=0),
        captions_heard={**dialogue.captions_heard, **dict(fact.heard)},
        captions_shown_at=entry.at,
    )
