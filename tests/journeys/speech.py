"""Speech into Chromium's own false microphone, and what Vosk alone makes of the recording that came of it."""

import subprocess
import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.transcription.bare import finals_of
from transcription.engine import CHUNK

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


def heard_by_vosk_alone(model: Any, pcm: bytes, cuts: list[int]) -> list[tuple[str, Words]]:
    """The texts and words of these samples, fed in quarters of a second from cut to cut; one without a word is none."""
    edges = [at for start, end in pairwise([0, *cuts, len(pcm) // 2]) for at in range(start, end, CHUNK)]
    return [(final["text"], [_word(word) for word in final["result"]]) for final in finals_of(model, pcm, edges, cuts)]


def _word(word: dict[str, Any]) -> tuple[int, int, int]:
    return round(word["start"] * 16_000), round(word["end"] * 16_000), round(word["conf"] * 1000)
