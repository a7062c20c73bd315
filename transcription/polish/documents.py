"""Numbers of documents read aloud: 29/2022/QĐ-UBND; their type takes a capital (decree 30/2020, annex II)."""

from __future__ import annotations

from transcription.polish.cardinals import read, word
from transcription.polish.lexicon import WORDS
from transcription.polish.tokens import Rewritten, Tokens, rewrite
from transcription.polish.years import run, year

TYPES = WORDS["documents"]
PLAIN = WORDS["plain documents"]

SLASH = (("gạch", "chéo"), ("xuyệt",), ("xẹt",), ("xoẹt",), ("sẹc",), ("trên",), ("gạch",))
DASH = (("gạch", "ngang"), ("gạch", "nối"), ("gạch",), ("trừ",))

NAMES = {
    "hội đồng nhân dân": "HĐND",
    "ủy ban nhân dân": "UBND",
    "ủy ban thường vụ quốc hội": "UBTVQH",
    "văn phòng chính phủ": "VPCP",
    "nhân dân": "ND",
    "chính phủ": "CP",
    "thủ tướng": "TTg",
    "quốc hội": "QH",
    "trung ương": "TW",
    "văn phòng": "VP",
    "u bê en đê": "UBND",
    "u bê nờ đê": "UBND",
    "hát đê en đê": "HĐND",
    "hát đê nờ đê": "HĐND",
    "tê tê giê": "TTg",
    "tê tê gờ": "TTg",
}
_SPOKEN = (
    "A:a,á Ă:ă B:bê,bờ C:xê,cờ D:dê,dờ Đ:đê,đờ E:e,é Ê:ê G:giê,gờ H:hát,hờ I:i K:ca,ka L:lờ,e_lờ,eo_lờ "
    "M:mờ,em_mờ N:nờ,en_nờ,e_nờ O:o Ô:ô Ơ:ơ P:pê,pờ Q:quy,cu,qui R:rờ,e_rờ S:sờ,ét,ét_sờ,ét_xì T:tê,tờ U:u Ư:ư "
    "V:vê,vờ W:vê_kép,đúp_liu,vê_đúp X:ích,ích_xì,xờ Y:y,y_dài"
)
LETTERS = {
    said.replace("_", " "): letter
    for letter, forms in (pair.split(":") for pair in _SPOKEN.split(" "))
    for said in forms.split(",")
}
"""Names of letters in the North, the South and at school."""


def documents(tokens: Tokens) -> Tokens:
    """Quyết định số 29/2022/QĐ-UBND; Điều 5 Luật Đất đai keeps "khoản 2 Điều 5" as decree 30/2020 writes it."""
    return rewrite(rewrite(tokens, _document), _article)


def _document(words: list[str], at: int) -> Rewritten | None:
    kind = " ".join(words[at : at + 2])
    kind = kind if kind in TYPES else ""
    begin = at + 2 if kind else at
    numbered = word(words, begin) == "số" or kind == "luật số"
    begin += word(words, begin) == "số"
    found = _symbol(words, begin, said=bool(kind) or numbered)
    if found is None and kind and (numbered or kind in PLAIN):
        found = _plain(words, begin)
    if found is None:
        return None
    text, end = found
    names = tuple(
        (word_ if n or not kind else word_.capitalize(), at + n, at + n + 1) for n, word_ in enumerate(words[at:begin])
    )
    return Rewritten(end, (*names, (text, begin, end)))


def _number(words: list[str], at: int) -> tuple[str, int] | None:
    figures = run(words, at)
    if len(figures) > 1 and word(words, at + len(figures)) in {"gạch", "xuyệt", "xẹt", "xoẹt", "sẹc", "trên"}:
        return figures, at + len(figures)
    found = read(words, at)
    return None if found is None else (str(found.value), found.end)


def _plain(words: list[str], at: int) -> tuple[str, int] | None:
    """A number without a symbol: nghị định ba mươi. A lone "năm" is the year that follows."""
    found = _number(words, at)
    if found is None or (words[at] == "năm" and (found[1] == at + 1)):
        return None
    return found


