import io
import wave

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transcription.recordings import Recording
from transcription.wav import wav_bytes, wav_header, wav_size


def whole(directory, samples):
    return b"".join(wav_bytes(directory, samples))


def test_a_recording_is_a_wav_file_that_others_can_read(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, b"abcd")
    recording.append(5, b"ef")
    with wave.open(io.BytesIO(whole(tmp_path, recording.have))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert file.readframes(100) == b"abcd" + bytes(6) + b"ef"


@given(st.integers(0, 250), st.integers(0, 250))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_range_of_bytes_is_that_range_of_the_whole(tmp_path, first, length):
    recording = Recording(tmp_path)
    recording.append(0, bytes(range(200)))
    file = whole(tmp_path, 100)
    assert len(file) == wav_size(100)
    assert b"".join(wav_bytes(tmp_path, 100, first, first + length - 1)) == file[first : first + length]


def test_a_long_recording_is_read_a_block_at_a_time(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, bytes(range(250)) * 1_000)
    blocks = list(wav_bytes(tmp_path, recording.have))
    assert max(map(len, blocks)) <= 32_000
    assert b"".join(blocks) == wav_header(125_000) + bytes(range(250)) * 1_000


def test_the_wav_of_a_growing_recording_keeps_the_length_it_was_asked_with(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, bytes(100))
    asked = wav_bytes(tmp_path, recording.have)
    recording.append(50, bytes(100))
    assert len(b"".join(asked)) == wav_size(50)


def test_a_recording_longer_than_wav_can_say_says_the_most():
    assert wav_header(1 << 40)[4:8] == (0xFFFFFFFF - 8).to_bytes(4, "little")
