"""How Vosk itself answers, in a process that may be lost: the shapes and habits that our engine makes up for.

When a newer Vosk behaves otherwise one of these fails, and what it is the reason for can be looked at again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from transcription.audio import decode
from transcription.vosk_engine import VoskEngine

pytestmark = [pytest.mark.vosk, pytest.mark.slow, pytest.mark.timeout(240)]

ASK = """
import json, sys, numpy, vosk
vosk.SetLogLevel(-2)
model, said = vosk.Model(model_path=sys.argv[1]), open(sys.argv[2], "rb").read()

def heard(rate=16_000, words=True, alternatives=0, said=said):
    recogniser = vosk.KaldiRecognizer(model, rate)
    recogniser.SetWords(words)
    recogniser.SetMaxAlternatives(alternatives)
    for at in range(0, len(said), 8_000):
        recogniser.AcceptWaveform(said[at : at + 8_000])
    return recogniser

def last(recogniser):
    return json.loads(recogniser.FinalResult())

told = {"right": last(heard()), "wordless": last(heard(words=False)), "alternatives": last(heard(alternatives=2))}
told["slow"] = last(heard(rate=8_000))
samples = numpy.frombuffer(said, "<i2")
told["fast"] = last(heard(rate=48_000, said=numpy.repeat(samples, 3).astype("<i2").tobytes()))
told["float"] = last(heard(said=(samples / numpy.float32(32_768)).astype("<f4").tobytes()))
told["odd"] = last(heard(said=b"x" + said[:-1]))
recogniser = heard()
told["final"], told["again"] = last(recogniser), last(recogniser)
told["idle"] = json.loads(recogniser.PartialResult())
recogniser = heard()
recogniser.Reset()
recogniser.AcceptWaveform(bytes(32_000))
told["behind a reset"] = last(recogniser)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("speech") / "said.wav"
    text = "오늘 회의에 참석해 주셔서 감사합니다 우리 마을의 도로"
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "150", "-w", str(path), text], check=True, timeout=30)
    return b"".join(decode(path))


@pytest.fixture(scope="module")
def told(korean: Path, speech: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that is asked below, of one process that loads the model once."""
    pcm = tmp_path_factory.mktemp("pcm") / "said.pcm"
    pcm.write_bytes(speech)
    ran = subprocess.run(
        [sys.executable, "-c", ASK, str(korean), str(pcm)], capture_output=True, check=True, timeout=200
    )  # fmt: skip
    answers: dict[str, Any] = json.loads(ran.stdout)
    return answers


def test_a_rate_is_believed_and_a_wrong_one_doubles_every_time(told: dict[str, Any], speech: bytes) -> None:
    seconds = len(speech) / 32_000
    assert told["right"]["result"][-1]["end"] <= seconds
    assert told["slow"]["result"][-1]["end"] > 1.5 * seconds


def test_another_rate_that_is_true_is_resampled_and_times_hold(told: dict[str, Any], speech: bytes) -> None:
    assert told["fast"]["result"][-1]["end"] <= len(speech) / 32_000
    same = set(told["fast"]["text"].split()) & set(told["right"]["text"].split())
    assert len(same) >= len(set(told["right"]["text"].split())) // 2


@pytest.mark.parametrize("kind", ["float", "odd"])
def test_numbers_of_another_kind_are_heard_as_rubbish_without_a_word_of_complaint(
    told: dict[str, Any], kind: str
) -> None:
    right = set(told["right"]["text"].split())
    assert len(right) >= 3
    assert len(right & set(told[kind]["text"].split())) <= len(right) // 3


def test_words_have_times_only_when_asked_for_and_confidence_only_without_alternatives(told: dict[str, Any]) -> None:
    assert {frozenset(word) for word in told["right"]["result"]} == {frozenset({"word", "start", "end", "conf"})}
    assert set(told["wordless"]) == {"text"}
    assert told["wordless"]["text"]  # which differs from one hearing to the next: Vosk dithers, unless told not to
    first = told["alternatives"]["alternatives"][0]
    assert first["result"]
    assert all("conf" not in word for word in first["result"])
    assert first["confidence"] > 1  # no share of anything


def test_a_final_is_told_once_and_idle_is_said_in_another_shape(told: dict[str, Any]) -> None:
    assert told["final"]["text"]
    assert told["again"] == {"text": ""}
    assert told["idle"] == {"text": ""}  # and not {"partial": ""}


def test_sound_before_a_reset_is_heard_behind_it_and_none_behind_our_cut(
    told: dict[str, Any], korean: Path, speech: bytes
) -> None:
    assert told["behind a reset"]["text"]
    recognition = VoskEngine(str(korean)).open()
    for at in range(0, len(speech), 8_000):
        recognition.accept(speech[at : at + 8_000])
    cut = recognition.cut()
    assert cut
    assert cut.words
    recognition.accept(bytes(32_000))
    left = recognition.cut()
    assert left is not None
    assert left.text == ""
