"""How Vietnamese syllables sound when accents and regions are left out: what one hears as another has one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLED = (
    "ngh:g ng:g gh:g gi:z tr:c ch:c kh:k ph:f th:t nh:j qu:k x:s d:z r:z v:z "
    "l:n q:k kr:z br:z gr:z pr:z đr:z kl:n pl:n bl:n"
)
_ONSETS = dict(pair.split(":") for pair in _SPELLED.split())
"""Onsets that are one sound somewhere in the country, and those of the highlands, which a recogniser simplifies."""
_CODAS = (("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t"), ("k", "t"))


def sound(words: tuple[str, ...]) -> str:
    """The key of a row of syllables."""
    return " ".join(_syllable(word) for word in words)


@lru_cache(maxsize=8_192)  # Vietnamese has some seven thousand syllables
def _syllable(word: str) -> str:
    bare = "".join(
        letter if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        for letter in unicodedata.normalize("NFC", word.lower())
    )
    onset = re.match(r"[bcdđghklmnpqrstvxfjwz]*", bare)
    head = onset[0] if onset else ""
    head = "gi" if bare.startswith("gi") and len(bare) > 2 else "qu" if bare.startswith("qu") else head
    rest = bare[len(head) :].replace("y", "i")
    head = "k" if head == "c" else _ONSETS.get(head, head)
    for spelled, key in _CODAS:
        if rest.endswith(spelled):
            rest = rest[: -len(spelled)] + key
            break
    return head + rest
