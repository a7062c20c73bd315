"""Which words everybody may read at once, and how."""

from itertools import islice
from typing import TYPE_CHECKING

from live.proof import rewritten
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
        if line.id > dialogue.captions_from and not line.struck and not _said_in_private(dialogue, line)
    )
    return list(islice(fit, CAPTIONS))[::-1]


def captioned_on_stage(dialogue: "Dialogue") -> "list[Line]":
    """In the hall the words under a question are words about it: a new question begins with none."""
    turn = dialogue.turn
    return [line for line in captioned(dialogue) if turn is None or line.question == turn.question]


def _said_in_private(dialogue: "Dialogue", line: "Line") -> bool:
    """Words come seconds late: these were spoken before captions were shown again."""
    segment, shown_at = line.segment, dialogue.captions_shown_at
    if segment is None:
        return False
    late = segment.spoken_at is not None and shown_at is not None and segment.spoken_at < shown_at
    return late or segment.start < dialogue.captions_heard.get(segment.source, 0)


def caption(line: "Line") -> Caption:
    """With the words as heard where polish wrote something else, unless coarse words are hidden or a person edited."""
    segment = line.segment
    shown = segment is not None and not segment.masked and rewritten(line)
    return Caption(line.id, line.role, str(line.text), not line.edited, str(segment.raw) if segment and shown else "")
