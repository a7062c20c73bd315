import pytest

from transcription.engine import right_rate, whole_samples
from transcription.problems import BadSound


def test_whole_samples_pass_unchanged():
    assert whole_samples(b"\x01\x02\x03\x04") == b"\x01\x02\x03\x04"
    assert whole_samples(b"") == b""


@pytest.mark.parametrize("sound", [bytearray(4), memoryview(b"abcd"), "abcd", None, [0, 0]])
def test_only_bytes_are_sound(sound):
    with pytest.raises(BadSound, match="phải là chuỗi byte"):
        whole_samples(sound)


@pytest.mark.parametrize("length", [1, 3, 7_999])
def test_half_a_sample_is_refused_with_its_length(length):
    with pytest.raises(BadSound) as refused:
        whole_samples(bytes(length))
    assert str(length) in refused.value.vi
    assert str(length) in refused.value.en


def test_the_one_right_rate_passes():
    assert right_rate(16_000) == 16_000


@pytest.mark.parametrize("rate", [0, -1, 8_000, 12_345.6, 16_000.0, 44_100, "16000", None])
def test_every_other_rate_is_refused_before_an_engine_could_hang_on_it(rate):
    with pytest.raises(BadSound, match="16000 Hz"):
        right_rate(rate)
