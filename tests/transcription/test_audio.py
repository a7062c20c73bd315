import math
import wave
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.audio import Resampler, decode, seconds_of
from transcription.problems import BadSound

SECONDS = 2


def tone(rate, channels=1):
    samples = 0.5 * 32_767 * np.sin(2 * math.pi * 440 * np.arange(rate * SECONDS) / rate)
    return np.repeat(samples.astype("<i2"), channels)


def pitch(pcm):
    """The strongest frequency of samples at 16 kHz."""
    samples = np.frombuffer(pcm, "<i2").astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * 16_000 / len(samples))


def loudness(pcm):
    """Decibels below full scale."""
    return 20 * math.log10(float(np.sqrt(np.mean((np.frombuffer(pcm, "<i2") / 32_768) ** 2))))


def encode(path, codec, rate, container=None):
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo")
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="stereo", rate=rate)
        frame = av.AudioFrame.from_ndarray(tone(rate, channels=2).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        fifo = av.AudioFifo()
        for piece in resampler.resample(frame) + resampler.resample(None):
            fifo.write(piece)
        for piece in [*fifo.read_many(stream.codec_context.frame_size or 1024), *filter(None, [fifo.read()])]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    "name, codec, rate, container",
    [
        ("a.wav", "pcm_s16le", 44_100, None),
        ("a.wav", "pcm_s24le", 48_000, None),
        ("a.wav", "pcm_s16le", 8_000, None),
        ("a.wav", "pcm_u8", 11_025, None),
        ("a.wav", "pcm_alaw", 8_000, None),
        ("a.wav", "pcm_f32le", 22_050, None),
        ("a.wav", "pcm_f64le", 96_000, None),
        ("a.wav", "pcm_s16le", 12_345, None),
        ("a.mp3", "libmp3lame", 44_100, None),
        ("a.m4a", "aac", 44_100, "mp4"),
        ("a.mp4", "aac", 48_000, None),
        ("a.ogg", "libopus", 48_000, None),
        ("a.webm", "libopus", 48_000, None),
        ("a.flac", "flac", 16_000, None),
    ],
)
def test_any_usual_file_becomes_the_same_sound_at_16_khz_mono(tmp_path, name, codec, rate, container):
    path = encode(tmp_path / name, codec, rate, container=container)
    pcm = b"".join(decode(path))
    assert len(pcm) / 32_000 == pytest.approx(SECONDS, abs=0.1)
    assert pitch(pcm) == pytest.approx(440, abs=2)
    assert loudness(pcm) == pytest.approx(-9.03, abs=0.6)
    assert seconds_of(path) == pytest.approx(SECONDS, abs=0.1)


def test_a_wav_file_at_16_khz_passes_sample_by_sample(tmp_path):
    samples = np.random.default_rng(1).integers(-32_768, 32_767, 50_001, dtype="<i2").tobytes()
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(samples)
    assert b"".join(decode(tmp_path / "a.wav")) == samples


@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no sound", b"RIFF\0\0\0\0WAVE", b"%PDF-1.7\n" + bytes(5_000)]
)
def test_a_file_without_sound_is_told_by_its_name(tmp_path, content):
    path = tmp_path / "bài nói.mp3"
    path.write_bytes(content)
    with pytest.raises(BadSound, match=r"Không đọc được âm thanh trong bài nói.mp3"):
        list(decode(path))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BadSound, match="No such file"):
        list(decode(tmp_path / "none.wav"))
    with pytest.raises(BadSound, match="No such file"):
        seconds_of(tmp_path / "none.wav")


def test_a_film_without_sound_is_told(tmp_path):
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for at in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            frame.pts = at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with pytest.raises(BadSound, match="không có luồng âm thanh"):
        list(decode(path))


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
def test_raw_sound_at_another_rate_is_resampled_as_it_comes(rate):
    resampler = Resampler(rate)
    sound = tone(rate).tobytes()
    step = rate // 25 * 2
    pcm = b"".join(resampler.accept(sound[at : at + step]) for at in range(0, len(sound), step)) + resampler.finish()
    assert len(pcm) / 32_000 == pytest.approx(SECONDS, abs=0.01)
    assert pitch(pcm) == pytest.approx(440, abs=2)


@given(st.lists(st.binary(max_size=100).map(lambda pcm: pcm[: len(pcm) // 2 * 2])))
def test_sound_at_the_right_rate_passes_untouched(parts):
    resampler = Resampler(16_000)
    assert b"".join(map(resampler.accept, parts)) + resampler.finish() == b"".join(parts)


@pytest.mark.parametrize("rate", [0, -1, 7_999, 200_000])
def test_an_impossible_rate_is_refused(rate):
    with pytest.raises(BadSound, match="8000"):
        Resampler(rate)


def test_half_a_sample_is_refused_before_resampling():
    with pytest.raises(BadSound):
        Resampler(48_000).accept(b"abc")
