"""What every engine keeps, whoever brings it: the habits of Vosk that the contract forbids (docs/decisions/0181)."""

from typing import Any

import numpy as np
import pytest

from tests.transcription import streaming
from tests.transcription.scripted import Scripted, speech
from tests.transcription.test_whisper import Library, installed, model
from transcription import engines
from transcription.engine import Engine, Utterance
from transcription.problems import BadSound


@pytest.fixture(params=["scripted", "streaming", "whisper"])
def engine(request: pytest.FixtureRequest, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Engine:
    if request.param == "scripted":
        return Scripted()
    if request.param == "streaming":
        return streaming.load("anywhere")
    installed(monkeypatch, Library)
    return engines.load("whisper", model(tmp_path / "model"))


def text(said: Utterance | None) -> str:
    return said.text if said is not None else ""


@pytest.mark.parametrize(
    "sound",
    [b"abc", bytearray(4), memoryview(b"abcd"), "abcd", np.zeros(4, "<i2"), np.zeros(4, "<f4"), None],
    ids=["half a sample", "bytearray", "memoryview", "str", "samples of numpy", "floats of numpy", "nothing"],
)
def test_what_is_no_sound_is_refused_with_a_sentence_and_hearing_goes_on(engine: Engine, sound: Any) -> None:
    recognition = engine.open()
    recognition.accept(speech([(1, 800)]))
    with pytest.raises(BadSound):
        recognition.accept(sound)
    recognition.accept(b"")
    assert text(recognition.finish()) == "w1"


def test_of_what_was_before_a_cut_nothing_is_heard_behind_it(engine: Engine) -> None:
    recognition = engine.open()
    recognition.accept(speech([(1, 1_600), (2, 1_600)]))
    assert text(recognition.cut()) == "w1 w2"
    recognition.accept(bytes(2_000))
    assert text(recognition.cut()) == ""
    recognition.accept(speech([(3, 800)]))
    last = recognition.finish()
    assert text(last) == "w3"
    if last is not None and last.words:
        assert (last.words[0].start, last.words[0].end) == (4_200, 5_000)


def test_each_stream_hears_its_own_sound_alone(engine: Engine) -> None:
    hall, chair = engine.open(), engine.open()
    hall.accept(speech([(1, 800)]))
    chair.accept(speech([(2, 800)]))
    hall.accept(speech([(3, 800)]))
    assert (text(chair.finish()), text(hall.finish())) == ("w2", "w1 w3")
