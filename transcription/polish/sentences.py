"""Sentences from pauses: a full stop and a capital after a long one, a comma at a short one."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from transcription.heard import SAMPLE_RATE
from transcription.polish.lexicon import WORDS
from transcription.polish.tokens import Token, Tokens

STOP = SAMPLE_RATE * 6 // 10
"""Samples of silence that end a sentence."""
COMMA = SAMPLE_RATE * 3 // 10
"""Samples of silence that part one."""
GOING_ON = WORDS["going on"]
ENDS = ".?!…:;,。？！"


def punctuate(tokens: Tokens) -> Tokens:
    """Marks where the speaker paused, and one at the end."""
    return tuple(_marked(token, following) for token, following in zip_longest(tokens, tokens[1:]))


def _marked(token: Token, following: Token | None) -> Token:
    if not token.text or token.text[-1] in ENDS:
        return token
    if following is None:
        return replace(token, text=token.text + ".")
    going_on = following.text.lower() in GOING_ON
    if following.pause >= STOP and not going_on:
        return replace(token, text=token.text + ".")
    if following.pause >= COMMA:
        return replace(token, text=token.text + ",")
    return token


def capitals(tokens: Tokens) -> Tokens:
    """A capital at the beginning and after every mark that ends a sentence."""
    row: list[Token] = []
    begins = True
    for token in tokens:
        row.append(replace(token, text=_capital(token.text)) if begins else token)
        begins = token.text[-1:] in ".?!…。？！"
    return tuple(row)


def _capital(text: str) -> str:
    """The first letter in upper case; "ß" and its like, which would become two letters, stay."""
    return text[:1].upper() + text[1:] if len(text[:1].upper()) == 1 else text
