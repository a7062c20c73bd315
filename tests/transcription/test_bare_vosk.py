"""The law by its letter: one utterance of ordinary sound gives what a bare KaldiRecognizer gives for the same samples.

Nothing of ours is on the bare side: neither the floor under digital silence, of which this sound has none, nor a cut.
test_vosk.py tries the rest, with both on both sides.
"""

import asyncio
import json
import shutil
import subprocess
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from transcription.heard import Final
from transcription.transcribe import transcribe

pytestmark = [pytest.mark.vosk, pytest.mark.timeout(240)]
RATE = 16_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A greeting without a pause, on a hall's own hush: no sample is zero, and it ends with its last word."""
    folder = tmp_path_factory.mktemp("said")
    said = ["espeak-ng", "-v", "ko", "-s", "170", "-w", str(folder / "raw.wav"), "안녕하세요 감사합니다"]
    subprocess.run(said, check=True, timeout=30)
    with wave.open(str(folder / "raw.wav")) as raw:
        spoken, rate = np.frombuffer(raw.readframes(raw.getnframes()), "<i2"), raw.getframerate()
    spoken = spoken[: np.flatnonzero(np.abs(spoken) > 200)[-1] + 1]
    places = np.arange(int(spoken.size * RATE / rate)) * rate / RATE
    samples = np.rint(np.interp(places, np.arange(spoken.size), spoken)).astype("<i2")
    dice = np.random.default_rng(1)
    samples[samples == 0] = dice.choice([-2, -1, 1, 2], int((samples == 0).sum()))
    path = folder / "said.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


@pytest.fixture(scope="module")
def still(korean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged model without dither: noise of chance, by which two bare recognisers differ from one another."""
    folder = tmp_path_factory.mktemp("still") / "model"
    folder.mkdir()
    for entry in korean.iterdir():
        if entry.name != "conf":
            (folder / entry.name).symlink_to(entry)
    shutil.copytree(korean / "conf", folder / "conf")
    with (folder / "conf/mfcc.conf").open("a") as conf:
        conf.write("\n--dither=0\n")
    return folder


def heard_bare(model_dir: Path, sound: Path) -> Any:
    """What Vosk's own example does: a quarter of a second at a time, then the final."""
    from vosk import KaldiRecognizer, Model, SetLogLevel

    SetLogLevel(-1)
    recogniser = KaldiRecognizer(Model(model_path=str(model_dir)), RATE)
    recogniser.SetWords(True)
    with wave.open(str(sound)) as file:
        while chunk := file.readframes(RATE // 4):
            assert not recogniser.AcceptWaveform(chunk), "the sound was meant to be one utterance"
    return json.loads(recogniser.FinalResult())


@pytest.fixture(scope="module")
def piped(korean, sound, tmp_path_factory) -> Final:
    """What the pipeline writes: recorded on disk, read by the process that recognises, one final."""

    async def hear() -> list[Final]:
        kept = tmp_path_factory.mktemp("kept") / "sound"
        return [event async for event in transcribe(sound, korean, kept) if isinstance(event, Final)]

    (final,) = asyncio.run(hear())
    return final


def test_the_sound_has_no_zero_and_is_what_a_room_sounds_like(sound):
    with wave.open(str(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert samples.all()
    assert 1 < samples.size / RATE < 4


def test_the_very_words_times_and_confidences_of_a_bare_recogniser_are_written(still, sound, piped):
    bare = heard_bare(still, sound)
    assert bare["text"]
    assert piped.text == bare["text"]
    written = [(word.text, word.start, word.end, word.confidence) for word in piped.words]
    assert written == [
        (word["word"], round(word["start"] * RATE), round(word["end"] * RATE), word["conf"]) for word in bare["result"]
    ]
