"""What a message says, found out once for all who get the same bytes."""

import re
from array import array
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import msgspec

_KEPT = 512
_SHARED = (b'{"n":', b'{"now":')


class Kind(Enum):
    """What came down the line (DESIGN, wire)."""

    CHANGE = "change"
    WHOLE = "whole"
    PRIVATE = "private"
    CAUGHT_UP = "caught_up"
    SIGNAL = "signal"
    RESYNC = "resync"
    GO = "go"
    RELOAD = "reload"
    ANSWER = "answer"
    OTHER = "other"


@dataclass(eq=False, slots=True)
class Heard:
    """One message. `markers` are the crowd's own questions whose text is in it; `times` when pages got it."""

    kind: Kind
    message: dict[str, Any]
    markers: tuple[int, ...]
    times: "array[float]" = field(default_factory=lambda: array("d"))
    looked_at: bool = False


class Hearing:
    """Decodes. Messages to many are kept for a while, since their bytes come again and again.

    `run` is the random word of this crowd that stands in the text of each of its questions, with a number behind.
    """

    def __init__(self, run: str) -> None:
        self._marker = re.compile(rf"{run}-(\d+)".encode())
        self._kept: dict[bytes, Heard] = {}

    def of(self, payload: bytes) -> Heard:
        found = self._kept.get(payload)
        if found is None:
            message = msgspec.json.decode(payload, type=dict[str, Any])
            found = Heard(_kind(message), message, tuple(int(each) for each in self._marker.findall(payload)))
            if payload.startswith(_SHARED):
                self._keep(payload, found)
        return found

    def _keep(self, payload: bytes, heard: Heard) -> None:
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[payload] = heard


def _kind(message: dict[str, Any]) -> Kind:
    if "patches" in message:
        return Kind.PRIVATE if "n" not in message else Kind.CHANGE if "after" in message else Kind.WHOLE
    for key, kind in (
        ("now", Kind.SIGNAL), ("caught_up", Kind.CAUGHT_UP), ("resync", Kind.RESYNC), ("go", Kind.GO),
        ("reload", Kind.RELOAD), ("ok", Kind.ANSWER), ("refused", Kind.ANSWER), ("busy", Kind.ANSWER),
    ):  # fmt: skip
        if key in message:
            return kind
    return Kind.OTHER
