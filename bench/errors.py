"""How well each engine hears: word and character errors with their intervals, on talks whose words and times are known.

    python bench/errors.py [--whisper DIR]

It reads the two long files beside the repository (shared/speech: talks in halls, read sentences; their licence keeps
them out of it) quarter by quarter, as a hall's sound comes. Each heard word counts for the utterance in whose time it
lies, so that chance can be given its interval (jiwer, 1,000 bootstrap samples of utterances). Vosk hears Korean only,
for want of another model; Whisper hears both, from a directory of CTranslate2 or the packages that bench/_whisper.py
puts together (it says how to install them), where faster-whisper is installed.
Case, marks and blanks (for characters) do not count; digits stay as they are. QUICK=1: the first half minute.
"""

import argparse
import json
import os
import sys
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import Sheet
from bench._sound import SPEECH, korean
from bench._whisper import joined
from transcription import engines
from transcription.accuracy import Rate, characters, words
from transcription.audio import decode
from transcription.engine import Abilities, Engine
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Final
from transcription.listening import Listening, Said
from transcription.speed import quarters

QUICK = 30.0
"""Seconds of each file that are enough to see that it runs."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A long file, what was said in it, and where each utterance ends (samples)."""

    language: str
    file: Path
    said: list[str]
    ends: list[int]

    def quarters(self) -> Iterator[bytes]:
        """Its sound up to the last utterance, never all of it in memory."""
        left = self.ends[-1] * SAMPLE_BYTES
        for pcm in quarters(self.file):
            yield pcm[:left]
            left -= len(pcm)
            if left <= 0:
                return


@dataclass(frozen=True, slots=True)
class Way:
    """An engine with its model, hearing talks of these languages; `own_ends`: the pauses found are kept from it."""

    name: str
    engine: str
    model: str
    languages: tuple[str, ...]
    own_ends: bool = False


@dataclass(frozen=True, slots=True)
class Trusted:
    """The same engine, left to its own ends."""

    engine: Engine
    name: str
    abilities: Abilities

    def open(self) -> Any:
        return self.engine.open()


def talks(seconds: float | None) -> list[Talk]:
    rows = [json.loads(row) for row in (SPEECH / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    return [talk(row, seconds) for row in rows if "utterances" in row]


def talk(row: dict[str, Any], seconds: float | None) -> Talk:
    """An utterance ends in the middle of the pause behind it: words a little beside their place stay with it."""
    all_of_it = sum(map(len, decode(SPEECH / row["file"]))) / SAMPLE_BYTES / SAMPLE_RATE
    there = [one for one in row["utterances"] if one["end"] <= (seconds or all_of_it)]
    begins = [one["start"] for one in there[1:]] + [min(seconds or all_of_it, all_of_it)]
    ends = [round((one["end"] + begin) / 2 * SAMPLE_RATE) for one, begin in zip(there, begins, strict=True)]
    return Talk(row["lang"], SPEECH / row["file"], [one["transcript"] for one in there], ends)


def heard(way: Way, engine: Engine, one: Talk) -> tuple[list[str], float]:
    """What was heard within each utterance, and the seconds it took."""
    if way.own_ends:
        engine = Trusted(engine, engine.name, replace(engine.abilities, own_pauses=True))
    listening, took = Listening(engine, "bench", 1, 0), 0.0
    said: list[Said] = []
    for quarter in one.quarters():
        begun = time.monotonic()  # decoding the file is not the engine's work
        said += listening.feed(quarter)
        took += time.monotonic() - begun
    begun = time.monotonic()
    said += listening.finish()
    return sorted_in(said, one), took + time.monotonic() - begun


def sorted_in(said: Iterable[Said], one: Talk) -> list[str]:
    found: list[list[str]] = [[] for _ in one.ends]
    for final in (each for each in said if isinstance(each, Final)):
        pieces = [(word.text, (word.start + word.end) // 2) for word in final.words]
        for text, at in pieces or [(final.text, (final.start + final.end) // 2)]:
            found[min(bisect_right(one.ends, at), len(found) - 1)].append(text)
    return [" ".join(texts) for texts in found]


def told(rate: Rate) -> str:
    if rate.low is None or rate.high is None:
        return f"{rate.rate:.1%}"
    return f"{rate.rate:.1%} ({rate.low:.1%} to {rate.high:.1%})"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--whisper", default="", help="directory of a multilingual Whisper model for CTranslate2")
    whisper = asked.parse_args().whisper or (str(joined() or "") if find_spec("faster_whisper") else "")
    if not SPEECH.is_dir():
        raise SystemExit(f"There is no {SPEECH}: nothing to measure errors on.")
    ways = [Way("Vosk, its own ends", "vosk", korean(), ("ko",), own_ends=True)]
    ways.append(Way("Vosk, at the pauses found", "vosk", korean(), ("ko",)))
    ways += [Way("Whisper base, at the pauses found", "whisper", whisper, ("ko", "vi"))] if whisper else []
    quick = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
    sheet = Sheet("Errors on talks with known words", "way", "language", "utterances", "WER", "CER", "RTF")
    for way in ways:
        engine = engines.load(way.engine, way.model)
        for one in talks(QUICK if quick else None):
            if one.language in way.languages:
                if way.engine == "whisper":
                    engine.language = one.language  # type: ignore[attr-defined]  # the one engine that is told
                texts, took = heard(way, engine, one)
                rtf = took / (one.ends[-1] / SAMPLE_RATE)
                errors = told(words(one.said, texts)), told(characters(one.said, texts))
                sheet.row(way.name, one.language, str(len(one.said)), *errors, f"{rtf:.2f}")
    sheet.show("In brackets: where 95 of 100 such collections of utterances would lie.")


if __name__ == "__main__":
    main()
