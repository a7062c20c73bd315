"""The Vietnamese words that rules about numbers look at, folded: `linh` stands for `lẻ`, `nghìn` for `ngàn`."""

from __future__ import annotations

import re
from importlib.resources import files

DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
AFTER_TEN = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
"""Never "năm": mười năm is ten years."""
AFTER_TENS = {"mốt": 1, **AFTER_TEN}
SHORT_TENS = {"mốt": 1, "tư": 4, "lăm": 5}
"""hai mốt, hai tư, hai lăm: forms that are nothing but the end of a number of two digits."""
TENTHS = {"mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
"""hai triệu ba: the digit behind a scale counts its tenths. Never "năm" (years) nor "một"."""
SCALES = {"tỷ": 10**9, "triệu": 10**6, "vạn": 10**4, "nghìn": 10**3}


def _sections() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("words_vi.txt").read_text(encoding="utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    found = re.findall(r"^\[(.+?)\]\n([^\[]*)", text, flags=re.MULTILINE)
    return {name: frozenset(" ".join(word.split()) for word in words.split(",")) for name, words in found}


WORDS = _sections()
"""The lists of `words_vi.txt`; what each is for stands there."""
TU = WORDS["tư"]
NO_TU = WORDS["no tư"]
NOT_BILLION = WORDS["not billion"]
APPROXIMATE = WORDS["approximate"]
INDEFINITE = WORDS["indefinite"]
KIN = WORDS["kin"]
COUNTED = WORDS["counted"]
NUMBERED = WORDS["numbered"]
UNITS = WORDS["units"]
COUNTABLE = WORDS["countable"]
TIMES = WORDS["times"]
MEASURED_ELSE = WORDS["measured else"]
