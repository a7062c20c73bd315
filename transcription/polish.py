"""A machine's words made readable: a chain of small steps, each pure, each repeatable, each to be left out.

The words as heard are kept where they are; polish is only ever applied to a copy of a final's text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

Step = Callable[[str], str]


def compose(text: str) -> str:
    """Letters with their marks as one character (NFC): engines and keyboards differ, searches must not."""
    return unicodedata.normalize("NFC", text)


def collapse_spaces(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


def capital_at_start(text: str) -> str:
    """The first letter in upper case; "ß" and its like, which would become two letters, stay."""
    return text[:1].upper() + text[1:] if len(text[:1].upper()) == 1 else text


def full_stop(text: str) -> str:
    """A full stop at the end, unless something there already ends the sentence."""
    return text if not text or text[-1] in ".?!…:;,。？！" else text + "."


STEPS: dict[str, Step] = {
    "compose": compose,
    "spaces": collapse_spaces,
    "capital": capital_at_start,
    "full_stop": full_stop,
}
"""Every step by the name under which it is switched, in the order in which they are taken."""


def polish(text: str, without: Iterable[str] = ()) -> str:
    """The text after every step but those named. KeyError when a name is no step."""
    left_out = set(without)
    if unknown := left_out - STEPS.keys():
        raise KeyError(f"no such step: {', '.join(sorted(unknown))}")
    for name, step in STEPS.items():
        if name not in left_out:
            text = step(text)
    return text
