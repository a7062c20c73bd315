"""Coarse words with their middle hidden; the words as heard are kept beside them, for staff."""

from __future__ import annotations

from importlib.resources import files

from transcription.polish.tokens import Rewritten, Tokens, folded, rewrite

_COARSE = [
    tuple(folded(word) for word in line.split())
    for line in files(__package__).joinpath("coarse_vi.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
_COARSE.sort(key=len, reverse=True)


def mask(tokens: Tokens) -> Tokens:
    """Each coarse word as its first letter and dots."""
    return rewrite(tokens, _coarse)


def masked(tokens: Tokens) -> bool:
    """Whether anything was hidden."""
    return any("•" in token.text for token in tokens)


def _coarse(words: list[str], at: int) -> Rewritten | None:
    for coarse in _COARSE:
        if tuple(words[at : at + len(coarse)]) == coarse:
            texts = tuple((word[0] + "•" * (len(word) - 1 or 1), at + n, at + n + 1) for n, word in enumerate(coarse))
            return Rewritten(at + len(coarse), texts)
    return None
