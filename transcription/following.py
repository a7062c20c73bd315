"""One source followed by the worker: a thread that reads the recording as it grows and says what is heard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from transcription.engine import CHUNK, Engine
from transcription.heard import SAMPLE_RATE, Partial
from transcription.listening import Listening, Said
from transcription.messages import Ended, Message, Progress, Started, Trouble
from transcription.pieces import read
from transcription.problems import Problem
from transcription.turns import Turns

PARTIAL_EVERY = 0.2
"""Seconds between partials: five a second are more than eyes follow."""

TOO_FAR_BEHIND = 8 * SAMPLE_RATE
"""With more sound than this undecoded partials are kept back: a source that catches up with an hour would show it at
five times its pace. Under that late words are better than none until the final: on a busy machine 3 s were too few."""


@dataclass
class Following:
    """What is to be heard of one source. Told by the worker's main thread, done by a thread of its own.

    Sound is decoded in chunks of the same size counted from the start of the run, however it
    arrives, so that the words depend on the sound alone. `clock` counts seconds and never goes back.
    """

    engine: Engine
    source: str
    recording: Path
    start: int
    run: int
    say: Callable[[Message], None]
    clock: Callable[[], float]
    turns: Turns = field(default_factory=lambda: Turns(1))
    """Shared by all sources of a worker."""
    _have: int = 0
    _cuts: list[int] = field(default_factory=list)
    _ending: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)
    _partial: str = ""
    _partial_at: float = float("-inf")
    _farthest: int = 0

    def have(self, samples: int) -> None:
        """The recording has this many samples on disk."""
        with self._news:
            self._have = max(self._have, samples)
            self._news.notify()

    def cut(self, at: int | None) -> None:
        """Make a final of all before this sample (None: before the last one on disk), even in mid-speech."""
        with self._news:
            self._cuts = sorted({*self._cuts, self._have if at is None else at})
            self._news.notify()

    def end(self) -> None:
        """Hear what is on disk to the end, then stop."""
        with self._news:
            self._ending = True
            self._news.notify()

    def listen(self) -> None:
        """Do it, until the end. A problem with the sound is told and ends this source alone."""
        try:
            heard = Listening(self.engine, self.source, self.run, self.start)
            self.say(Started(self.source, self.run, self.start))
            while (until := self._next(heard.position)) is not None:
                with self.turns.turn():
                    self._hear(heard, until)
            with self.turns.turn():
                self._tell(heard.finish(), heard)
            self.say(Ended(self.source, self.run, heard.position))
        except Problem as why:
            self.say(Trouble(self.source, why.vi, why.en))

    def _next(self, position: int) -> int | None:
        """The sample up to which to decode now; `position` itself asks for a cut there; None is the end."""
        with self._news:
            while True:
                until = min([position + CHUNK, *(max(at, position) for at in self._cuts)])
                if until <= self._have:
                    return until
                if self._ending:
                    return self._have if self._have > position else None
                self._news.wait()

    def _hear(self, heard: Listening, until: int) -> None:
        if until > heard.position:
            self._tell(heard.feed(read(self.recording, heard.position, until - heard.position)), heard)
        with self._news:
            self._cuts = [at for at in self._cuts if at > heard.settled]
            due = [at for at in self._cuts if at <= until]
            if due and due[0] < heard.position and heard.go_back(due[0]):
                return  # reading was faster than the news of the cut: it is reached again
            self._cuts = self._cuts[len(due) :]
        if due:
            self._tell(heard.cut(), heard)

    def _tell(self, said: Iterable[Said], heard: Listening) -> None:
        for one in said:
            if not isinstance(one, Partial):
                self._partial = ""
                self.say(one)
            elif one.text != self._partial and self._may_show(one):
                self._partial = one.text
                self._partial_at = self.clock()
                self.say(one)
        self._farthest = max(self._farthest, heard.position)
        self.say(Progress(self.source, self.run, self._farthest, heard.settled))

    def _may_show(self, partial: Partial) -> bool:
        near = partial.at > self._farthest and self._have - partial.at <= TOO_FAR_BEHIND
        return near and self.clock() - self._partial_at >= PARTIAL_EVERY
