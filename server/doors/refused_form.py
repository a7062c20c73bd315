"""The form that comes back when a plain one was refused: what was filled in stands open, what is wrong is marked."""

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from live.refusals import Code, Refused
from live.texts import clean
from server.doors.wire import COMMANDS, ENVELOPE

BY_PAGE = frozenset({"block", "clerk", "engine", "model", "photo", "raw", "source", "was"})
"""Texts that a page or the machine writes and nobody types."""
NUMBERS = frozenset({"before", "card", "hall", "in_advance", "into", "online", "site", "topic_run", "waiting"})
"""Numbers that somebody types; all others say what the command is about."""
NUMBERS_OF = {"link_line": {"question"}, "note_commitment": {"question"}}
LONG = frozenset({"entries", "note", "sentence", "text"})
"""Texts of several lines."""
ABOUT: dict[Code, tuple[str, ...]] = {
    Code.ABOUT_MISSING: ("about",),
    Code.CARD_USED: ("card",),
    Code.DATE_MISSING: ("agency", "due"),
    Code.DEPARTS: ("reason",),
    Code.EMPTY: ("text", "name", "label", "agency"),
    Code.ENOUGH_SITES: ("text",),
    Code.EVIDENCE_MISSING: ("note", "link"),
    Code.NAME_MISSING: ("name", "locality"),
    Code.NOT_A_LINK: ("link",),
    Code.NOT_FOUND: ("before", "card", "into", "question"),
    Code.NOT_ITSELF: ("into",),
    Code.NOT_LISTED: ("words",),
    Code.READ_BACK_FIRST: ("reason",),
    Code.REASON_MISSING: ("reason", "sentence", "note", "to"),
    Code.UNKNOWN_SITE: ("site",),
}
"""The fields that a refusal is about. One that the form did not have is added, so that it can be filled in."""
SEEN = ("revision", "was")
"""What a form says of the state that its sender saw."""
MISSING = frozenset(
    {Code.ABOUT_MISSING, Code.DATE_MISSING, Code.DEPARTS, Code.EMPTY, Code.NAME_MISSING, Code.REASON_MISSING}
)


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LINES = "lines"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """A field to be corrected; `wrong` when the refusal is about it."""

    name: str
    value: str
    kind: Kind
    wrong: bool


def returned(command: str, fields: Mapping[str, str], refused: Refused | None) -> tuple[list[Field], dict[str, str]]:
    """What is shown, in the order of the form, and what goes along unseen.

    Where somebody was quicker, the sentence says what is there now: to send again is to write over it knowingly.
    """
    kinds = dict(_kinds(command))
    said = {name: text for name, text in fields.items() if name not in ENVELOPE}
    about = () if refused is None else tuple(name for name in ABOUT.get(refused.code, ()) if name in kinds)
    shown = {name: said.get(name, "") for name in (*said, *about) if name in kinds}
    wrong = frozenset() if refused is None else _wrong(shown, refused)
    rows = [Field(name, text, _grown(kinds[name], text), name in wrong) for name, text in shown.items()]
    unseen = {name: text for name, text in said.items() if name not in shown}
    if refused is not None and refused.code is Code.STALE:
        unseen |= {name: str(refused.facts["seen"]) for name in SEEN if name in unseen}
    return rows, unseen


def _kinds(command: str) -> Iterator[tuple[str, Kind]]:
    """The fields of a command that somebody fills in; of one that is none, those that are texts everywhere."""
    made = COMMANDS.get(command)
    hints: dict[str, Any] = dict.fromkeys(LONG, str) if made is None else typing.get_type_hints(made)
    for name, hint in hints.items():
        plain = {part for part in getattr(hint, "__args__", (hint,)) if part is not types.NoneType}
        if plain == {str} and name not in BY_PAGE:
            yield name, Kind.LINES if name in LONG else Kind.LINE
        elif plain == {date}:
            yield name, Kind.DATE
        elif plain == {int} and (name in NUMBERS or name in NUMBERS_OF.get(command, ())):
            yield name, Kind.NUMBER


def _grown(kind: Kind, text: str) -> Kind:
    return Kind.LINES if kind is Kind.LINE and ("\n" in text or len(text) > 80) else kind


def _wrong(shown: Mapping[str, str], refused: Refused) -> frozenset[str]:
    """The names of the shown fields that the refusal is about."""
    if refused.code is Code.TOO_LONG:
        length, limit = (int(refused.facts[name]) for name in ("length", "limit"))
        exactly = {name for name, text in shown.items() if len(clean(text)) == length}
        return frozenset(exactly or {name for name, text in shown.items() if len(clean(text)) > limit})
    if refused.code is Code.NOT_UNDERSTOOD:
        what = str(refused.facts.get("what", ""))
        return frozenset(name for name in shown if f"$.{name}`" in what or what.endswith(f": {name}"))
    about = {name for name in ABOUT.get(refused.code, ()) if name in shown}
    if refused.code in MISSING:
        about = {name for name in about if not clean(shown[name])}
    return frozenset(about)
