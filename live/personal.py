"""Personal data in what people write: telephone and identity numbers, plots of land, mail addresses. Flagged, not cut.

A moderator sees where it stands and takes it out with one touch; the rule itself never changes a text. Sources: numbers
of telephones as in Vietnam's numbering plan (10 digits from 0, or +84), citizens' identity numbers of 12 digits and the
older 9, plots as land certificates name them ("thửa đất số", "tờ bản đồ số").
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

HIDDEN = "[…]"
"""What stands in the public text where personal data was."""


class Personal(StrEnum):
    PHONE = "phone"
    IDENTITY = "identity"
    PLOT = "plot"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to before `end` of a text."""

    start: int
    end: int
    kind: Personal


_GAP = r"[ .\-]?"
_RULES = (
    (Personal.MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        Personal.PLOT,
        re.compile(r"(?:thửa(?: đất)?|tờ bản đồ|lô đất)(?: số)?:? ?\d[\d/\-]*", re.IGNORECASE),
    ),
    (Personal.PHONE, re.compile(rf"(?<!\d)(?:\+?84{_GAP}|0)[235789](?:{_GAP}\d){{8,9}}(?!{_GAP}\d)")),
    (
        Personal.IDENTITY,
        re.compile(rf"(?<!\d)(?:\d(?:{_GAP}\d){{11}}|\d{{9}})(?!\d| ?(?:đ|vnđ|vnd|đồng)\b)", re.IGNORECASE),
    ),
)


@lru_cache(4096)
def flagged(text: str) -> tuple[Span, ...]:
    """Where personal data seems to stand, in order and without overlap; the more telling kind wins."""
    found: list[Span] = []
    for kind, pattern in _RULES:
        for match in pattern.finditer(text):
            if not any(match.start() < span.end and span.start < match.end() for span in found):
                found.append(Span(match.start(), match.end(), kind))
    return tuple(sorted(found, key=lambda span: span.start))


def redacted(text: str) -> str:
    """The text with every flagged part hidden."""
    for span in reversed(flagged(text)):
        text = text[: span.start] + HIDDEN + text[span.end :]
    return text
