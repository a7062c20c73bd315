from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.pauses import Pauses

SECOND = 16_000


def voice(seconds: float) -> bytes:
    """A buzz with the overtones of a voice, which the detector takes for one."""
    t = np.arange(int(seconds * SECOND)) / SECOND
    buzz = sum(np.sin(2 * np.pi * 140 * n * t) / n for n in range(1, 25))
    return (4_000 * buzz * (1 + 0.5 * np.sin(2 * np.pi * 4 * t))).astype("<i2").tobytes()


def quiet(seconds: float) -> bytes:
    """A room in which nobody speaks."""
    return np.random.default_rng(1).integers(-8, 9, int(seconds * SECOND), "<i2").tobytes()


def found(pcm: bytes, step: int = 8_000) -> list[float]:
    """Where pauses are found, in seconds, when the sound comes in steps of so many bytes."""
    pauses = Pauses()
    parts = [part for at in range(0, len(pcm), step) for part in pauses.split(pcm[at : at + step])]
    assert b"".join(part for part, _ in parts) == pcm
    ends = accumulate(len(part) for part, _ in parts)
    return [end / 2 / SECOND for end, (_, paused) in zip(ends, parts, strict=True) if paused]


def test_a_pause_between_two_sentences_is_found_within_it():
    [first, second] = found(quiet(0.5) + voice(2) + quiet(0.7) + voice(2) + quiet(1))
    assert 2.5 < first < 3.2
    assert 5.2 < second < 5.9


def test_one_pause_is_found_once_however_long():
    assert len(found(voice(2) + quiet(20))) == 1


def test_a_breath_within_a_short_sentence_is_none():
    assert len(found(voice(2) + quiet(0.2) + voice(2) + quiet(1))) == 1


@pytest.mark.parametrize("said, breath", [(5.5, 0.4), (7.5, 0.3)])
def test_the_longer_somebody_speaks_the_shorter_a_pause_will_do(said, breath):
    assert len(found(voice(said) + quiet(breath) + voice(1) + quiet(1))) == 2


def test_silence_and_a_click_are_no_speech():
    assert found(quiet(5) + voice(0.03) + quiet(5)) == []
    assert found(bytes(SECOND * 10)) == []


SOUND = quiet(0.3) + voice(1) + quiet(0.8) + voice(0.7) + quiet(0.6)


@given(st.lists(st.integers(1, 6_000), min_size=1, max_size=9))
@settings(deadline=None, max_examples=30)
def test_pauses_depend_on_the_sound_alone_however_it_comes(steps):
    pauses, at, cuts, end = Pauses(), 0, [], 0
    while at < len(SOUND):
        step = 2 * steps[at % len(steps)]
        for part, paused in pauses.split(SOUND[at : at + step]):
            end += len(part)
            cuts += [end / 2 / SECOND] if paused else []
        at += step
    assert cuts == found(SOUND)
    assert len(cuts) == 2
