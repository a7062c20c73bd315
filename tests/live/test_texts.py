"""How typed words are cleaned, and how sealed ones stay out of sight."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from live.texts import NOTHING, Sealed, clean

NON_CHARACTERS = {"\ufffe", "\uffff"}
BIDI_CONTROLS = {chr(number) for number in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
# The alphabet leans towards what goes wrong: marks to compose, blanks of all kinds, line ends, things nobody sees.
AWKWARD = st.sampled_from(
    [
        *"aơưeăâđĐ \t\r\n\x00\x0b\x0c\x1c\x85\xa0\xad",
        *"\u0300\u0301\u0303\u0309\u0323\u031b\u0302",
        *"\u061c\u200b\u200c\u200d\u200e\u2000\u2028\u2029\u202e\u2060\u2066\u3000\ufeff\ufffe\ud800",
        "👩‍🌾",
    ]
)
TEXTS = st.lists(AWKWARD | st.characters(), max_size=30).map("".join)


def seen(text: str) -> str:
    """What a reader can see: neither blanks nor controls nor formats, in one normal form."""
    kept = (c for c in text if unicodedata.category(c)[0] not in "CZ" or unicodedata.category(c) in {"Co", "Cn"})
    return unicodedata.normalize("NFC", "".join(c for c in kept if c not in NON_CHARACTERS))


@given(TEXTS)
@example("Nha\u0323\u0302t")
@example("a\u200b\u0301")
@example(" \u0302a")
def test_cleaning_twice_is_cleaning_once_and_the_normal_form(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_nothing_that_a_reader_sees_is_taken_away_or_added(text):
    assert seen(clean(text)) == seen(text)


@given(TEXTS)
@example("\u061cx")
@example("a\u2028b")
def test_no_control_no_bidi_mark_and_no_lone_surrogate_is_left(text):
    cleaned = clean(text)
    assert not {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}} - {"\n"}
    assert not set(cleaned) & (BIDI_CONTROLS | NON_CHARACTERS)
    cleaned.encode("utf-8")


@given(TEXTS)
def test_blanks_come_one_at_a_time_and_never_at_the_edge_of_a_line(text):
    for line in clean(text).split("\n"):
        assert line == line.strip()
        assert "  " not in line
        assert all(c == " " for c in line if c.isspace())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_parts_words(end):
    assert clean(f"Đường hỏng{end}Bao giờ sửa?") == "Đường hỏng\nBao giờ sửa?"


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("  Bao giờ   sửa\tcầu ? ", "Bao giờ sửa cầu ?"),
        ("Vie\u0323\u0302t Nam", "Việt Nam"),
        ("Vi\u00ea\u0323t Nam", "Việt Nam"),
        ("Gia\u0301 nu\u031bo\u031b\u0301c", "Giá nước"),
        ("\ufeffKính gửi\u200b ông", "Kính gửi ông"),
        ("gpj.exe\u202e", "gpj.exe"),
        ("\n\nCâu một\n\nCâu hai\n", "Câu một\n\nCâu hai"),
        ("👩‍🌾 được mùa", "👩‍🌾 được mùa"),
    ],
)
def test_vietnamese_is_kept_however_the_phone_types_it(typed, meant):
    assert clean(typed) == meant


def test_a_sealed_text_shows_itself_only_when_asked():
    sealed = Sealed("Trần Thị Hạnh")
    assert str(sealed) == "Trần Thị Hạnh"
    assert "Hạnh" not in repr(sealed)
    assert repr(sealed) == "Sealed(13 characters)"
    assert repr([sealed]) == "[Sealed(13 characters)]"


def test_an_erased_text_is_empty_and_says_so():
    erased = Sealed(None)
    assert str(erased) == ""
    assert not erased
    assert erased != NOTHING
    assert repr(erased) == "Sealed(erased)"


def test_sealed_texts_are_equal_by_what_they_say():
    assert Sealed("một") == Sealed("một")
    assert Sealed("một") != Sealed("hai")
    assert Sealed("một") != "một"
    assert len({Sealed("một"), Sealed("một"), Sealed("hai")}) == 2
