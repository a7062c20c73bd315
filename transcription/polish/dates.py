"""Dates and times of day: 05/03/2026, tháng 3 năm 2026, 7 giờ 30; "ngày tháng năm sinh", "hai tháng một lần" stay."""

from __future__ import annotations

from transcription.polish.cardinals import inside, read, word
from transcription.polish.lexicon import COUNTED, DIGITS, INDEFINITE, WORDS
from transcription.polish.tokens import Rewritten, Tokens, rewrite
from transcription.polish.years import year

HOLIDAYS = frozenset(
    {(3, 2), (8, 3), (26, 3), (10, 3), (30, 4), (7, 5), (19, 5), (27, 7), (19, 8), (2, 9), (20, 10), (22, 12)}
)
"""Days that are said without "ngày": mồng hai tháng chín is "hai tháng chín" for everybody."""
RELATIVE = WORDS["relative"]
INTO_MONTH = WORDS["into month"]
REPEATED = WORDS["repeated"] | INDEFINITE
PERIODS = ("giai đoạn", "nhiệm kỳ", "niên khóa", "năm học")


def dates(tokens: Tokens) -> Tokens:
    """Days, months, years and times as figures."""
    for rule in (_day, _month, _period, _year, _time):
        tokens = rewrite(tokens, rule)
    return tokens


def _day(words: list[str], at: int) -> Rewritten | None:
    """ngày (mùng) D (tháng M (năm Y)), or mùng D ..., or D tháng M of a known day."""
    begin, opening = at, words[at]
    if opening == "ngày" and word(words, at + 1) == "mùng":
        at += 1
    if opening in {"ngày", "mùng"}:
        at += 1
    day = read(words, at)
    if day is None or not 1 <= day.value <= 31 or day.text != str(day.value):
        return None
    month = _month_at(words, day.end)
    if opening not in {"ngày", "mùng"} and not _known_day(words, begin, day.value, month):
        return None
    if month is None:
        return _day_alone(words, begin, at, day.value, day.end)
    return _full(words, begin, at, day.value, day.end, month)


def _known_day(words: list[str], at: int, day: int, month: tuple[int, int] | None) -> bool:
    if (
        month is None
        or inside(words, at)
        or _repeats(words, month[1])
        or word(words, at - 1) in INDEFINITE | {"hơn", "gần"}
    ):
        return False
    after = _year_after(words, month[1])
    return (
        (day, month[0]) in HOLIDAYS or (day > 12 and month[0] != 5) or (day > 3 and after is not None and month[0] != 5)
    )


def _repeats(words: list[str], at: int) -> bool:
    """Hai tháng một lần, sáu tháng mười ngày."""
    return word(words, at) in COUNTED - {"năm", "trước", "sau", "tới", "nay", "ngoái", "ở", "đầu", "cuối"}


def _month_at(words: list[str], at: int) -> tuple[int, int] | None:
    """The month that "tháng" names here, and the index behind it."""
    if word(words, at) != "tháng":
        return None
    if word(words, at + 1) == "tư":
        return 4, at + 2
    month = read(words, at + 1)
    if month is None or not 1 <= month.value <= 12 or month.text != str(month.value):
        return None
    return month.value, month.end


def _year_after(words: list[str], at: int) -> tuple[int, int] | None:
    if word(words, at) == "năm":
        return year(words, at + 1)
    return None


def _day_alone(words: list[str], begin: int, at: int, day: int, end: int) -> Rewritten | None:
    if words[begin] == "mùng" and word(words, end) != "tết":
        return Rewritten(end, (("mùng", begin, at), (str(day), at, end)))
    if words[begin] == "ngày" and word(words, end) == "tháng" and word(words, end + 1) in RELATIVE:
        lead = "ngày mùng" if words[begin + 1] == "mùng" else "ngày"
        return Rewritten(end + 2, ((lead, begin, at), (str(day), at, end), (f"tháng {words[end + 1]}", end, end + 2)))
    return None


