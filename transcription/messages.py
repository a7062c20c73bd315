"""What the worker process says, one JSON object a line, and the same things as values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from transcription.heard import Cut, Final, Partial, Word


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded; sound may be followed."""

    engine: str
    model: str


@dataclass(frozen=True, slots=True)
class Started:
    """A run began: this source is listened to from this sample on."""

    source: str
    run: int
    at: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, in samples. Another run begun at `settled` would lose no word and double none."""

    source: str
    run: int
    decoded: int
    settled: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The run heard everything it was given, up to this sample, and is over."""

    source: str
    run: int
    at: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """These samples were given up: the engine failed on them again and again. The recording still has them."""

    source: str
    run: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed, in sentences. With an empty source the whole worker failed and will exit."""

    source: str
    vi: str
    en: str


Message = Ready | Started | Partial | Final | Cut | Progress | Ended | Skipped | Trouble

_KINDS: dict[str, type[Message]] = {
    "ready": Ready,
    "started": Started,
    "partial": Partial,
    "final": Final,
    "cut": Cut,
    "progress": Progress,
    "ended": Ended,
    "skipped": Skipped,
    "trouble": Trouble,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def line(message: Message) -> bytes:
    """The message as one line of JSON, newline included."""
    return (json.dumps({"say": _NAMES[type(message)], **asdict(message)}, ensure_ascii=False) + "\n").encode()


def parse(text: bytes) -> Message:
    """The message of one line. ValueError when the line is none of ours."""
    said = json.loads(text)
    kind = _KINDS.get(said.pop("say", "")) if isinstance(said, dict) else None
    if kind is None or said.keys() != {field.name for field in fields(kind)}:
        raise ValueError(f"not a message: {text[:80]!r}")
    if kind is Final:
        said["words"] = tuple(Word(**word) for word in said["words"])
    return kind(**said)
