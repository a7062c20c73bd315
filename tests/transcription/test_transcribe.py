import asyncio
import sys
import wave

import pytest

from tests.transcription.scripted import speech, words_of
from transcription.heard import Final
from transcription.problems import BadSound, CannotWrite, Problem
from transcription.recordings import Recording
from transcription.transcribe import HeardSoFar, transcribe

SCRIPT = [(0, 5_000), (1, 9_000), (0, 6_000), (2, 9_000), (0, 6_000)] * 3


@pytest.fixture
def file(tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(speech(SCRIPT))
    return tmp_path / "a.wav"


@pytest.fixture
def hear(model_dir, tmp_path):
    """Transcribe with the scripted engine in the real worker."""
    command = (sys.executable, "-m", "tests.transcription.scripted_worker", str(model_dir))

    async def hear(path, first=None):
        told = []
        heard = transcribe(path, model_dir, tmp_path / "kept", command=command)
        async for event in heard:
            told.append(event)
            if first is not None and len(told) == first:
                break
        await heard.aclose()
        return told

    return lambda *asked: asyncio.run(hear(*asked))


def test_a_file_is_heard_to_its_end_and_its_sound_kept(hear, file, tmp_path):
    told = hear(file)
    words = [(word.text, word.start, word.end) for event in told if isinstance(event, Final) for word in event.words]
    assert words == words_of(SCRIPT)
    seconds = sum(count for _, count in SCRIPT) / 16_000
    last = [event for event in told if isinstance(event, HeardSoFar)][-1]
    assert last.seconds == seconds
    assert last.of == pytest.approx(seconds)
    assert Recording(tmp_path / "kept").duration == seconds


def test_work_can_be_stopped_in_the_middle(hear, file):
    assert len(hear(file, 2)) == 2


def test_a_file_that_is_no_sound_is_told(hear, tmp_path):
    (tmp_path / "a.txt").write_text("xin chào")
    with pytest.raises(BadSound, match=r"a\.txt"):
        hear(tmp_path / "a.txt")


def test_a_directory_with_another_recording_is_refused(hear, file, tmp_path):
    Recording(tmp_path / "kept").append(0, bytes(64_000))
    with pytest.raises(CannotWrite, match="2 giây"):
        hear(file)


def test_a_model_that_cannot_be_loaded_is_told(hear, file, model_dir):
    (model_dir / "unusable").touch()
    with pytest.raises(Problem, match="Mô hình hỏng"):
        hear(file)


def test_without_a_model_it_says_how_to_install_one(file, tmp_path):
    async def hear_nothing():
        return [event async for event in transcribe(file, tmp_path / "none", tmp_path / "kept")]

    with pytest.raises(Problem, match="doithoai model install"):
        asyncio.run(hear_nothing())
