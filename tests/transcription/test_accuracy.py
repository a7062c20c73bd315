"""Error rates: against an independent count, and honest about how little a few recordings say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.accuracy import characters, words

SPOKEN = st.lists(st.sampled_from(["xã", "đường", "cầu", "thôn", "nước"]), min_size=1, max_size=6).map(" ".join)


def distance(a, b):
    """Edits between two rows, by the book."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        last, row[0] = row[0], i
        for j, right in enumerate(b, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (left != right))
    return row[-1]


@pytest.mark.slow
@given(st.lists(st.tuples(SPOKEN, SPOKEN | st.just("")), min_size=1, max_size=8))
def test_rates_are_edits_by_length(pairs):
    said, heard = [one for one, _ in pairs], [one for _, one in pairs]
    edits = sum(distance(a.split(), b.split()) for a, b in pairs)
    assert words(said, heard).rate == pytest.approx(edits / sum(len(a.split()) for a in said))
    letters = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs]
    expected = sum(distance(a, b) for a, b in letters) / sum(len(a) for a, _ in letters)
    assert characters(said, heard).rate == pytest.approx(expected)


@pytest.mark.slow
@given(st.lists(st.tuples(SPOKEN, SPOKEN), min_size=5, max_size=12))
def test_the_interval_holds_the_rate_and_is_the_same_tomorrow(pairs):
    said, heard = [one for one, _ in pairs], [one for _, one in pairs]
    rate = words(said, heard)
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.rate + 1e-9
    assert rate.rate <= rate.high + 1e-9
    assert words(said, heard) == rate


def test_case_marks_and_two_ways_to_write_a_letter_are_no_errors():
    assert words(["Kính thưa bà con,"], ["kính thu\u031ba ba\u0300 con"]).rate == 0
    assert characters(["3,5 ha"], ["3 5ha"]).rate == 0


def test_of_four_recordings_no_interval_is_given():
    rate = words(["một hai"] * 4, ["một ba"] * 4)
    assert (rate.rate, rate.low, rate.high) == (0.5, None, None)


def test_words_heard_where_nothing_was_said_are_errors():
    assert words(["", "một"], ["hai ba", "một"]).rate == 2.0
    assert characters(["?", "a"], ["bc", "a"]).rate == 2.0
