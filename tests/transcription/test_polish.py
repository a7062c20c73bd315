import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.polish import STEPS, polish

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    "heard, written",
    [
        ("", ""),
        ("   ", ""),
        ("kính thưa  toàn thể nhân dân ", "Kính thưa toàn thể nhân dân."),
        ("đường làng còn lầy", "Đường làng còn lầy."),
        ("ở đâu?", "Ở đâu?"),
        ("năm 2025", "Năm 2025."),
        ("thu\u031b\u0301 ba", "Thứ ba."),
        ("질문을 해 주세요", "질문을 해 주세요."),
        ("ßß", "ßß."),
    ],
)
def test_a_final_becomes_a_sentence(heard, written):
    assert polish(heard) == written


@given(TEXTS, st.sets(st.sampled_from(sorted(STEPS))))
def test_polishing_twice_changes_nothing_more(text, without):
    once = polish(text, without)
    assert polish(once, without) == once


@given(TEXTS)
def test_no_word_is_added_or_lost(text):
    composed = unicodedata.normalize("NFC", text)
    assert polish(text).rstrip(".").casefold().split() == composed.rstrip().rstrip(".").casefold().split()


@given(TEXTS)
def test_without_any_step_the_text_is_as_heard(text):
    assert polish(text, STEPS) == text


@pytest.mark.parametrize(
    "step, heard, written",
    [
        ("spaces", "xin  chào", "Xin  chào."),
        ("capital", "xin chào", "xin chào."),
        ("full_stop", "xin chào", "Xin chào"),
        ("compose", "a\u0301o", "A\u0301o."),
    ],
)
def test_each_step_can_be_left_out(step, heard, written):
    assert polish(heard, [step]) == written


def test_a_step_that_does_not_exist_cannot_be_left_out():
    with pytest.raises(KeyError, match="sparkle"):
        polish("xin chào", ["sparkle"])
