"""An engine whose speech is written in the samples: it keeps the contract, and what it should hear is known exactly.

A stretch of samples of one value v > 0 is the word "w<v>"; zeros are silence. Some values are not words:
they crash or hang the process, as real engines do on real sound.
"""

import os
import signal
import threading
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcription.engine import Abilities, Utterance, whole_samples
from transcription.heard import Word

PAUSE = 4_000
LONGEST = 32_000
FORGOTTEN = 7_777  # guessed, but not in the final
DEADLY, DEADLY_ONCE, HANGING_ONCE, REFUSED = 30_001, 30_002, 30_003, 30_004


def speech(script: list[tuple[int, int]]) -> bytes:
    """Samples of (value, count) stretches."""
    return np.concatenate([np.full(count, value, "<i2") for value, count in script] or [np.zeros(0, "<i2")]).tobytes()


def words_of(script: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    """What is said in a script: (text, start, end)."""
    at, words = 0, []
    for value, count in script:
        if value:
            words.append((f"w{value}", at, at + count))
        at += count
    return words


def runs(samples: NDArray[np.int16]) -> list[tuple[int, int, int]]:
    """(value, start, end) of every stretch that is not zero."""
    edges = [0, *(np.flatnonzero(np.diff(samples)) + 1).tolist(), len(samples)]
    return [(int(samples[a]), a, b) for a, b in pairwise(edges) if b > a and samples[a]]


@dataclass
class Scripted:
    abilities: Abilities = field(default_factory=lambda: Abilities(own_pauses=True))
    endpoints: bool = True
    word_times: bool = True
    marks: Path | None = None
    name: str = "scripted"
    opened: int = 0

    def open(self) -> "Hearing":
        self.opened += 1
        return Hearing(self)


@dataclass
class Hearing:
    engine: Scripted
    base: int = 0
    pending: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))
    thread: int | None = None

    def accept(self, pcm: bytes) -> Utterance | None:
        self._in_one_thread()
        self.pending = np.concatenate([self.pending, np.frombuffer(whole_samples(pcm), "<i2")])
        said = runs(self.pending)
        self._suffer({value for value, _, _ in said})
        if not self.engine.endpoints:
            return None
        trailing = len(self.pending) - (said[-1][2] if said else 0)
        if trailing >= PAUSE:
            return self.cut()
        if len(self.pending) >= LONGEST and said and len(said) > 1:
            return self._end(
                said[-1][1] if trailing == 0 else len(self.pending)
            )  # an unfinished word waits in the queue
        return None

    def guess(self) -> str:
        self._in_one_thread()
        return " ".join(f"w{value}" for value, _, _ in runs(self.pending))

    def cut(self) -> Utterance | None:
        self._in_one_thread()
        return self._end(len(self.pending))

    def finish(self) -> Utterance | None:
        return self.cut()

    def _in_one_thread(self) -> None:
        """Two threads on one recognition end the process, as they do with Vosk."""
        self.thread = self.thread or threading.get_ident()
        if self.thread != threading.get_ident():
            os.abort()

    def _end(self, until: int) -> Utterance:
        said = [run for run in runs(self.pending[:until]) if run[0] != FORGOTTEN]
        words = tuple(Word(f"w{v}", self.base + a, self.base + b, 0.5) for v, a, b in said)
        self.base += until
        self.pending = self.pending[until:]
        return Utterance(" ".join(word.text for word in words), words if self.engine.word_times else ())

    def _suffer(self, values: set[int]) -> None:
        if DEADLY in values or (DEADLY_ONCE in values and self._first("died")):
            os.kill(os.getpid(), signal.SIGKILL)
        if HANGING_ONCE in values and self._first("hung"):
            threading.Event().wait()
        if REFUSED in values:
            whole_samples(b"odd")

    def _first(self, mark: str) -> bool:
        assert self.engine.marks
        path = self.engine.marks / mark
        if path.exists():
            return False
        path.touch()
        return True
