"""What is remembered of a followed source, so that a new worker can go on where the last one died."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from transcription.engine import CHUNK
from transcription.heard import SAMPLE_RATE, Final
from transcription.messages import Message, Progress

Command = dict[str, str | int]


@dataclass
class Followed:
    """One source and how far its words have come, in samples of its recording."""

    source: str
    recording: Path
    run: int
    settled: int
    decoded: int
    have: int
    cuts: list[int] = field(default_factory=list)
    ending: bool = False
    waiting_since: float | None = None
    """When sound was first waiting without an answer, on the clock of patience; None while nothing waits."""

    def commands(self) -> Iterator[Command]:
        """Everything a worker must be told to go on with this source."""
        yield {
            "do": "follow",
            "source": self.source,
            "recording": str(self.recording),
            "from": self.settled,
            "run": self.run,
        }
        yield {"do": "have", "source": self.source, "samples": self.have}
        for at in self.cuts:
            yield {"do": "cut", "source": self.source, "at": at}
        if self.ending:
            yield {"do": "end", "source": self.source}

    def grow(self, samples: int, now: float) -> None:
        """The recording has this many samples."""
        self.have = max(self.have, samples)
        if self.waiting_since is None and (self.have - self.decoded >= CHUNK or self.ending):
            self.waiting_since = now

    def take(self, message: Message, now: float) -> int:
        """Remember how far this message brings us. The samples newly settled are the answer."""
        before = self.settled
        if isinstance(message, Final):
            self.settled = max(self.settled, message.end)
        elif isinstance(message, Progress):
            self.decoded = message.decoded
            self.settled = max(self.settled, message.settled)
            self.cuts = [at for at in self.cuts if at > self.settled]
        self.wait_again(now)
        return self.settled - before

    def wait_again(self, now: float) -> None:
        """Begin to wait afresh, if anything is waited for."""
        self.waiting_since = None
        self.grow(self.have, now)

    def excuse(self, seconds: float) -> None:
        """Leave this much of the waiting out: it was our own doing."""
        if self.waiting_since is not None:
            self.waiting_since += seconds

    def begin_again(self, run: int) -> None:
        """Another worker will hear from the last settled sample, in a run of its own."""
        self.run = run
        self.cuts = [at for at in self.cuts if at > self.settled]
        self.decoded = self.settled
        self.waiting_since = None

    @property
    def lag(self) -> float:
        """Seconds of sound not yet decoded."""
        return (self.have - self.decoded) / SAMPLE_RATE
