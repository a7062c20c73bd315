"""A recording read again: beside the first draft, stopped and gone on with, never losing what was heard."""

import asyncio
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcription.scripted import DEADLY, speech, words_of
from transcription.beside import beside
from transcription.heard import Final, Word
from transcription.problems import Problem
from transcription.readings import begin, readings, unheard
from transcription.recordings import Recording
from transcription.reread import ReadSoFar, read_again

SCRIPT = [(0, 5_000), (1, 9_000), (0, 6_000), (2, 9_000), (0, 6_000), (3, 9_000), (0, 6_000)]
SPANS = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)).map(lambda span: (span[0], sum(span))), max_size=8)


@pytest.fixture
def hall(tmp_path):
    recording = Recording(tmp_path / "hall")
    recording.append(0, speech(SCRIPT))
    recording.close()
    return recording.directory


@pytest.fixture
def read(model_dir, hall):
    """Read with the scripted engine in the real worker, all or up to so many events."""
    command = (sys.executable, "-m", "tests.transcription.scripted_worker", str(model_dir))

    async def read(reading, most=None):
        told = []
        heard = read_again(reading, hall, model_dir, command=command)
        async for event in heard:
            told.append(event)
            if len(told) == most:
                break
        await heard.aclose()
        return told

    return lambda *asked: asyncio.run(read(*asked))


def words(reading):
    return [(word.text, word.start, word.end) for final in reading.finals for word in final.words]


def test_all_is_read_with_progress_and_kept(read, hall):
    samples = sum(count for _, count in SCRIPT)
    told = read(begin(hall, "other", "whisper", [(0, samples)]))
    [kept] = readings(hall)
    assert kept.done
    assert (kept.number, kept.model, kept.engine) == (1, "other", "whisper")
    assert words(kept) == words_of(SCRIPT)
    assert told[-1] == ReadSoFar(samples / 16_000, samples / 16_000)


@pytest.mark.parametrize("stopped_at", [1, 4, 7])
def test_a_reading_that_was_stopped_goes_on_without_loss_or_repetition(read, hall, stopped_at):
    read(begin(hall, "m", "vosk", [(0, 20_000), (20_000, 50_000)]), stopped_at)
    with readings(hall)[0].path.open("ab") as torn:
        torn.write(b'{"say": "final", "sou')
    [half] = readings(hall)
    assert not half.done
    read(half)
    [whole] = readings(hall)
    assert whole.done
    assert words(whole) == words_of(SCRIPT)


def test_only_the_spans_asked_for_are_read(read, hall):
    read(begin(hall, "m", "vosk", [(14_000, 29_500), (44_500, 50_000)]))
    assert words(readings(hall)[0]) == [("w2", 20_000, 29_000)]
    assert begin(hall, "m", "vosk", []).number == 2


@pytest.mark.slow
@pytest.mark.faults
def test_sound_that_no_worker_survives_is_a_sentence_and_what_came_before_is_kept(read, tmp_path, hall):
    recording = Recording(hall)
    recording.append(recording.have, speech([(DEADLY, 8_000)]))
    recording.close()
    with pytest.raises(Problem, match="hãy thử mô hình khác"):
        read(begin(hall, "m", "vosk", [(0, recording.have)]))
    assert words(readings(hall)[0]) == words_of(SCRIPT)


@given(SPANS, st.integers(0, 1_200), st.integers(1, 50))
def test_the_unheard_is_all_that_lies_in_no_span_and_is_long_enough(heard, samples, least):
    silent = [True] * samples
    for start, end in heard:
        silent[start:end] = [False] * len(silent[start:end])
    found = unheard([(start, min(end, samples)) for start, end in heard if start < samples], samples, least)
    for start, end in found:
        assert all(silent[start:end])
        assert end - start >= least
    left = [at for at in range(samples) if silent[at] and not any(start <= at < end for start, end in found)]
    runs = sum(b != a + 1 for a, b in pairwise(left)) + bool(left)
    assert len(left) <= runs * (least - 1)


@given(SPANS, st.lists(st.tuples(st.integers(0, 80_000), st.integers(1, 9_000)), max_size=20))
def test_every_word_of_the_second_reading_stands_beside_the_draft_exactly_once(lines, said):
    draft = [(start * 80, end * 80, f"dòng {number}") for number, (start, end) in enumerate(sorted(lines))]
    finals = [
        Final("hall", 1, seq, start, start + count, f"từ{seq}", (Word(f"từ{seq}", start, start + count),))
        for seq, (start, count) in enumerate(sorted(said), start=1)
    ]
    rows = beside(draft, finals)
    assert [row.first for row in sorted(rows, key=lambda row: row.first) if row.first] == sorted(d[2] for d in draft)
    assert sorted(" ".join(row.second for row in rows).split()) == sorted(final.text for final in finals)
    assert [row.start for row in rows] == sorted(row.start for row in rows)


def test_words_go_to_the_line_in_whose_seconds_they_were_said():
    draft = [(0, 16_000, "a"), (32_000, 48_000, "b")]
    spoken = [
        Word("một", 1_000, 9_000),
        Word("hai", 33_000, 40_000),
        Word("ba", 46_000, 52_000),
        Word("bốn", 90_000, 95_000),
    ]
    rows = beside(draft, [Final("hall", 1, 1, 1_000, 95_000, "một hai ba bốn", tuple(spoken))])
    assert [(row.first, row.second) for row in rows] == [("a", "một"), ("b", "hai ba"), ("", "bốn")]
