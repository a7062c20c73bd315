"""The sound of a rehearsal: which samples of each source were recorded for it, and are no part of what comes after.

A recording only grows, so its samples keep their places when their sound is emptied; the evening goes on behind them.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from live.rulebook import Moment
from live.states import DialogueState

if TYPE_CHECKING:
    from live.dialogue import Dialogue

Places = tuple[tuple[str, int], ...]
"""Sources, and how many samples each had."""


def places(dialogue: "Dialogue", to: DialogueState, moment: Moment) -> Places:
    """What the entry says with which a rehearsal begins or ends; nothing at any other move."""
    concerned = DialogueState.REHEARSAL in {dialogue.state, to}
    return tuple(sorted(moment.heard.items())) if concerned else ()


def emptied(rehearsal: "Dialogue", after: "Dialogue", ended: Places) -> "Dialogue":
    """The dialogue behind a rehearsal, which knows what was recorded for it and reads no word of that."""
    began, rehearsed, sources = dict(rehearsal.rehearsed_from), dict(after.rehearsed), dict(after.sources)
    for name, end in ended:
        known = sources.get(name)
        # Of a source that was there before, and whose place then nobody could tell, nothing is taken.
        first = began.get(name, 0 if known is None else end)
        if first < end:
            rehearsed[name] = (*rehearsed.get(name, ()), (first, end))
            if known is not None:
                sources[name] = replace(known, heard_to=max(known.heard_to, end))
    return replace(after, rehearsed=rehearsed, rehearsed_from=(), sources=sources) if ended else after


def begins_at(dialogue: "Dialogue", source: str) -> int:
    """The first sample of a new source that was not recorded for a rehearsal."""
    return max((end for _, end in dialogue.rehearsed.get(source, ())), default=0)
