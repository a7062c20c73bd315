import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transcription.scripted import REFUSED, Scripted, speech, words_of
from tests.transcription.test_listening import scripts
from transcription.following import Following
from transcription.heard import Cut, Final, Partial
from transcription.messages import Ended, Message, Progress, Started, Trouble
from transcription.recordings import Recording


def follow(directory: Path, pcm: bytes, cuts=(), start=0, clock=lambda: 0.0):
    recording = Recording(directory)
    recording.append(0, pcm)
    recording.close()
    said: list[Message] = []
    following = Following(Scripted(), "hall", directory, start, 4, said.append, clock)
    following.have(recording.have)
    for at in cuts:
        following.cut(at)
    following.end()
    following.listen()
    return said


@given(scripts(), st.lists(st.integers(0, 100_000), max_size=3))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_a_recording_is_heard_to_its_end_and_told_from_start_to_end(tmp_path_factory, script, cuts):
    length = sum(count for _, count in script)
    said = follow(tmp_path_factory.mktemp("hall"), speech(script), [at for at in cuts if at <= length])
    assert said[0] == Started("hall", 4, 0)
    assert said[-1] == Ended("hall", 4, length)
    heard = {word.text for one in said if isinstance(one, Final) for word in one.words}
    assert heard == {text for text, _, _ in words_of(script)}
    progress = [one for one in said if isinstance(one, Progress)]
    assert [one.decoded for one in progress] == sorted(one.decoded for one in progress)
    assert [one.settled for one in progress] == sorted(one.settled for one in progress)


def test_hearing_begins_at_the_sample_asked_for(tmp_path):
    script = [(1, 8_000), (0, 8_000), (2, 8_000), (0, 8_000)]
    [final] = [one for one in follow(tmp_path, speech(script), start=16_000) if isinstance(one, Final)]
    assert [(word.text, word.start, word.end) for word in final.words] == [("w2", 16_000, 24_000)]


def test_partials_are_at_most_five_a_second_and_none_when_far_behind(tmp_path):
    ticks = itertools.count()
    script = [(number, 4_000) for number in range(1, 40)]
    shown = [
        one for one in follow(tmp_path, speech(script), clock=lambda: next(ticks) * 0.03) if isinstance(one, Partial)
    ]
    assert shown
    assert all(one.at > 39 * 4_000 - 128_000 - 4_000 for one in shown)  # only of the last eight seconds
    assert len(shown) < 16  # of 32 chunks, about 0.06 s apart by this clock


def test_a_problem_with_the_sound_ends_this_source_with_sentences(tmp_path):
    said = follow(tmp_path, speech([(REFUSED, 8_000)]))
    assert isinstance(said[-1], Trouble)
    assert said[-1].source == "hall"
    assert "2 byte" in said[-1].vi


def test_sound_that_is_not_on_disk_is_a_problem_and_not_silence(tmp_path):
    said: list[Message] = []
    following = Following(Scripted(), "hall", tmp_path, 0, 1, said.append, lambda: 0.0)
    following.have(8_000)
    following.end()
    following.listen()
    assert isinstance(said[-1], Trouble)
    assert "thiếu âm thanh" in said[-1].vi


@pytest.mark.parametrize("at", [9_000, 12_000, 15_500])
def test_a_cut_told_after_it_was_read_past_falls_at_its_sample(tmp_path, at):
    script = [(0, 1_000), (1, 8_000), (2, 3_000), (3, 3_500), (4, 8_500), (0, 8_000)]
    recording = Recording(tmp_path)
    recording.append(0, speech(script))
    recording.close()
    said: list[Message] = []

    def say(message):
        said.append(message)
        if isinstance(message, Progress) and message.decoded == 16_000 and not any(isinstance(m, Cut) for m in said):
            following.cut(at)

    following = Following(Scripted(), "hall", tmp_path, 0, 1, say, lambda: 0.0)
    following.have(recording.have)
    following.end()
    following.listen()
    words = [(word.text, word.start, word.end) for one in said if isinstance(one, Final) for word in one.words]
    assert words == words_of(script)
    assert [one.at for one in said if isinstance(one, Cut)] == [at]
    assert not any(one.start < at < one.end for one in said if isinstance(one, Final))
    decoded = [one.decoded for one in said if isinstance(one, Progress)]
    assert decoded == sorted(decoded)
