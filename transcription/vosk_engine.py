"""Vosk behind the engine contract: the only file that imports vosk, and only the worker process imports this one.

Outside of AcceptWaveform Vosk answers misuse by ending the process, so nothing here trusts its callers.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import vosk

from transcription.engine import Abilities, Utterance, right_rate, whole_samples
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Word
from transcription.models import Model, verify
from transcription.noise_floor import with_floor
from transcription.problems import BadModel

LONGEST_UTTERANCE = 8
"""Seconds of speech without a pause after which a final is made; Kaldi's own rule waits 20 and captions with it."""

LONGEST_SESSION = 10 * 60 * SAMPLE_RATE
"""Samples after which a recognition gives way to a fresh one, at a pause before that: an old one grows on and on."""


class VoskEngine:
    """One loaded model of 50 MB to 2 GB; loading takes seconds. Raises BadModel."""

    name = "vosk"

    def __init__(self, model_dir: str) -> None:
        model = verify(Path(model_dir))
        if not isinstance(model, Model):
            raise model
        # Old models have no model.conf to carry the rule: the listener cuts for them.
        cut_after = None if model.has_conf else LONGEST_UTTERANCE * SAMPLE_RATE
        self.abilities = Abilities(cut_after=cut_after, longest_session=LONGEST_SESSION)
        vosk.SetLogLevel(-1)
        with _shadow(model) as shadow:
            try:
                # A path, never lang= or model_name=: those would download, or end the process.
                self._model = vosk.Model(model_path=str(shadow))
            except Exception as why:  # vosk raises bare Exception, the reason is on its stderr
                raise BadModel(
                    f"Vosk không đọc được mô hình ở {model.path}: có tệp bị hỏng hoặc thiếu. Hãy cài lại mô hình.",
                    f"Vosk cannot read the model in {model.path}: a file is damaged or missing. Install it again.",
                ) from why

    def open(self) -> VoskRecognition:
        return VoskRecognition(self._model)

    def knows(self, word: str) -> bool:
        """Whether the model can write this word at all; a word it does not know is never heard."""
        return bool(self._model.vosk_model_find_word(word) >= 0)


class VoskRecognition:
    """One stream. Word times count from its first sample and go on counting after a cut."""

    def __init__(self, model: vosk.Model) -> None:
        self._recogniser = vosk.KaldiRecognizer(model, right_rate(SAMPLE_RATE))
        self._recogniser.SetWords(True)
        self._taken = 0

    def accept(self, pcm: bytes) -> Utterance | None:
        sound = with_floor(whole_samples(pcm), self._taken)
        self._taken += len(pcm) // SAMPLE_BYTES
        if self._recogniser.AcceptWaveform(sound):
            return _utterance(self._recogniser.Result())
        return None

    def guess(self) -> str:
        # When nothing is in progress Vosk answers {"text": ""} and not {"partial": ""}.
        return str(json.loads(self._recogniser.PartialResult()).get("partial", ""))

    def cut(self) -> Utterance | None:
        # Result() would leave up to half a second queued for the next utterance, which belongs to the next speaker.
        # The price of FinalResult() is the adaptation to the voice, of no use to the next one either.
        return _utterance(self._recogniser.FinalResult())

    def finish(self) -> Utterance | None:
        return self.cut()


def _utterance(result: str) -> Utterance:
    said = json.loads(result)
    words = tuple(Word(w["word"], _samples(w["start"]), _samples(w["end"]), w["conf"]) for w in said.get("result", ()))
    return Utterance(said["text"], words)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


@contextmanager
def _shadow(model: Model) -> Iterator[Path]:
    """A directory that looks like the model but for our settings: links to its files and a copy of its configuration.

    Everything is read while loading, so the shadow need not outlive it; the model itself is never written to.
    """
    with tempfile.TemporaryDirectory(prefix="doithoai-model-") as where:
        shadow = Path(where)
        for entry in model.path.iterdir():
            if entry.name not in ("conf", "mfcc.conf"):
                (shadow / entry.name).symlink_to(entry.resolve())
        if model.has_conf:
            shutil.copytree(model.path / "conf", shadow / "conf")
            _set(shadow / "conf" / "model.conf", f"--endpoint.rule5.min-utterance-length={LONGEST_UTTERANCE}")
        else:
            shutil.copy(model.path / "mfcc.conf", shadow)
        # Dither is random noise added to the sound: without it the same sound always gives the same words.
        _set(shadow / "conf" / "mfcc.conf" if model.has_conf else shadow / "mfcc.conf", "--dither=0")
        yield shadow


def _set(conf: Path, option: str) -> None:
    conf.chmod(0o600)  # copies of read-only files are read-only
    name = option.partition("=")[0]
    kept = [line for line in conf.read_text().splitlines() if line.partition("=")[0].strip() != name]
    conf.write_text("\n".join([*kept, option]) + "\n")
