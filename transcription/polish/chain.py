"""The chain: which steps there are, in which order they are taken, and what comes out at its end."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from transcription.heard import Final, Word
from transcription.polish.dates import dates
from transcription.polish.documents import documents
from transcription.polish.masking import mask, masked
from transcription.polish.names import Suggestion, Terms, common, spell, suggest
from transcription.polish.numbers import numbers
from transcription.polish.phones import phones
from transcription.polish.sentences import capitals, punctuate
from transcription.polish.tokens import Tokens, heard

Step = Callable[[Tokens, Terms], Tokens]


def _compose(tokens: Tokens, _: Terms) -> Tokens:
    """Letters with their marks as one character (NFC): engines and keyboards differ, searches must not."""
    return tuple(replace(token, text=unicodedata.normalize("NFC", token.text)) for token in tokens)


STEPS: dict[str, Step] = {
    "compose": _compose,
    "documents": lambda tokens, _: documents(tokens),
    "glossary": lambda tokens, terms: spell(spell(tokens, terms), common()),
    "dates": lambda tokens, _: dates(tokens),
    "phones": lambda tokens, _: phones(tokens),
    "numbers": lambda tokens, _: numbers(tokens),
    "mask": lambda tokens, _: mask(tokens),
    "marks": lambda tokens, _: punctuate(tokens),
    "capitals": lambda tokens, _: capitals(tokens),
}
"""Every step by the name under which it is switched, in the order in which they are taken."""

SUGGESTIONS = "suggestions"
"""Switched like a step; it changes no word."""
NAMES = (*STEPS, SUGGESTIONS)
DEFAULT = tuple(name for name in NAMES if name != "mask")
VIETNAMESE = frozenset({"documents", "glossary", "dates", "phones", "numbers", "mask", SUGGESTIONS})
"""Steps that know Vietnamese words only, and are not taken for a model of another language."""


@dataclass(frozen=True, slots=True)
class Polished:
    """The text to begin a line with. `spans` has, for each of its blank-separated pieces, the heard words behind it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    suggestions: tuple[Suggestion, ...] = ()
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Polish:
    """The steps to take and the names to know. `language` is the model's; None when nobody knows it.

    Raises KeyError when a name is no step.
    """

    steps: tuple[str, ...] = DEFAULT
    terms: Terms = ()
    language: str | None = "vi"

    def __post_init__(self) -> None:
        if unknown := strange(self.steps):
            raise KeyError(f"no such step: {', '.join(unknown)}")

    def final(self, final: Final) -> Polished:
        return self.words(final.text, final.words)

    def words(self, text: str, words: tuple[Word, ...] = ()) -> Polished:
        """Polish heard words; `words` gives their times and confidences, when they are known."""
        taken = {name for name in self.steps if self.language in {"vi", None} or name not in VIETNAMESE}
        raw = heard(text, words)
        tokens = raw
        for name, step in STEPS.items():
            if name in taken:
                tokens = step(tokens, self.terms)
        near = suggest(raw, self.terms) if SUGGESTIONS in taken else ()
        return Polished(
            " ".join(token.text for token in tokens),
            tuple((token.first, token.end) for token in tokens),
            near,
            "mask" in taken and masked(tokens),
        )


def strange(names: Iterable[str]) -> list[str]:
    """The names that are no step."""
    return sorted(set(names) - set(NAMES))
