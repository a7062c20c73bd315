"""Pieces of written text that know which heard words they came from, and how a rule rewrites a row of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from transcription.heard import Word

ORIGINS = {"lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ", "bẩy": "bảy", "nhăm": "lăm", "mồng": "mùng", "ki-lô-mét": "ki"}
"""Regional forms and spellings of one word, by the form that the rules speak of."""

_OLD_PLACE = {
    before[:-1] + after: place + before[-1]
    for before, plain in (("oa", "òóỏõọ"), ("oe", "òóỏõọ"), ("uy", "ùúủũụ"))
    for place, after in zip(plain, {"oa": "àáảãạ", "oe": "èéẻẽẹ", "uy": "ỳýỷỹỵ"}[before], strict=True)
}
"""hoà, khoẻ, thuỷ are hòa, khỏe, thủy: two ways to place one mark."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text. It stands for the heard words from `first` to before `end`.

    `pause` is the silence before it in samples (0 when unknown), `sure` the least confidence of its words (None: the
    engine gives none). What is `fixed` has been written already: later rules read over it.
    """

    text: str
    first: int
    end: int
    pause: int = 0
    sure: float | None = None
    fixed: bool = False


Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a rule makes of the words from where it was asked to before `end`: texts, each with the words it stands for.

    A text with blanks becomes as many tokens, each standing for the same words. An empty row leaves the words alone.
    """

    end: int
    texts: tuple[tuple[str, int, int], ...] = ()


Rule = Callable[[list[str], int], Rewritten | None]
"""Asked at each word, left to right, with all words folded: what it makes of the words that begin there, or None."""


def heard(text: str, words: tuple[Word, ...]) -> Tokens:
    """The words of a final as tokens. Without word times (a salvaged final) pauses and confidences are unknown."""
    raw = text.split()
    if not words or [word.text for word in words] != raw:
        return tuple(Token(word, n, n + 1) for n, word in enumerate(raw))
    pauses = [0, *(max(0, after.start - before.end) for before, after in pairwise(words))]
    return tuple(
        Token(word.text, n, n + 1, pause, word.confidence)
        for n, (word, pause) in enumerate(zip(words, pauses, strict=True))
    )


def folded(text: str) -> str:
    """A word as rules compare it: lower case, one code point a letter, marks in one place, number words in one form."""
    word = unicodedata.normalize("NFC", text).lower()
    if (new := _OLD_PLACE.get(word[-2:])) and word[-3:-2] != "q":
        word = word[:-2] + new
    return ORIGINS.get(word, word)


def rewrite(tokens: Tokens, rule: Rule) -> Tokens:
    """The tokens after a rule has been asked at each of them."""
    words = ["" if token.fixed else folded(token.text) for token in tokens]
    row: list[Token] = []
    at = 0
    while at < len(tokens):
        found = rule(words, at) if words[at] else None
        if found is None:
            row.append(tokens[at])
            at += 1
            continue
        row += _written(tokens, found) if found.texts else tokens[at : found.end]
        at = found.end
    return tuple(row)


def _written(tokens: Tokens, found: Rewritten) -> Iterable[Token]:
    for text, begin, end in found.texts:
        merged = merge(tokens[begin:end], text)
        for n, part in enumerate(text.split(" ")):
            yield replace(merged, text=part, pause=merged.pause if n == 0 else 0)


def merge(tokens: Tokens, text: str) -> Token:
    """One token for several: their words, the pause before them, the least of their confidences."""
    sure = [token.sure for token in tokens if token.sure is not None]
    return Token(text, tokens[0].first, tokens[-1].end, tokens[0].pause, min(sure, default=None), fixed=True)
