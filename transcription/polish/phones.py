"""Digits read one by one: telephone numbers, hotlines, numbers of identity cards."""

from __future__ import annotations

from transcription.polish.cardinals import read, word
from transcription.polish.lexicon import WORDS
from transcription.polish.tokens import Rewritten, Tokens, rewrite
from transcription.polish.years import run

SURE = 7
"""So many digits in a row are a number wherever they stand."""
CALLED = WORDS["called"]


def phones(tokens: Tokens) -> Tokens:
    """0905 123 456, 1900 1234, 1022, 113."""
    return rewrite(tokens, _phone)


def _phone(words: list[str], at: int) -> Rewritten | None:
    figures = run(words, at)
    if len(figures) < (3 if _called(words, at) else SURE):
        return None
    end = at + len(figures)
    if read(words, end - 1) != read(words[:end], end - 1):  # the last digit begins a number of its own: ... hai mươi
        figures, end = figures[:-1], end - 1
    return Rewritten(end, ((grouped(figures), at, end),))


def _called(words: list[str], at: int) -> bool:
    before = " ".join(word(words, at - n) for n in range(5, 0, -1))
    return any(f" {name} " in f" {before} " for name in CALLED)


def grouped(figures: str) -> str:
    """In the groups in which people dial."""
    if figures.startswith("0") and len(figures) in {10, 11}:
        return f"{figures[:4]} {figures[4:7]} {figures[7:]}"
    if figures.startswith(("1800", "1900")) and len(figures) > 4:
        return f"{figures[:4]} {figures[4:]}"
    return figures
