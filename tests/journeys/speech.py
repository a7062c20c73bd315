"""Speech into Chromium's own false microphone, and what Vosk alone makes of the recording that came of it."""

import json
import shutil
import subprocess
import wave
from pathlib import Path
from typing import Any

from transcription.engine import CHUNK
from transcription.noise_floor import with_floor

WORDS = (
    "안녕하세요 감사합니다 우리 지역의 도로와 학교에 대해서 이야기하겠습니다 "
    "감사합니다 안녕하세요 우리 지역의 학교에 대해서 이야기하겠습니다"
)
Words = list[tuple[int, int, int]]
"""Start and end in samples, confidence in thousandths."""


def spoken(path: Path) -> Path:
    """A file of speech after half a second of silence: the start of a microphone is lost."""
    raw = path.with_suffix(".raw.wav")
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "150", "-w", str(raw), WORDS], check=True, timeout=30)
    with wave.open(str(raw)) as said, wave.open(str(path), "wb") as padded:
        padded.setparams(said.getparams())
        padded.writeframes(bytes(said.getframerate()) + said.readframes(said.getnframes()))
    return path


def bare_model(korean: Path, folder: Path) -> Any:
    """Vosk's own model object, with the configuration that we promise, written down here once more."""
    import vosk

    folder.mkdir()
    for entry in korean.iterdir():
        if entry.name != "conf":
            (folder / entry.name).symlink_to(entry)
    shutil.copytree(korean / "conf", folder / "conf")
    for name, option in {"model": "--endpoint.rule5.min-utterance-length=8", "mfcc": "--dither=0"}.items():
        with (folder / "conf" / f"{name}.conf").open("a") as conf:
            conf.write(f"\n{option}\n")
    vosk.SetLogLevel(-1)
    return vosk.Model(model_path=str(folder))


def heard_by_vosk_alone(model: Any, pcm: bytes, cuts: list[int]) -> list[tuple[str, Words]]:
    """The texts and words of these samples, cut at these; utterances without a word are none."""
    import vosk

    recogniser = vosk.KaldiRecognizer(model, 16_000)
    recogniser.SetWords(True)
    pcm = with_floor(pcm, 0)
    results, at = [], 0
    for end in (*cuts, len(pcm) // 2):
        while at < end:
            until = min(at + CHUNK, end)
            if recogniser.AcceptWaveform(pcm[at * 2 : until * 2]):
                results.append(recogniser.Result())
            at = until
        results.append(recogniser.FinalResult())
    finals = [json.loads(result) for result in results]
    return [(final["text"], [_word(word) for word in final["result"]]) for final in finals if final["text"]]


def _word(word: dict[str, Any]) -> tuple[int, int, int]:
    return round(word["start"] * 16_000), round(word["end"] * 16_000), round(word["conf"] * 1000)
