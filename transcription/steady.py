"""Partial words without flicker: what was believed twice and lies behind the newest words is not taken back any more.

Only for readers of words in progress. The final replaces them wholesale, whatever was shown.
"""

from __future__ import annotations

from dataclasses import dataclass

TAIL = 3
"""Newest words that may still change: an engine rewrites these in every second update, older ones rarely."""


@dataclass(frozen=True, slots=True)
class Steady:
    """The words shown of an utterance in progress; the first `locked` of them stay as they are."""

    words: tuple[str, ...] = ()
    locked: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.words)


NOTHING = Steady()


def steady(shown: Steady, believed: str) -> Steady:
    """What to show after `shown`, now that the engine believes this. Without words the utterance is over."""
    heard = believed.split()
    if not heard:
        return NOTHING
    words = (*shown.words[: shown.locked], *heard[shown.locked :])
    agreed = next((n for n, (a, b) in enumerate(zip(shown.words, words, strict=False)) if a != b), len(shown.words))
    return Steady(words, max(shown.locked, min(agreed, len(words)) - TAIL))
