import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.heard import Final, Partial, Word
from transcription.messages import Ended, Progress, Ready, Skipped, Started, Trouble, line, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
MESSAGES = st.one_of(
    st.builds(Ready, TEXT, TEXT),
    st.builds(Started, TEXT, st.integers(), st.integers()),
    st.builds(Partial, TEXT, st.integers(), TEXT, st.integers()),
    st.builds(
        Final,
        source=TEXT,
        run=st.integers(),
        seq=st.integers(),
        start=st.integers(),
        end=st.integers(),
        text=TEXT,
        words=st.lists(st.builds(Word, TEXT, st.integers(), st.integers(), st.none() | st.floats(0, 1))).map(tuple),
        salvaged=st.booleans(),
    ),
    st.builds(Progress, TEXT, st.integers(), st.integers(), st.integers()),
    st.builds(Ended, TEXT, st.integers(), st.integers()),
    st.builds(Skipped, TEXT, st.integers(), st.integers(), st.integers()),
    st.builds(Trouble, TEXT, TEXT, TEXT),
)


@given(MESSAGES)
def test_a_message_is_one_line_and_comes_back_the_same(message):
    text = line(message)
    assert text.count(b"\n") == 1
    assert text.endswith(b"\n")
    assert parse(text) == message


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"1", b"{}", b'{"say":"song"}', b'{"say":"ready"}', b"LOG model"])
def test_a_line_that_is_no_message_is_refused(text):
    with pytest.raises(ValueError):
        parse(text)
