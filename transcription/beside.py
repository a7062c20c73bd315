"""Two readings of the same sound laid side by side, for a person to choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcription.heard import SAMPLE_RATE, Final

NEAR = SAMPLE_RATE // 2
"""A word so near to a line of the draft belongs beside it, though engines end their words at different places."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A stretch of sound, in samples, with what each reading made of it; one of the texts may be empty."""

    start: int
    end: int
    first: str
    second: str


def beside(draft: Sequence[tuple[int, int, str]], again: Iterable[Final]) -> list[Beside]:
    """Each line of the draft (start, end, text; in order) with the second reading's words for its seconds.

    Every word of the second reading stands in exactly one place; what lies beside no line gets a row of its own.
    """
    found: list[list[str]] = [[] for _ in draft]
    alone: list[Beside] = []
    for start, end, text in (piece for final in again for piece in _pieces(final)):
        middle = (start + end) // 2
        nearest = min(range(len(draft)), key=lambda i: _distance(draft[i], middle), default=None)
        if nearest is not None and _distance(draft[nearest], middle) <= NEAR:
            found[nearest].append(text)
        elif alone and start - alone[-1].end <= NEAR:
            alone[-1] = Beside(alone[-1].start, end, "", f"{alone[-1].second} {text}")
        else:
            alone.append(Beside(start, end, "", text))
    rows = [Beside(*line, " ".join(words)) for line, words in zip(draft, found, strict=True)]
    return sorted([*rows, *alone], key=lambda row: row.start)


def _pieces(final: Final) -> list[tuple[int, int, str]]:
    """The words, or the whole where there are no times."""
    return [(word.start, word.end, word.text) for word in final.words] or [(final.start, final.end, final.text)]


def _distance(line: tuple[int, int, str], at: int) -> int:
    return max(line[0] - at, at - line[1], 0)
