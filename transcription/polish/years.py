"""Years and digits as they are read aloud, one after another."""

from __future__ import annotations

from transcription.polish.cardinals import read, word
from transcription.polish.lexicon import DIGITS, SHORT_TENS

FIRST, LAST = 1_000, 2_999


def run(words: list[str], at: int) -> str:
    """The figures of all digits read one by one from here: "không chín không năm" is 0905."""
    figures = ""
    while word(words, at + len(figures)) in DIGITS:
        figures += str(DIGITS[words[at + len(figures)]])
    return figures


def year(words: list[str], at: int) -> tuple[int, int] | None:
    """The year that begins here and the index behind it: a number, or digit by digit (hai không hai sáu)."""
    found = read(words, at)
    if found is not None and FIRST <= found.value <= LAST and found.end > at + 1:
        return found.value, found.end
    figures = run(words, at)
    if len(figures) >= 3 and word(words, at + 3) in SHORT_TENS:  # hai không hai lăm
        return _likely(figures[:3] + str(SHORT_TENS[words[at + 3]]), at + 4)
    if (
        len(figures) == 2
        and word(words, at + 1) != "năm"
        and (rest := read(words, at + 2)) is not None
        and 10 <= rest.value < 100
    ):
        return _likely(f"{figures}{rest.value}", rest.end)  # một chín bảy mươi lăm
    if len(figures) == 3 and (rest := read(words, at + 2)) is not None and 10 <= rest.value < 100:
        return _likely(f"{figures[:2]}{rest.value}", rest.end)
    return _likely(figures[:4], at + 4) if len(figures) >= 4 else None


def _likely(figures: str, end: int) -> tuple[int, int] | None:
    """Digit by digit four figures are a year only when they are one of living memory or of plans."""
    return (int(figures), end) if 1_800 <= int(figures) <= 2_100 else None
