"""The laws of the chain: no word heard is lost, each piece knows its words, every step can be left out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.heard import Final, Word
from transcription.polish import DEFAULT, Polish, Suggestion, Term
from transcription.polish.cardinals import read, written
from transcription.polish.chain import NAMES

VOCABULARY = (
    "không một hai ba bốn tư năm lăm sáu bảy tám chín mười mươi mốt trăm linh nghìn triệu tỷ rưỡi phẩy phần ngày mùng "
    "tháng giờ phút năm số câu tổ điều khoản luật quyết định gạch chéo ngang quy đê u bê nhân dân điện thoại tôi người"
)
SPOKEN = st.sampled_from(VOCABULARY.split())
HEARD = st.lists(SPOKEN, max_size=14).map(" ".join)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PEOPLE = (Term("Ba Tơ", ("ba tư",)), Term("Krông Búk"), Term("Trần Thị Hạnh"))


def words_of(*said):
    """Words as an engine gives them: (text, start ms, end ms, confidence)."""
    return tuple(Word(text, start * 16, end * 16, sure) for text, start, end, sure in said)


def said(text, sure=None):
    """The words of a text, 300 ms each, without pauses."""
    return words_of(*((word, n * 300, n * 300 + 300, sure) for n, word in enumerate(text.split())))


@given(HEARD | TEXTS, st.sets(st.sampled_from(NAMES)))
def test_every_piece_knows_its_words_and_no_word_is_lost(heard, steps):
    polished = Polish(tuple(steps), PEOPLE).words(heard)
    raw = heard.split()
    assert len(polished.text.split()) == len(polished.spans)
    assert all(0 <= first < end <= len(raw) for first, end in polished.spans)
    behind = {n for first, end in polished.spans for n in range(first, end)}
    assert behind == set(range(len(raw)))
    assert list(polished.spans) == sorted(polished.spans)


@given(HEARD)
def test_pieces_that_stand_for_one_word_each_are_that_word(heard):
    """What is no number, name or document is written as it was heard but for marks and case."""
    polished = Polish().words(heard)
    raw = heard.split()
    for piece, (first, end) in zip(polished.text.split(), polished.spans, strict=True):
        if end == first + 1 and not piece.strip(".,").isdecimal() and not set("%/-") & set(piece):
            assert piece.strip(".,").casefold() == raw[first].casefold()


@given(TEXTS)
def test_without_any_step_the_words_are_as_heard(text):
    assert Polish(()).words(text).text.split() == text.split()


@given(TEXTS)
def test_composing_leaves_one_form_of_each_letter(text):
    assert unicodedata.is_normalized("NFC", Polish(("compose",)).words(text).text)


@given(HEARD)
def test_what_is_polished_is_not_polished_again(heard):
    steps = tuple(step for step in DEFAULT if step != "suggestions")
    once = Polish(steps).words(heard).text
    assert Polish(("marks", "capitals")).words(once).text == once


@pytest.mark.parametrize(
    "step, heard, written",
    [
        (
            "documents",
            "nghị định ba mươi gạch chéo hai không hai mươi",
            "Nghị định ba mươi gạch chéo hai không hai mươi.",
        ),
        ("dates", "bảy giờ ba mươi", "7 giờ 30."),
        ("phones", "gọi một một ba", "Gọi một một ba."),
        ("numbers", "mười hai hộ", "Mười hai hộ."),
        ("glossary", "nhân dân ba tơ", "Nhân dân ba tơ."),
        ("marks", "xin chào", "Xin chào"),
        ("capitals", "xin chào", "xin chào."),
        ("compose", "a\u0301o", "A\u0301o."),
    ],
)
def test_each_step_can_be_left_out(step, heard, written):
    steps = tuple(name for name in DEFAULT if name != step)
    if step == "documents":
        steps = tuple(name for name in steps if name != "numbers")
    assert Polish(steps, PEOPLE).words(heard).text == written


def test_a_step_that_does_not_exist_is_told():
    with pytest.raises(KeyError, match="sparkle"):
        Polish(("sparkle",))


def test_another_language_is_left_its_own_words():
    assert Polish(language="ko").words("질문을 해 주세요").text == "질문을 해 주세요."
    assert Polish(language="en").words("ba mươi").text == "Ba mươi."


def test_pauses_end_sentences_and_breath_does_not():
    words = words_of(
        ("thưa", 0, 300, 1.0), ("bà", 300, 600, 1.0), ("con", 600, 900, 1.0),
        ("đường", 1_250, 1_500, 1.0), ("hỏng", 1_500, 1_800, 1.0),
        ("xã", 2_600, 2_900, 1.0), ("sẽ", 3_600, 3_800, 1.0), ("sửa", 3_800, 4_000, 1.0),
    )  # fmt: skip
    final = Final("hall", 1, 1, 0, 64_000, " ".join(word.text for word in words), words)
    assert Polish().final(final).text == "Thưa bà con, đường hỏng. Xã, sẽ sửa."


def test_a_known_mishearing_is_corrected_unless_the_machine_was_sure():
    assert Polish(terms=PEOPLE).words("huyện ba tư", said("huyện ba tư", 0.6)).text == "Huyện Ba Tơ."
    sure = Polish(terms=PEOPLE).words("huyện ba tư", said("huyện ba tư", 0.97))
    assert sure.text == "Huyện ba tư."
    assert sure.suggestions == (Suggestion(1, 3, "Ba Tơ"),)


@pytest.mark.parametrize(
    "heard, sure, suggested",
    [
        ("suối rông búc cạn", 0.5, [Suggestion(1, 3, "Krông Búk")]),
        ("suối rông búc cạn", 0.95, []),
        ("bà chần thị hạn hỏi", 0.4, [Suggestion(1, 4, "Trần Thị Hạnh")]),
        ("bà trần thị hạnh hỏi", 0.4, []),
        ("con đường thôn đông hỏng", 0.4, []),
    ],
)
def test_what_sounds_like_a_name_is_suggested_and_never_written(heard, sure, suggested):
    polished = Polish(terms=PEOPLE).words(heard, said(heard, sure))
    assert list(polished.suggestions) == suggested
    if "trần thị hạnh" not in heard:
        assert polished.text.rstrip(".").lower() == heard


def test_coarse_words_are_hidden_only_when_asked_and_said_to_be():
    assert Polish().words("đồ chó đẻ").masked is False
    hidden = Polish((*DEFAULT, "mask")).words("nói đéo gì vậy")
    assert (hidden.text, hidden.masked, hidden.spans) == ("Nói đ•• gì vậy.", True, ((0, 1), (1, 2), (2, 3), (3, 4)))


def test_a_number_knows_all_its_words_and_the_least_sure_of_them():
    polished = Polish(("numbers",)).words("có hai triệu rưỡi đồng")
    assert polished.text == "có 2,5 triệu đồng"
    assert polished.spans == ((0, 1), (1, 4), (1, 4), (4, 5))


TENS = ["", "mười", *(f"{digit} mươi" for digit in ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])]
UNITS = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def below_thousand(value, *, zero, linh, four, five):
    """How people say a number below a thousand; `zero` says the hundreds even when there are none."""
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    row = [f"{UNITS[hundreds] or 'không'} trăm"] if hundreds or zero else []
    if tens == 0:
        return " ".join([*row, *([linh] if row and units else []), *([UNITS[units]] if units else [])])
    row.append(TENS[tens])
    if units:
        row.append({1: "mốt" if tens > 1 else "một", 4: four if tens > 1 else "bốn", 5: five}.get(units, UNITS[units]))
    return " ".join(row)


@given(
    st.integers(10, 999_999_999_999),
    st.sampled_from(["linh", "lẻ"]),
    st.sampled_from(["nghìn", "ngàn"]),
    st.sampled_from(["bốn", "tư"]),
    st.sampled_from(["lăm", "nhăm"]),
    st.sampled_from(["tỷ", "tỉ"]),
)
def test_every_number_said_in_any_region_is_read_back(value, linh, thousand, four, five, billion):
    from transcription.polish.tokens import folded

    parts: list[str] = []
    rest = value
    for size, name in ((10**9, billion), (10**6, "triệu"), (10**3, thousand), (1, "")):
        part, rest = divmod(rest, size)
        if part:
            said = below_thousand(part, zero=bool(parts), linh=linh, four=four, five=five)
            parts.append(f"{said} {name}".strip())
    words = [folded(word) for word in " ".join(parts).split()]
    number = read(words, 0)
    assert number is not None
    assert (number.value, number.end) == (value, len(words))


@given(st.integers(0, 10**13))
def test_figures_hold_the_number(value):
    text = written(value)
    whole = text.replace(".", "").replace(" tỷ", "|tỷ").replace(" triệu", "|triệu")
    total = 0
    for part in whole.split():
        figures, _, scale = part.partition("|")
        total += int(figures) * {"tỷ": 10**9, "triệu": 10**6, "": 1}[scale]
    assert total == value
