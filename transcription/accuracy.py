"""How far what was heard is from what was said: error rates, and how far chance may have moved them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import jiwer

ROUNDS = 1_000
"""Bootstrap samples: their middle 95 % is steady to about a tenth of its width."""
SEED = 20_260_305
"""The same recordings give the same interval, today and next year."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Errors by length of what was said (0.2 is 20 %), and the interval in which 95 of 100 such collections would lie.

    `low` and `high` are None for fewer than five utterances, of which no interval can honestly be given.
    """

    rate: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Count:
    errors: int
    length: int


def words(said: Sequence[str], heard: Sequence[str]) -> Rate:
    """Word error rate over all utterances: case and marks do not count."""
    pairs = [(_words(a), _words(b)) for a, b in zip(said, heard, strict=True)]
    return _rate([_compared(jiwer.process_words(a, b)) if a else _Count(len(b.split()), 0) for a, b in pairs])


def characters(said: Sequence[str], heard: Sequence[str]) -> Rate:
    """Character error rate over all utterances: case, marks and blanks do not count."""
    pairs = [(_letters(a), _letters(b)) for a, b in zip(said, heard, strict=True)]
    return _rate([_compared(jiwer.process_characters(a, b)) if a else _Count(len(b), 0) for a, b in pairs])


def _compared(found: jiwer.WordOutput | jiwer.CharacterOutput) -> _Count:
    kept = found.hits + found.substitutions + found.deletions
    return _Count(found.substitutions + found.deletions + found.insertions, kept)


def _rate(counts: Sequence[_Count]) -> Rate:
    """The rate, and its percentile interval from utterances drawn anew: words of one utterance err together."""
    if len(counts) < 5:
        return Rate(_of(counts), None, None)
    dice = random.Random(SEED)  # noqa: S311 - chance for statistics, not for secrets
    drawn = sorted(_of(dice.choices(counts, k=len(counts))) for _ in range(ROUNDS))
    return Rate(_of(counts), drawn[ROUNDS // 40], drawn[-ROUNDS // 40])


def _of(counts: Sequence[_Count]) -> float:
    return sum(count.errors for count in counts) / max(1, sum(count.length for count in counts))


def _words(text: str) -> str:
    """Lower case, NFC, marks gone: "UBND xã, 3,5 ha." is "ubnd xã 3 5 ha"."""
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(letter if _kept(letter) else " " for letter in text).split())


def _letters(text: str) -> str:
    return _words(text).replace(" ", "")


def _kept(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
