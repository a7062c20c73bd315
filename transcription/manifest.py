"""What happened to a recording beside its sound: gaps, pauses and resumptions, one JSON object a line.

The lines are a story told in order, so that a recording that lost its end in a power cut can be told truly:
{"gap": [start, end]}       no sound came for these samples, silence stands for them
{"pause": at, "ms": when}   the microphone was stopped on purpose
{"resume": at, "ms": when}  and started again (also said at the very start)
{"piece": n, "sha256": hex}  piece n is compacted, and these are its samples' digest
{"caught": at, "ms": when, "from": first}  this sample was spoken then, on the server's clock (transcription/spoken.py)
{"silent": at}              who sends from here on has not said when it was spoken
{"emptied": [start, end]}   what was recorded there was wiped: silence stands in its place
{"reopened": at}            found with this many samples: what was said of later ones no longer holds
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from transcription import durable
from transcription.spoken import Spoken

NAME = "manifest.jsonl"
_writing = Lock()
"""Sound is appended in one thread and compacted in another, and a line that failed is cut off again."""


@dataclass(frozen=True, slots=True)
class Span:
    """Samples recorded between a resumption and a pause; `end` is None while it is still being recorded."""

    start: int
    end: int | None
    began_ms: int
    """Wall clock in milliseconds since 1970 when this span began, as told by the caller."""


@dataclass
class Manifest:
    """The story folded: gaps in order, never touching, and spans in order."""

    gaps: list[tuple[int, int]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reach: int = 0
    """The farthest sample that the story speaks of."""
    spoken: Spoken = field(default_factory=Spoken)
    emptied: list[tuple[int, int]] = field(default_factory=list)

    def tell(self, event: dict[str, object]) -> None:
        """Fold one more line in. Lines of a kind unknown here are passed over: a newer version may write them."""
        match event:
            case {"gap": [int(start), int(end)]}:
                self._gap(start, end)
                self.reach = max(self.reach, end)
            case {"emptied": [int(start), int(end)]}:
                self._gap(start, end)
                self.emptied.append((start, end))
            case {"resume": int(at), "ms": int(when)}:
                self._pause(at)
                self.spans.append(Span(at, None, when))
            case {"pause": int(at)}:
                self._pause(at)
            case {"caught": int(place), "ms": int(when), "from": int(first)}:
                self.spoken.tell(place, when / 1000, first)
            case {"silent": int(first)}:
                self.spoken.quiet(first)
            case {"reopened": int(at)}:
                self._clip(at)
            case _:
                pass

    def _gap(self, start: int, end: int) -> None:
        merged: list[tuple[int, int]] = []
        for first, last in sorted([*self.gaps, (start, end)]):
            if merged and first <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], last)
            else:
                merged.append((first, last))
        self.gaps = merged

    def _clip(self, at: int) -> None:
        self.reach = min(self.reach, at)
        self.gaps = [(start, min(end, at)) for start, end in self.gaps if start < at]
        self.spans = [
            Span(span.start, None if span.end is None else min(span.end, at), span.began_ms)
            for span in self.spans
            if span.start <= at
        ]

    def _pause(self, at: int) -> None:
        self.reach = max(self.reach, at)
        if self.spans and self.spans[-1].end is None:
            last = self.spans.pop()
            self.spans.append(Span(last.start, at, last.began_ms))


def read(directory: Path) -> Manifest:
    """The story so far."""
    manifest = Manifest()
    for event in _events(directory):
        manifest.tell(event)
    return manifest


def digest(directory: Path, piece: int) -> str | None:
    """What was told last of this piece's samples when it was compacted; None when it was not."""
    told = [event for event in _events(directory) if event.get("piece") == piece]
    return str(told[-1]["sha256"]) if told else None


def write(directory: Path, event: dict[str, object]) -> None:
    """Add one line and wait for the disk. Raises OSError, after which nothing of the line is there."""
    line = json.dumps(event, separators=(",", ":")).encode() + b"\n"
    with _writing:
        file = os.open(directory / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            _add(directory, file, line)
        finally:
            os.close(file)


def mend(directory: Path) -> None:
    """Cut off a last line without its end, so that the next one does not continue it."""
    path = directory / NAME
    if path.exists():
        told = path.read_bytes()
        os.truncate(path, told.rfind(b"\n") + 1)


def _add(directory: Path, file: int, line: bytes) -> None:
    before = os.fstat(file).st_size
    if before and os.pread(file, 1, before - 1) != b"\n":
        line = b"\n" + line  # a disk that filled up has kept half a line, and would not let go of it either
    try:
        while line:
            line = line[os.write(file, line) :]
        os.fsync(file)
        if not before:
            durable.sync(directory)
    except OSError:
        os.ftruncate(file, before)
        raise


def _events(directory: Path) -> Iterator[dict[str, Any]]:
    """The lines, in order. One that can no longer be read costs itself and not the recording.

    The last, without its end, was being written when the machine stopped, and is not told.
    """
    path = directory / NAME
    whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
    for line in whole.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield event
