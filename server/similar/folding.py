"""A text as it is compared: without marks, in small letters, with common short forms written out.

web/static/js/moderator/seek.js folds letters in the same way for the search on the moderator's page.
"""

import re
import unicodedata
from pathlib import Path

_WORDS = re.compile(r"[a-z0-9]+")

SAME = {
    "ubnd": "uyban",
    "uy ban": "uyban",
    "uy ban nhan dan": "uyban",
    "hdnd": "hoidong",
    "hoi dong nhan dan": "hoidong",
    "bhyt": "baohiemyte",
    "bao hiem y te": "baohiemyte",
    "bhxh": "baohiemxahoi",
    "bao hiem xa hoi": "baohiemxahoi",
    "so do": "sodo",
    "so hong": "sodo",
    "gcn": "sodo",
    "gcn qsdd": "sodo",
    "gcnqsdd": "sodo",
    "giay chung nhan": "sodo",
    "giay chung nhan quyen su dung dat": "sodo",
    "qsdd": "quyen su dung dat",
    "cccd": "cancuoc",
    "cmnd": "cancuoc",
    "can cuoc": "cancuoc",
    "can cuoc cong dan": "cancuoc",
    "chung minh nhan dan": "cancuoc",
    "tai dinh cu": "taidinhcu",
    "tdc": "taidinhcu",
    "gpmb": "giai phong mat bang",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "hop tac xa": "hoptacxa",
    "htx": "hoptacxa",
    "dvc": "dich vu cong",
    "tthc": "thu tuc hanh chinh",
    "den bu": "boi thuong",
    "khi nao": "bao gio",
    "chung nao": "bao gio",
    "ko": "khong",
    "k": "khong",
    "dc": "duoc",
}
"""Folded words that mean the same, the common one on the right. A longer phrase wins over a shorter one in it."""

_SAME = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, SAME), key=len, reverse=True))})\b")

COMMON = frozenset((Path(__file__).parent / "common_vi.txt").read_text(encoding="utf-8").split())
"""Syllables that say little of what a question is about; alone they count for little, in a pair they may."""


def fold(text: str) -> str:
    """Small letters without marks: "Đường thôn Đông" is "duong thon dong"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded syllables of a text, with short forms written out."""
    plain = " ".join(_WORDS.findall(fold(text)))
    return _SAME.sub(lambda found: SAME[found[0]], plain).split()
