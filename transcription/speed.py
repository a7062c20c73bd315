"""How fast a model is: `python -m transcription.speed MODEL FILE...` prints a line of JSON for each file.

It is a process of its own for the reason the recogniser is one: an engine may end the process it lives in. Sound is fed
as fast as it is taken; delays are counted in sound, so that they hold for a microphone on a machine that keeps up.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from transcription.audio import decode
from transcription.engine import CHUNK, Engine, Utterance
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE


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
    recognition = engine.open()
    chunks: list[float] = []
    finals: list[tuple[Utterance, int, list[int]]] = []
    shown: list[int] = []  # at which sample the partial first had one, two, three ... words
    cpu, fed = time.process_time(), 0
    for pcm in _quarters(file):
        begun = time.perf_counter()
        ended = recognition.accept(pcm)
        guess = "" if ended else recognition.guess()
        chunks.append(time.perf_counter() - begun)
        fed += len(pcm) // SAMPLE_BYTES
        shown += [fed] * (len(guess.split()) - len(shown))
        if ended:
            finals.append((ended, fed, shown))
            shown = []
    if last := recognition.finish():
        finals.append((last, fed, shown))
    cpu = time.process_time() - cpu
    first = [_seconds(at - word.end) for said, _, seen in finals for word, at in zip(said.words, seen, strict=False)]
    final = [_seconds(at - word.end) for said, at, _ in finals for word in said.words]
    text = " ".join(said.text for said, _, _ in finals if said.text)
    return Measured(str(file), _seconds(fed), sum(chunks), cpu, text, chunks, first, final)


def _quarters(file: Path) -> list[bytes]:
    pcm = b"".join(decode(file))
    step = CHUNK * SAMPLE_BYTES
    return [pcm[at : at + step] for at in range(0, len(pcm), step)]


def _seconds(samples: int) -> float:
    return samples / SAMPLE_RATE


def main() -> None:
    from transcription.problems import Problem  # noqa: PLC0415 - together with the engine, below
    from transcription.vosk_engine import VoskEngine  # noqa: PLC0415 - loading vosk is this process's business alone

    model, *files = sys.argv[1:]
    try:
        engine = VoskEngine(model)
        for file in files:
            print(json.dumps(asdict(measure(engine, Path(file))), ensure_ascii=False), flush=True)  # noqa: T201 - printing is how it answers
    except Problem as problem:
        print(json.dumps({"vi": problem.vi, "en": problem.en}, ensure_ascii=False), flush=True)  # noqa: T201 - printing is how it answers
        sys.exit(1)


if __name__ == "__main__":
    main()
