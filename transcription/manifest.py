"""What happened to a recording beside its sound: gaps, pauses and resumptions, one JSON object a line.

The lines are a story told in order, so that a recording that lost its end in a power cut can be told truly:
{"gap": [start, end]}       no sound came for these samples, silence stands for them
{"pause": at, "ms": when}   the microphone was stopped on purpose
{"resume": at, "ms": when}  and started again (also said at the very start)
{"piece": n, "sha256": hex}  piece n is compacted, and these are its samples' digest
{"caught": at, "ms": when, "from": first}  this sample was spoken then, on the server's clock (transcription/spoken.py)
{"silent": at}              who sends from here on has not said when it was spoken
{"reopened": at}            found with this many samples: what was said of later ones no longer holds
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from transcription.spoken import Spoken

NAME = "manifest.jsonl"


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

    def tell(self, event: dict[str, object]) -> None:
        """Fold one more line in. Lines of a kind unknown here are passed over: a newer version may write them."""
        match event:
            case {"gap": [int(start), int(end)]}:
                self._gap(start, end)
                self.reach = max(self.reach, end)
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
    """The story so far. A last line without its end was being written when the machine stopped, and is not told."""
    manifest = Manifest()
    path = directory / NAME
    whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
    for line in whole.splitlines():
        manifest.tell(json.loads(line))
    return manifest


def digest(directory: Path, piece: int) -> str | None:
    """What was told last of this piece's samples when it was compacted; None when it was not."""
    path = directory / NAME
    told = [json.loads(line) for line in path.read_bytes().splitlines() if b'"piece"' in line] if path.exists() else []
    return next((event["sha256"] for event in reversed(told) if event.get("piece") == piece), None)


def write(directory: Path, event: dict[str, object]) -> None:
    """Add one line and wait for the disk. Raises OSError."""
    line = json.dumps(event, separators=(",", ":")).encode() + b"\n"
    file = os.open(directory / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        if os.write(file, line) != len(line):
            raise OSError("manifest line written in part")
        os.fsync(file)
    finally:
        os.close(file)


def mend(directory: Path) -> None:
    """Cut off a last line without its end, so that the next one does not continue it."""
    path = directory / NAME
    if path.exists():
        told = path.read_bytes()
        os.truncate(path, told.rfind(b"\n") + 1)