def _full(words: list[str], begin: int, at: int, day: int, end: int, month: tuple[int, int]) -> Rewritten:
    after = _year_after(words, month[1])
    if after is None and month[0] == 5 and words[month[1] - 1] == "năm":
        after = year(words, month[1])  # "tháng năm hai nghìn ...": the word for May served as "year" too
    if words[begin] == "ngày" and after is not None:
        return Rewritten(after[1], (("ngày", begin, at), (f"{day:02}/{month[0]:02}/{after[0]}", at, after[1])))
    lead = tuple((words[n], n, n + 1) for n in range(begin, at))
    texts = (*lead, (str(day), at, end), ("tháng", end, end + 1), (str(month[0]), end + 1, month[1]))
    if after is None:
        return Rewritten(month[1], texts)
    return Rewritten(after[1], (*texts, ("năm", month[1], month[1] + 1), (str(after[0]), month[1] + 1, after[1])))


def _month(words: list[str], at: int) -> Rewritten | None:
    """tháng M, when it is not one of a number of months."""
    month = _month_at(words, at)
    before = word(words, at - 1)
    if (
        month is None
        or before in REPEATED
        or before == "ngày"
        or read(words, at - 1) is not None
        or _repeats(words, month[1])
    ):
        return None
    value, end = month
    after = _year_after(words, end)
    said = words[at + 1]
    if said == "năm" and not (
        after or word(words, end) in RELATIVE or word(words, end) == "năm" or before in INTO_MONTH
    ):
        return None
    texts = (("tháng", at, at + 1), (str(value), at + 1, end))
    return Rewritten(end, texts)


def _period(words: list[str], at: int) -> Rewritten | None:
    """Giai đoạn Y (đến) Y: 2021-2025."""
    if " ".join(words[at : at + 2]) not in PERIODS or (first := year(words, at + 2)) is None:
        return None
    link = (
        1
        if word(words, first[1]) in {"đến", "tới"}
        else 2
        if words[first[1] : first[1] + 2] == ["gạch", "ngang"]
        else 0
    )
    last = year(words, first[1] + link)
    if last is None or last[0] <= first[0]:
        return None
    names = ((words[at], at, at + 1), (words[at + 1], at + 1, at + 2))
    return Rewritten(last[1], (*names, (f"{first[0]}-{last[0]}", at + 2, last[1])))


def _year(words: list[str], at: int) -> Rewritten | None:
    if words[at] != "năm" or (found := year(words, at + 1)) is None:
        return None
    return Rewritten(found[1], (("năm", at, at + 1), (str(found[0]), at + 1, found[1])))


def _time(words: list[str], at: int) -> Rewritten | None:
    """H giờ (M (phút)): 7 giờ 30; "rưỡi" and "kém" stay words."""
    hour = read(words, at)
    if hour is None or inside(words, at) or word(words, hour.end) != "giờ" or not 0 < hour.value <= 24:
        return None
    if word(words, at - 1) in INDEFINITE | {"bao", "thứ"} or word(words, hour.end + 1) == "đây":
        return None
    said: tuple[tuple[str, int, int], ...] = ((str(hour.value), at, hour.end), ("giờ", hour.end, hour.end + 1))
    start = hour.end + 1
    if word(words, start) == "kém":
        said, start = (*said, ("kém", start, start + 1)), start + 1
    minutes = read(words, start)
    if minutes is None or not 0 < minutes.value < 60:
        return Rewritten(start, said)
    alone = minutes.end == start + 1 and minutes.value < 10 and words[start] in DIGITS
    if word(words, minutes.end) in COUNTED - {"phút"} or (alone and word(words, minutes.end) != "phút"):
        return Rewritten(start, said)
    return Rewritten(minutes.end, (*said, (f"{minutes.value:02}", start, minutes.end)))
