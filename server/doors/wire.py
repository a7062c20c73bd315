"""Commands and answers as they travel: names and plain fields in, envelopes out. Forms and sockets speak the same."""

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

import msgspec

from live import commands
from live.commands import Command
from live.refusals import Code, Refused, refuse
from server.naming import snake
from server.rooms.turn import Accepted, Answer

_OP = re.compile(r"[!-~]{1,64}\Z")
"""A client-made op id (a UUID has 36 characters). Plain letters: it is the one word of a stranger's kept uncleaned."""
ENVELOPE = frozenset({"op", "do", "as", "back", "lang"})
"""Fields that address a command and are no part of it."""


COMMANDS: dict[str, type[Command]] = {
    snake(kind): kind for kind in (getattr(commands, name) for name in commands.__all__) if kind is not Command
}
"""Every command by its word on the wire."""


def command(name: str, fields: Mapping[str, Any]) -> Command | Refused:
    """The command that these fields spell. Texts stand for numbers, dates and ticks, as forms send them."""
    kind = COMMANDS.get(name)
    if kind is None:
        return refuse(Code.NOT_UNDERSTOOD, what=name[:40])
    hints = typing.get_type_hints(kind)
    unknown = fields.keys() - hints.keys() - ENVELOPE
    if unknown:
        return refuse(Code.NOT_UNDERSTOOD, what=f"{name}: {min(unknown)[:40]}")
    given = {key: _plain(hints[key], value) for key, value in fields.items() if key in hints}
    required = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}
    given = {key: value for key, value in given.items() if value != "" or key in required or hints[key] is str}
    try:
        made = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as problem:
        return refuse(Code.NOT_UNDERSTOOD, what=f"{name}: {problem}")
    strange = next((key for key in given if _beyond(getattr(made, key))), None)
    return made if strange is None else refuse(Code.NOT_UNDERSTOOD, what=f"{name}: {strange}")


def _beyond(value: object) -> bool:
    """A moment without a zone, or too near the ends of the calendar to be told in another zone."""
    return isinstance(value, datetime) and (value.tzinfo is None or not MINYEAR < value.year < MAXYEAR)


def _plain(hint: Any, value: Any) -> Any:
    if hint is bool and value == "on":
        return True
    if value == "" and isinstance(hint, types.UnionType) and types.NoneType in hint.__args__:
        return None
    return value


def operation(fields: Mapping[str, Any]) -> str | None:
    """The client's id of this command, if it made a usable one."""
    op = fields.get("op")
    return op if isinstance(op, str) and _OP.match(op) else None


def answer(op: str | None, given: Answer, language: str) -> dict[str, Any]:
    """The envelope of an answer."""
    if isinstance(given, Accepted):
        receipt = {} if given.receipt is None else {"receipt": given.receipt}
        return {"ok": op, "n": given.n, **receipt}
    if isinstance(given, Refused):
        row = {} if given.row is None else {"row": dataclasses.asdict(given.row)}
        return {"refused": op, "code": given.code.value, "say": given.say(language), **row}
    why = {} if given.because is None else {"say": given.because.say(language)}
    return {"busy": op, "after_ms": given.after_ms, **why}
