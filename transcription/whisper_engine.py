"""Whisper models behind the engine contract, for reading a second time: the only file that imports faster_whisper.

Whisper hears a stretch as a whole and guesses nothing on the way: partials stay empty. It takes a directory of
CTranslate2 and fetches nothing. `pip install doithoai[whisper]`; decision 0181.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from transcription.engine import Abilities, Utterance, whole_samples
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Word
from transcription.models import Model, verify
from transcription.problems import BadModel
from transcription.turns import cores_to_use

WINDOW = 28 * SAMPLE_RATE
"""The model hears 30 s at a time, whatever is in them; two are left for the last word."""

WORTH_READING = 10 * SAMPLE_RATE
"""A shorter stretch costs as much as this one, and is heard worse for want of context."""


class WhisperEngine:
    """One loaded model. Raises BadModel."""

    name = "whisper"
    abilities = Abilities(cut_after=WINDOW, cut_from=WORTH_READING)

    def __init__(self, model_dir: str) -> None:
        model = verify(Path(model_dir))
        self.language = (model.language if isinstance(model, Model) else None) or "vi"
        try:
            self.model = WhisperModel(
                model_dir, device="cpu", compute_type="int8", cpu_threads=cores_to_use(), local_files_only=True
            )  # one stretch at a time, whoever asks: all of them together take no more than our share of the cores
        except (RuntimeError, ValueError, OSError) as why:
            raise BadModel(
                f"Whisper không đọc được mô hình ở {model_dir} ({why}). Hãy cài lại mô hình.",
                f"Whisper cannot read the model in {model_dir} ({why}). Install it again.",
            ) from why

    def open(self) -> WhisperRecognition:
        return WhisperRecognition(self)


class WhisperRecognition:
    """Keeps the sound of an utterance until its final is asked for."""

    def __init__(self, engine: WhisperEngine) -> None:
        self._engine = engine
        self._begun = 0
        self._pending = b""

    def accept(self, pcm: bytes) -> None:
        self._pending += whole_samples(pcm)

    def guess(self) -> str:
        return ""

    def cut(self) -> Utterance:
        pcm, begun = self._pending, self._begun
        self._pending = b""
        self._begun += len(pcm) // SAMPLE_BYTES
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
        if not samples.any():
            return Utterance("")  # of silence Whisper makes sentences
        segments, _ = self._engine.model.transcribe(
            samples, language=self._engine.language, word_timestamps=True, condition_on_previous_text=False
        )
        words = [
            Word(text, begun + _within(word.start, samples), begun + _within(word.end, samples), word.probability)
            for segment in segments
            for word in segment.words or ()
            if (text := word.word.strip())
        ]
        return Utterance(" ".join(word.text for word in words), tuple(words))

    def finish(self) -> Utterance:
        return self.cut()


def _within(seconds: float, samples: NDArray[np.floating[Any]]) -> int:
    """Whisper fills its window up with silence and may end a word there."""
    return min(round(seconds * SAMPLE_RATE), samples.size)
