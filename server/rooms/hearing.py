"""What a recogniser heard, as a command to a room: raw words with their times, beside the text people see first."""

from datetime import datetime
from functools import lru_cache

from live.commands import Hear
from live.dialogue import Dialogue
from live.glossary import Term as Known
from live.glossary import known
from transcription.heard import Final
from transcription.polish import Polish, Term


def hear(source: str, final: Final, polish: Polish, dialogue: Dialogue, spoken_at: datetime | None = None) -> Hear:
    """A final as a command, polished with the names that this dialogue knows."""
    polished = Polish(polish.steps, terms(known(dialogue)), polish.language).final(final)
    times = [
        (word.start, word.end, -1 if word.confidence is None else round(word.confidence * 1000)) for word in final.words
    ]
    return Hear(
        source,
        final.run,
        final.seq,
        final.start,
        final.end,
        final.text,
        polished.text,
        tuple(times),
        final.salvaged,
        polished.spans,
        tuple((near.first, near.end, near.text) for near in polished.suggestions),
        polished.masked,
        spoken_at,
    )


@lru_cache(maxsize=16)
def terms(names: tuple[Known, ...]) -> tuple[Term, ...]:
    """The same names in the words of recognition; an erased name is none."""
    return tuple(Term(str(name.written), tuple(map(str, name.heard))) for name in names if name.written)
