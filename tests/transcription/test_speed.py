"""What a measurement of a model counts, with an engine whose speech is written in the samples."""

import subprocess
import wave

import pytest

from tests.transcription.scripted import Scripted, speech
from transcription import speed
from transcription.audio import decode
from transcription.engine import Abilities
from transcription.heard import SAMPLE_RATE
from transcription.problems import BadSound
from transcription.speed import measure

SCRIPT = [(100, 8_000), (200, 8_000), (0, 8_000), (300, 4_000), (0, 8_000)]


def wav(path, pcm):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(pcm)
    return path


@pytest.fixture
def sound(tmp_path):
    return wav(tmp_path / "a.wav", speech(SCRIPT))


def test_all_words_are_heard_and_every_quarter_of_a_second_is_timed(sound):
    measured = measure(Scripted(), sound)
    assert measured.text == "w100 w200 w300"
    assert measured.seconds == 36_000 / SAMPLE_RATE
    assert len(measured.chunks) == 9
    assert measured.spent >= sum(measured.chunks)  # what the end of the file brings counts too


def test_delays_run_from_the_end_of_a_word_to_the_sound_that_showed_it(sound):
    measured = measure(Scripted(), sound)
    assert measured.final_delays == [0.75, 0.25, 0.25]
    assert len(measured.first_delays) <= len(measured.final_delays)
    assert all(first <= final for first, final in zip(measured.first_delays, measured.final_delays, strict=False))


@pytest.mark.slow
def test_an_engine_that_finds_no_pauses_is_asked_at_those_found_as_in_the_hall(tmp_path):
    said = tmp_path / "said.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-w", str(said), "안녕하세요"], check=True, timeout=30)
    voice = b"".join(decode(said))
    sound = wav(tmp_path / "two.wav", voice + bytes(2 * SAMPLE_RATE) + voice)
    silent_ends = Scripted(abilities=Abilities(), endpoints=False)
    assert max(measure(silent_ends, sound).final_delays) < max(
        measure(Scripted(abilities=Abilities(own_pauses=True), endpoints=False), sound).final_delays
    )


def test_of_a_long_file_only_what_is_being_heard_is_in_memory(tmp_path, monkeypatch):
    taken = []

    def decoded(_path):
        for number in range(1_000):
            taken.append(number)
            yield bytes([number % 250]) * 2_222

    monkeypatch.setattr(speed, "decode", decoded)
    quarters = speed.quarters(tmp_path / "hours.mp3")
    first = next(quarters)
    assert len(taken) == 4
    rest = [*quarters]
    assert {len(quarter) for quarter in [first, *rest[:-1]]} == {8_000}
    assert first + b"".join(rest) == b"".join(bytes([number % 250]) * 2_222 for number in range(1_000))


def test_a_file_without_sound_is_told(tmp_path):
    (tmp_path / "b.wav").write_text("không phải âm thanh")
    with pytest.raises(BadSound, match=r"b\.wav"):
        measure(Scripted(), tmp_path / "b.wav")
