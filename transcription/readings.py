"""A recording read again: what another run, or another engine, made of the same sound, kept beside it on disk.

    readings/001.jsonl      a line for the head, then one for each final, one for each span that was read to its end,
                            and one whenever somebody stops it or lets it go on

Nothing of the first draft is touched. A reading that was stopped goes on behind its last final.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from transcription.heard import Final
from transcription.messages import line, parse
from transcription.problems import CannotWrite

Span = tuple[int, int]


@dataclass
class Reading:
    """One reading and how far it is. `read` counts the spans that are done, `settled` is the place in the next one."""

    path: Path
    number: int
    model: str
    engine: str
    spans: tuple[Span, ...]
    finals: list[Final] = field(default_factory=list)
    read: int = 0
    stopped: bool = False
    """Somebody stopped it: it waits until somebody lets it go on, also through a restart."""

    @property
    def done(self) -> bool:
        return self.read == len(self.spans)

    @property
    def settled(self) -> int:
        """The sample from which to go on in the span that is being read."""
        start, _ = self.spans[self.read]
        return max([start, *(final.end for final in self.finals)])

    def take(self, final: Final) -> None:
        """Keep what was heard. Raises CannotWrite."""
        _write(self.path, line(final))
        self.finals.append(final)

    def stop(self, *, stopped: bool) -> None:
        """Remember that it is not to go on, or that it is. Raises CannotWrite."""
        _write(self.path, b'{"stopped": %s}\n' % (b"true" if stopped else b"false"))
        self.stopped = stopped

    @property
    def samples(self) -> tuple[int, int]:
        """How many are read, of how many."""
        whole = sum(end - start for start, end in self.spans)
        before = sum(end - start for start, end in self.spans[: self.read])
        return (whole if self.done else before + self.settled - self.spans[self.read][0]), whole

    def span_read(self) -> None:
        """The span is read to its end. Raises CannotWrite."""
        _write(self.path, b'{"read": %d}\n' % (self.read + 1))
        self.read += 1


def begin(recording: Path, model: str, engine: str, spans: Sequence[Span]) -> Reading:
    """A new reading of these spans of samples. Raises CannotWrite."""
    number = 1 + max((reading.number for reading in readings(recording)), default=0)
    path = recording / "readings" / f"{number:03d}.jsonl"
    head = {"reading": number, "model": model, "engine": engine, "spans": list(spans)}
    _write(path, json.dumps(head, ensure_ascii=False).encode() + b"\n")
    return Reading(path, number, model, engine, tuple(spans))


def readings(recording: Path) -> list[Reading]:
    """All readings of a recording, in the order in which they were begun."""
    return [_parsed(path) for path in sorted((recording / "readings").glob("[0-9]*.jsonl"))]


def _parsed(path: Path) -> Reading:
    head, *rest = _whole(path).splitlines()
    told = json.loads(head)
    spans = tuple((start, end) for start, end in told["spans"])
    reading = Reading(path, told["reading"], told["model"], told["engine"], spans)
    for text in rest:
        if text.startswith(b'{"read"'):
            reading.read = json.loads(text)["read"]
        elif text.startswith(b'{"stopped"'):
            reading.stopped = json.loads(text)["stopped"]
        elif isinstance(final := parse(text), Final):
            reading.finals.append(final)
    return reading


def _whole(path: Path) -> bytes:
    """What was written; a last line without its end is being written, or was when the work was stopped."""
    told = path.read_bytes()
    return told[: told.rfind(b"\n") + 1]


def mend(reading: Reading) -> None:
    """Cut off a last line without its end. For whoever alone goes on with it: another may just be writing."""
    os.truncate(reading.path, len(_whole(reading.path)))


def _write(path: Path, text: bytes) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("ab", buffering=0) as file:
            file.write(text)
            os.fsync(file.fileno())
    except OSError as why:
        raise CannotWrite(
            f"Không ghi được bản nghe lại vào {path} ({why.strerror}). Phần đã nghe vẫn còn; hãy kiểm tra ổ đĩa.",
            f"Cannot write the reading to {path} ({why.strerror}). What was heard so far is kept; check the disk.",
        ) from why


def unheard(heard: Sequence[Span], samples: int, least: int) -> list[Span]:
    """The spans of so many samples that lie in none of `heard`, those of at least `least` samples."""
    found, at = [], 0
    for start, end in [*sorted(heard), (samples, samples)]:
        if start - at >= least:
            found.append((at, start))
        at = max(at, end)
    return found