def _symbol(words: list[str], at: int, *, said: bool) -> tuple[str, int] | None:
    """N/Y/symbol, N/Y or N/symbol."""
    if (number := _number(words, at)) is None:
        return None
    text, end = number
    if said and (party := _party(words, text, end)) is not None:
        return party
    for slash in SLASH:
        if tuple(words[end : end + len(slash)]) != slash:
            continue
        after = end + len(slash)
        if (found := year(words, after)) is not None and (said or slash not in {("trên",), ("gạch",)}):
            return _suffix(words, f"{text}/{found[0]}", found[1])
        if slash not in {("trên",), ("gạch",)} and (letters := _letters(words, after)) is not None:
            return f"{text}/{letters[0]}", letters[1]
        return None
    return None


def _party(words: list[str], text: str, at: int) -> tuple[str, int] | None:
    """18-NQ/TW: the Party parts number and kind by a dash, and its body by a slash."""
    dash = next((dash for dash in DASH if len(dash) == 2 and tuple(words[at : at + 2]) == dash), None)
    kind = _part(words, at + 2) if dash else None
    if kind is None:
        return None
    for slash in SLASH:
        after = kind[1] + len(slash)
        if slash not in {("trên",), ("gạch",)} and tuple(words[kind[1] : after]) == slash:
            body = _letters(words, after)
            return None if body is None else (f"{text}-{kind[0]}/{body[0]}", body[1])
    return None


def _suffix(words: list[str], text: str, end: int) -> tuple[str, int]:
    for slash in SLASH:
        if tuple(words[end : end + len(slash)]) == slash and slash != ("trên",):
            letters = _letters(words, end + len(slash))
            return (text, end) if letters is None else (f"{text}/{letters[0]}", letters[1])
    return text, end


def _letters(words: list[str], at: int) -> tuple[str, int] | None:
    """QĐ-UBND, QH15: letters by their names, dashes, the number of a parliament."""
    part = _part(words, at)
    if part is None:
        return None
    text, end = part
    for dash in DASH:
        if tuple(words[end : end + len(dash)]) == dash and (rest := _letters(words, end + len(dash))) is not None:
            return f"{text}-{rest[0]}", rest[1]
    return text, end


def _part(words: list[str], at: int) -> tuple[str, int] | None:
    text = ""
    while (letter := _letter(words, at)) is not None:
        text, at = text + letter[0], letter[1]
    if text.endswith("QH") and (term := read(words, at)) is not None and 1 < term.value < 40:
        return f"{text}{term.value}", term.end
    return (text, at) if text else None


def _letter(words: list[str], at: int) -> tuple[str, int] | None:
    for size in (5, 4, 3, 2, 1):
        said = " ".join(words[at : at + size])
        if (found := NAMES.get(said) or LETTERS.get(said)) is not None and at + size <= len(words):
            return found, at + size
    bare = word(words, at)
    return (bare.upper(), at + 1) if len(bare) == 1 and bare.isalpha() else None


_LAW = WORDS["law"]


def _article(words: list[str], at: int) -> Rewritten | None:
    """(điểm a) (khoản 2) điều 5 luật ...: a single digit needs a law behind it, or a paragraph before."""
    if words[at] not in {"điều", "khoản"}:
        return None
    found = read(words, at + 1)
    if found is None or found.value > 999 or (words[at + 1] == "năm" and word(words, found.end) in {"ngoái", "nay"}):
        return None
    after = word(words, found.end)
    cited = (
        after in _LAW
        or (words[at] == "khoản" and after == "điều")
        or (words[at] == "điều" and _after_paragraph(words, at))
    )
    if words[at] == "khoản" and not cited:
        return None
    if not cited and (found.value < 10 or after in {"kiện", "khoản", "người"}):
        return None
    name = "Điều" if words[at] == "điều" else "khoản"
    return Rewritten(found.end, ((name, at, at + 1), (str(found.value), at + 1, found.end)))


def _after_paragraph(words: list[str], at: int) -> bool:
    return "khoản" in words[max(0, at - 4) : at]
