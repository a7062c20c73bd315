"""Laws of partial words: what readers have seen stays, the newest words are the engine's."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transcription.steady import NOTHING, TAIL, Steady, steady

beliefs = st.lists(
    st.lists(st.sampled_from(["đường", "thôn", "hỏng", "mưa", "xã", "sửa"]), max_size=9).map(" ".join), max_size=12
)


def told(believed: list[str]) -> list[Steady]:
    shown = [NOTHING]
    for text in believed:
        shown.append(steady(shown[-1], text))
    return shown


@given(beliefs)
def test_what_is_locked_stays_until_the_utterance_is_over(believed):
    shown = told(believed)
    for text, before, after in zip(believed, shown, shown[1:], strict=False):
        if text:
            assert after.words[: before.locked] == before.words[: before.locked]
            assert after.locked >= before.locked


@given(beliefs)
def test_behind_what_is_locked_stand_the_engines_own_words(believed):
    shown = told(believed)
    for text, before, after in zip(believed, shown, shown[1:], strict=False):
        assert after.words[before.locked :] == tuple(text.split()[before.locked :]) or not text


@given(beliefs)
def test_the_newest_words_are_never_locked(believed):
    shown = told(believed)
    for before, after in pairwise(shown):
        assert after.locked <= max(before.locked, len(after.words) - TAIL)


@given(st.lists(st.text("aăâbcd", min_size=1), max_size=20))
def test_words_that_only_grow_are_shown_as_they_are(words):
    for after, count in zip(
        told([" ".join(words[:n]) for n in range(1, len(words) + 1)])[1:], range(1, 21), strict=False
    ):
        assert after.words == tuple(words[:count])


def test_a_belief_that_changes_far_back_moves_nothing_that_was_read():
    shown = told(["một con đường thôn", "một con đường thôn này", "mốt con đường thôn này hỏng"])
    assert shown[-1].text == "một con đường thôn này hỏng"


def test_a_belief_seen_once_may_change_everywhere():
    assert told(["một con đường", "mốt còn đường"])[-1].text == "mốt còn đường"


def test_after_the_end_nothing_is_left_of_it():
    assert told(["một hai ba bốn năm", "một hai ba bốn năm sáu", "", "bảy"])[-1] == Steady(("bảy",), 0)
