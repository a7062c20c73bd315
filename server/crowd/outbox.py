"""What one page has sent, and how it was answered: each command once, whatever the line did meanwhile."""

from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any
from uuid import uuid4

import msgspec

PATIENCE = 10.0
"""Seconds for an answer before the same op is sent again, as web/static/js/live/outbox.js does."""
SHORTEST, LONGEST = 0.5, 30.0
"""Seconds of the first and of the longest pause, as in web/static/js/lib/backoff.js."""


def pause(attempt: int, dice: Random) -> float:
    """Seconds before try number `attempt` (0 is the first): full jitter, so that a hall does not come back as one."""
    ceiling: float = min(LONGEST, SHORTEST * 2 ** min(attempt, 10))
    return dice.random() * ceiling


class Told(Enum):
    """What an answer means to the one who asked."""

    DONE = "done"
    REFUSED = "refused"
    BUSY = "busy"
    AGAIN = "again"  # the same answer to a command that was sent again
    TWICE = "twice"  # more answers than sendings
    OTHERWISE = "otherwise"  # another answer than before
    STRAY = "stray"  # the answer to a command of somebody else


@dataclass(eq=False, slots=True)
class Op:
    """One command. `due` is when the schedule wanted it sent: waits count from there. `marker` names its question."""

    do: str
    fields: dict[str, Any]
    due: float
    marker: int = 0
    id: str = field(default_factory=lambda: str(uuid4()))
    sent: int = 0
    sent_at: float = 0.0
    heard: int = 0
    again_at: float = 0.0
    put_off: int = 0
    answer: dict[str, Any] | None = None

    def words(self) -> bytes:
        return msgspec.json.encode({"op": self.id, "do": self.do, **self.fields})


class Outbox:
    """The commands of one page, oldest first."""

    __slots__ = ("_dice", "all", "waiting")

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self.all: dict[str, Op] = {}
        self.waiting: dict[str, Op] = {}

    def put(self, op: Op) -> None:
        self.all[op.id] = self.waiting[op.id] = op

    def new_line(self) -> None:
        """Whatever has no answer yet must be sent on the new line."""
        for op in self.waiting.values():
            op.again_at = 0.0

    def to_send(self, now: float) -> list[Op]:
        """Those to send now; they count as sent."""
        found = [op for op in self.waiting.values() if op.again_at <= now]
        for op in found:
            op.sent += 1
            op.sent_at, op.again_at = now, now + PATIENCE
        return found

    def answered(self, message: dict[str, Any], now: float) -> tuple[Told, Op | None]:
        """What this answer is, and to what."""
        op = self.all.get(message.get("ok") or message.get("refused") or message.get("busy") or "")
        if op is None:
            return Told.STRAY, None
        op.heard += 1
        if op.heard > op.sent:
            return Told.TWICE, op
        if "busy" in message:
            op.again_at = now + float(message["after_ms"]) / 1000 + pause(op.put_off, self._dice)
            op.put_off += 1
            return Told.BUSY, op
        final = {key: message.get(key) for key in ("ok", "refused", "code", "n", "receipt")}
        if op.answer is not None:
            return (Told.AGAIN if final == op.answer else Told.OTHERWISE), op
        op.answer = final
        del self.waiting[op.id]
        return (Told.DONE if "ok" in message else Told.REFUSED), op
