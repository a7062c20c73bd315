"""How fast a model is: `python -m transcription.speed ENGINE MODEL FILE...` prints a line of JSON for each file.

It is a process of its own for the reason the recogniser is one: an engine may end the process it lives in. Sound goes
the way of the hall's, pauses and all, as fast as it is taken; delays are counted in sound, so that they hold for a
microphone on a machine that keeps up.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from transcription.audio import decode
from transcription.engine import CHUNK, Engine
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Final, Partial
from transcription.listening import Listening, Said


@dataclass(frozen=True, slots=True)
class Measured:
    """One file. Seconds; `chunks` are the processing times of a quarter of a second of sound each.

    `final_delays`: from the end of a word to the final that holds it; `first_delays`: to the first partial with so many
    words. Both lie in the sound, processing comes on top (see `chunks`).
    """

    file: str
    seconds: float
    spent: float
    cpu: float
    text: str
    chunks: list[float]
    first_delays: list[float]
    final_delays: list[float]


def measure(engine: Engine, file: Path) -> Measured:
    """Hear one file to its end. Raises BadSound."""
    listening, heard = Listening(engine, file.name, 1, 0), _Heard([], [], [], [])
    chunks: list[float] = []
    cpu = time.process_time()
    for pcm in quarters(file):
        begun = time.perf_counter()
        said = list(listening.feed(pcm))
        chunks.append(time.perf_counter() - begun)
        heard.take(said, listening.position)
    begun = time.perf_counter()
    rest = list(listening.finish())
    spent, cpu = sum(chunks) + time.perf_counter() - begun, time.process_time() - cpu
    heard.take(rest, listening.position)
    seconds, text = _seconds(listening.position), " ".join(heard.texts)
    return Measured(str(file), seconds, spent, cpu, text, chunks, heard.first, heard.final)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said so far, and how much sound lay between each word and its being shown, or final."""

    texts: list[str]
    first: list[float]
    final: list[float]
    shown: list[int]
    """At which sample the utterance in progress first had one, two, three ... words."""

    def take(self, said: Iterable[Said], fed: int) -> None:
        for one in said:
            if isinstance(one, Partial):
                self.shown.extend([fed] * (len(one.text.split()) - len(self.shown)))
            elif isinstance(one, Final):
                self.texts.append(one.text)
                self.first.extend(_seconds(at - word.end) for word, at in zip(one.words, self.shown, strict=False))
                self.final.extend(_seconds(fed - word.end) for word in one.words)
                self.shown.clear()


def quarters(file: Path) -> Iterator[bytes]:
    """The sound of a file, a quarter of a second at a time: of hours no more is in memory than of seconds."""
    step, kept = CHUNK * SAMPLE_BYTES, b""
    for pcm in decode(file):
        kept += pcm
        for at in range(0, len(kept) - step + 1, step):
            yield kept[at : at + step]
        kept = kept[len(kept) // step * step :]
    if kept:
        yield kept


def _seconds(samples: int) -> float:
    return samples / SAMPLE_RATE


def main() -> None:
    from transcription.engines import load  # noqa: PLC0415 - loading an engine is this process's business alone
    from transcription.problems import Problem  # noqa: PLC0415 - together with the engine

    engine_name, model, *files = sys.argv[1:]
    try:
        engine = load(engine_name, model)
        for file in files:
            print(json.dumps(asdict(measure(engine, Path(file))), ensure_ascii=False), flush=True)  # noqa: T201 - printing is how it answers
    except Problem as problem:
        print(json.dumps({"vi": problem.vi, "en": problem.en}, ensure_ascii=False), flush=True)  # noqa: T201 - printing is how it answers
        sys.exit(1)


if __name__ == "__main__":
    main()
