"""Vietnamese number words read from a row: where a number begins, where it ends, what it is, how it is written.

A number is read as far as it can only be a number: "hai mươi năm" is twenty, and then years.
"""

from __future__ import annotations

from dataclasses import dataclass

from transcription.polish.lexicon import (
    AFTER_TEN,
    AFTER_TENS,
    DIGITS,
    NO_TU,
    NOT_BILLION,
    SCALES,
    SHORT_TENS,
    TENTHS,
    TU,
)

MILLION = 10**6
BILLION = 10**9


@dataclass(frozen=True, slots=True)
class Number:
    """A number read: its value, the index behind its last word, and its figures as Vietnamese are written."""

    value: int
    end: int
    text: str


def word(words: list[str], at: int) -> str:
    """The word there; empty beyond the end and where something is written already."""
    return words[at] if 0 <= at < len(words) else ""


def inside(words: list[str], at: int) -> bool:
    """Whether the word there goes on with a number that began before it: the "tám" of bốn mươi tám."""
    before = word(words, at - 1)
    return before in DIGITS or before in SCALES or before in {"mười", "mươi", "trăm", "linh", "chục", "phẩy"}


def read(words: list[str], at: int) -> Number | None:
    """The longest number that begins at this word; None when none does."""
    part = _group(words, at)
    if part is None:
        return None
    total, last = 0, 10**12
    value, end = part
    while True:
        scale = _scale(words, end)
        if scale is None or scale >= last:
            return Number(total + value, end, _figures(total, value, last))
        total, last, end = total + value * scale, scale, end + 1
        if scale != BILLION and _scale(words, end) == BILLION:  # hai nghìn tỷ
            total, last, end = total * BILLION, BILLION, end + 1
        if (tail := _tenth(words, end)) is not None:
            total, end = total + tail * last // 10, end + 1
            return Number(total, end, _tenths(total, last))
        following = _group(words, end, inner=True)
        if following is None or _single(words, end, following[1], last):
            return Number(total, end, written(total))
        value, end = following


def _single(words: list[str], at: int, end: int, last: int) -> bool:
    """A bare digit behind a scale belongs to something else, unless a lower scale follows it."""
    scale = _scale(words, end)
    return end == at + 1 and words[at] in DIGITS and (scale is None or scale >= last)


def _group(words: list[str], at: int, *, inner: bool = False) -> tuple[int, int] | None:
    """A number below a thousand. `inner`: behind a scale, where "linh năm" and "không trăm" may stand."""
    digit = DIGITS.get(word(words, at))
    if digit is not None and word(words, at + 1) == "trăm":
        if digit == 0 and not inner:
            return None
        return _after_hundred(words, digit * 100, at + 2)
    if inner and word(words, at) == "linh" and (DIGITS.get(word(words, at + 1)) or word(words, at + 1) == "tư"):
        return AFTER_TEN.get(words[at + 1], 5), at + 2
    return _tens(words, at) or (None if digit is None else (digit, at + 1))


def _after_hundred(words: list[str], hundreds: int, at: int) -> tuple[int, int]:
    after = word(words, at)
    if after == "linh" and (unit := AFTER_TEN.get(word(words, at + 1), DIGITS.get(word(words, at + 1)))):
        return hundreds + unit, at + 2
    if after == "rưỡi":
        return hundreds + 50, at + 1
    if (tens := _tens(words, at)) is not None:
        return hundreds + tens[0], tens[1]
    if after in TENTHS and not _else(words, at) and _scale(words, at + 1):
        return hundreds + TENTHS[after] * 10, at + 1  # một trăm hai triệu: who means 102 says linh hai
    tenth = _tenth(words, at)
    return (hundreds, at) if tenth is None else (hundreds + tenth * 10, at + 1)


def _tens(words: list[str], at: int) -> tuple[int, int] | None:
    """Ten to ninety-nine, in full (hai mươi lăm, hai chục) or short (hai lăm)."""
    first, second = word(words, at), word(words, at + 1)
    if first == "mười":
        unit = AFTER_TEN.get(second)
        return (10, at + 1) if unit is None or _else(words, at + 1) else (10 + unit, at + 2)
    digit = DIGITS.get(first, 0)
    if not digit:
        return None
    if second == "chục" and digit > 1:
        return digit * 10, at + 2
    if second == "mươi":
        unit = AFTER_TENS.get(word(words, at + 2))
        if unit is None and word(words, at + 2) == "năm" and _counts(words, at + 3):
            return digit * 10 + 5, at + 3
        return (digit * 10, at + 2) if unit is None or _else(words, at + 2) else (digit * 10 + unit, at + 3)
    if digit > 1 and second in SHORT_TENS and (first, second) != ("ba", "tư") and not _else(words, at + 1):
        return digit * 10 + SHORT_TENS[second], at + 2
    return None


def _else(words: list[str], at: int) -> bool:
    """Whether the word there is no digit but begins another word: tư nhân; but not hai mươi tư nhân khẩu."""
    behind = word(words, at + 1)
    return words[at] == "tư" and behind in TU and f"{behind} {word(words, at + 2)}" not in NO_TU


def _counts(words: list[str], at: int) -> bool:
    """Whether what stands there can only follow a digit: hai mươi năm triệu is 25 million, no years."""
    return _scale(words, at) is not None or word(words, at) == "phẩy" or words[at : at + 2] == ["phần", "trăm"]


def _scale(words: list[str], at: int) -> int | None:
    name = word(words, at)
    if name == "tỷ" and word(words, at + 1) in NOT_BILLION:
        return None
    return SCALES.get(name)


def _tenth(words: list[str], at: int) -> int | None:
    """The tenths of the scale before: rưỡi, or a bare digit with no number behind it."""
    name = word(words, at)
    if name == "rưỡi":
        return 5
    after = word(words, at + 1)
    if (
        name not in TENTHS
        or _else(words, at)
        or after in AFTER_TENS
        or after in {"mươi", "mười", "trăm", "chục", "linh"}
    ):
        return None
    return None if _scale(words, at + 1) or after in {"năm", "phẩy"} else TENTHS[name]


def _figures(total: int, units: int, last: int) -> str:
    """What was said of "một triệu hai trăm", which is 1,200,000 as often as 1,000,200."""
    if last == MILLION and 100 <= units < 1_000:
        return f"{written(total)} {units}"
    return written(total + units)


def _tenths(total: int, scale: int) -> str:
    if scale not in {MILLION, BILLION}:
        return written(total)
    whole, rest = divmod(total, scale)
    return f"{grouped(whole)},{rest * 10 // scale} {'tỷ' if scale == BILLION else 'triệu'}"


def written(value: int) -> str:
    """Figures: whole millions with their word, years without a point, points from 1.000 on."""
    if value >= MILLION and value % MILLION == 0:
        billions, millions = divmod(value // MILLION, 1_000)
        parts = [f"{grouped(billions)} tỷ" if billions else "", f"{millions} triệu" if millions else ""]
        return " ".join(filter(None, parts))
    return str(value) if 1_900 <= value < 2_100 else grouped(value)


def grouped(value: int) -> str:
    """Figures in groups of three, with points as in Vietnam."""
    return f"{value:,}".replace(",", ".")
