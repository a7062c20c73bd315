"""Two readings of the same sound laid side by side, for a person to choose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transcription.heard import SAMPLE_RATE, Final, Word

NEAR = SAMPLE_RATE // 2
"""A word so near to a line of the draft belongs beside it, though engines end their words at different places."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A stretch of sound, in samples, with what each reading made of it; one of the texts may be empty.

    `words` are those of the second reading; `line` is the place of the first one's line in the draft, None without one.
    """

    start: int
    end: int
    first: str
    words: tuple[Word, ...] = ()
    line: int | None = None

    @property
    def second(self) -> str:
        """The words of the second reading."""
        return " ".join(word.text for word in self.words)


def beside(draft: Sequence[tuple[int, int, str]], again: Iterable[Final]) -> list[Beside]:
    """Each line of the draft (start, end, text; in order) with the second reading's words for its seconds.

    Every word of the second reading stands in exactly one place; what lies beside no line gets a row of its own.
    """
    found: list[list[Word]] = [[] for _ in draft]
    alone: list[Beside] = []
    starts = [start for start, _, _ in draft]
    for word in (word for final in again for word in _pieces(final)):
        middle = (word.start + word.end) // 2
        behind = bisect_right(starts, middle)
        close = range(max(0, behind - 3), min(len(draft), behind + 1))  # lines of one source hardly overlap
        nearest = min(close, key=lambda i: _distance(draft[i], middle), default=None)
        if nearest is not None and _distance(draft[nearest], middle) <= NEAR:
            found[nearest].append(word)
        elif alone and 0 <= word.start - alone[-1].end <= NEAR:
            alone[-1] = replace(alone[-1], end=word.end, words=(*alone[-1].words, word))
        else:
            alone.append(Beside(word.start, word.end, "", (word,)))
    rows = [Beside(*line, tuple(words), i) for i, (line, words) in enumerate(zip(draft, found, strict=True))]
    return sorted([*rows, *alone], key=lambda row: row.start)


def _pieces(final: Final) -> Sequence[Word]:
    """The words, or the whole where there are no times."""
    return final.words or (Word(final.text, final.start, final.end),)


def _distance(line: tuple[int, int, str], at: int) -> int:
    return max(line[0] - at, at - line[1], 0)
