"""Number words to figures where they are surely numbers; in all doubt the words stay, as they do for a single digit."""

from __future__ import annotations

from transcription.polish.cardinals import Number, grouped, inside, read, word
from transcription.polish.lexicon import (
    APPROXIMATE,
    COUNTABLE,
    COUNTED,
    DIGITS,
    INDEFINITE,
    KIN,
    MEASURED_ELSE,
    NUMBERED,
    SCALES,
    SHORT_TENS,
    TIMES,
    UNITS,
)
from transcription.polish.tokens import Rewritten, Tokens, rewrite


def numbers(tokens: Tokens) -> Tokens:
    """12 hộ, 3%, 2,5 triệu đồng, tổ 5; ba người, một mình, năm ngoái, chị Hai stay."""
    return rewrite(tokens, _number)


def _number(words: list[str], at: int) -> Rewritten | None:
    found = read(words, at)
    if found is None:
        return None
    if _approximate(words, at) or word(words, found.end) == "mấy" or _headless(words, at):
        return Rewritten(found.end)
    if (decimal := _decimal(words, at, found)) is not None:
        return decimal
    if (share := _share(words, found.end)) and word(words, at - 1) != "phần":
        return Rewritten(found.end + 2, ((f"{_plain(found)}{share}", at, found.end + 2),))
    if found.end == at + 1 and found.value <= 10 and not _digit_wanted(words, at):
        return None if found.value < 10 else _ten(words, at)
    if not _numbered(words, at) and (behind := _another(words, found.end)) is not None:
        return Rewritten(behind)
    return Rewritten(found.end, ((_written(words, found), at, found.end),))


def _written(words: list[str], number: Number) -> str:
    """2.000 hộ, 2.000 đồng; where nothing is counted 2000 may be a year."""
    counted = word(words, number.end) in COUNTED | UNITS | COUNTABLE and word(words, number.end) not in TIMES
    return _plain(number) if counted and number.text == str(number.value) else number.text


def _plain(number: Number) -> str:
    return grouped(number.value)


def _approximate(words: list[str], at: int) -> bool:
    """Behind the lower of two neighbours (hai ba trăm), or behind "mấy", "vài", "hàng"."""
    before = word(words, at - 1)
    return (
        f"{before} {words[at]}" in APPROXIMATE
        and (before != "năm" or word(words, at - 2) in DIGITS or _open(words, at))
    ) or before in INDEFINITE


def _headless(words: list[str], at: int) -> bool:
    """Behind a scale that no digit went before: trăm hai mươi triệu is what people say for 120 million."""
    if word(words, at - 1) not in {*SCALES, "trăm"}:
        return False
    return at < 2 or not (words[at - 2] in {"", "phần", "mốt", "tư", "lăm"} or inside(words, at - 1))


def _open(words: list[str], at: int) -> bool:
    """Whether the "năm" before is a five and no year, as it is behind "trong" or "của"."""
    return word(words, at - 2) not in {"trong", "từ", "của", "vào", "mỗi", "hàng", "một", "hai", "ba"}


def _another(words: list[str], at: int) -> int | None:
    """The end of a second number said right behind: mười lăm hai mươi người means some."""
    following = read(words, at)
    return following.end if following is not None and following.end > at + 1 and following.value >= 10 else None


def _decimal(words: list[str], at: int, whole: Number) -> Rewritten | None:
    """Ba phẩy năm (phần trăm | triệu | tỷ); ba chấm năm in the South."""
    comma = word(words, whole.end)
    if comma not in {"phẩy", "chấm"}:
        return None
    figures, end = _fraction(words, whole.end + 1)
    if not figures:
        return Rewritten(whole.end) if comma == "phẩy" else None
    text = f"{_plain(whole)},{figures}"
    if share := _share(words, end):
        return Rewritten(end + 2, ((f"{text}{share}", at, end + 2),))
    return Rewritten(end, ((text, at, end),))


def _fraction(words: list[str], at: int) -> tuple[str, int]:
    """The figures behind the comma, digit by digit or as one number (bảy mươi lăm)."""
    figures = ""
    while word(words, at) == "không":
        figures, at = figures + "0", at + 1
    found = read(words, at)
    if found is not None and found.value < 1_000 and found.end > at + 1:
        return figures + str(found.value), found.end
    while word(words, at) in DIGITS and not (figures and words[at] == "năm" and len(figures) > 2):
        figures, at = figures + str(DIGITS[words[at]]), at + 1
        if word(words, at) == "năm":  # ba phẩy hai năm: years, as likely as a five
            break
    return figures, at


def _share(words: list[str], at: int) -> str:
    return {"trăm": "%", "nghìn": "‰"}.get(word(words, at + 1), "") if word(words, at) == "phần" else ""


def _ten(words: list[str], at: int) -> Rewritten | None:
    return (
        None
        if word(words, at - 1) in KIN | {"thứ", "vẹn"} or word(words, at + 1) in {"mươi", "phân"}
        else Rewritten(at + 1, (("10", at, at + 1),))
    )


def _digit_wanted(words: list[str], at: int) -> bool:
    """Whether a single digit is measured by the word behind it, or numbers the words before it."""
    after = word(words, at + 1)
    two = f"{after} {word(words, at + 2)}"
    measured = (after in UNITS or two in UNITS) and two not in MEASURED_ELSE and not _each(words, at)
    if measured and words[at] not in {"không", "mấy"} and word(words, at - 1) not in {*KIN, "bao", "thứ"}:
        return True
    return (_numbered(words, at) and after not in COUNTED and after not in SHORT_TENS) or _from_to(words, at)


def _each(words: list[str], at: int) -> bool:
    """Behind a price "một" is each: ba trăm nghìn (đồng) một mét vuông."""
    return words[at] == "một" and word(words, at - 1) in {"đồng", "rưỡi", *SCALES}


def _from_to(words: list[str], at: int) -> bool:
    """từ ba đến năm phần trăm: the first of two is written as the second will be; a year is no second."""
    if word(words, at - 1) != "từ" or word(words, at + 1) not in {"đến", "tới"}:
        return False
    second = read(words, at + 2)
    counted = second is not None and (10 <= second.value < 1_000 or second.value >= 10_000 or _share(words, second.end))
    return bool(counted)


def _numbered(words: list[str], at: int) -> bool:
    """Whether what stands before is numbered by this number: tổ dân phố, câu số."""
    before = [word(words, at - n) for n in (3, 2, 1)]
    return any(" ".join(before[n:]) in NUMBERED for n in range(3)) and before[-1] != ""
