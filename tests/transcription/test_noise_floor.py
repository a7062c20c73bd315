import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcription.noise_floor import with_floor

SAMPLES = st.lists(st.integers(-3, 3) | st.integers(-32_768, 32_767), max_size=300)


@given(SAMPLES, st.integers(0, 10**9))
def test_only_zeros_change_and_only_by_a_breath(samples, at):
    before = np.array(samples, "<i2")
    after = np.frombuffer(with_floor(before.tobytes(), at), "<i2")
    assert np.array_equal(after[before != 0], before[before != 0])
    assert np.all(np.abs(after[before == 0]) <= 2)


@given(SAMPLES, st.integers(0, 10**6), st.data())
def test_it_depends_on_the_place_alone_however_the_sound_is_cut(samples, at, data):
    pcm = np.array(samples, "<i2").tobytes()
    cut = data.draw(st.integers(0, len(samples)))
    assert with_floor(pcm[: cut * 2], at) + with_floor(pcm[cut * 2 :], at + cut) == with_floor(pcm, at)


def test_silence_is_no_longer_digital():
    noise = np.frombuffer(with_floor(bytes(320_000), 0), "<i2")
    assert 0.9 < noise.std() < 1.1
    assert abs(noise.mean()) < 0.02
