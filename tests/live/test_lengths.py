"""No field of any command takes a text without end; what is too long is refused with both numbers, never cut."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest

from live import commands
from live.dialogue import LIMITS
from live.refusals import Code, Refused
from live.seats import ALLOWED
from tests.cast import EVERYBODY, OPENED, play

BOUNDLESS = {"source", "engine", "model", "raw", "block"}
"""Names given by machines and pages; a source is a plain word, and the others come from a seat no person takes."""


def texts() -> list[tuple[type, str]]:
    kinds = [getattr(commands, name) for name in commands.__all__ if name != "Command"]
    return [
        (kind, field)
        for kind in kinds
        for field, hint in get_type_hints(kind).items()
        if hint is str and field not in BOUNDLESS and "machine" not in {str(seat) for seat in ALLOWED[kind]}
    ]


PLAIN: dict[Any, Any] = {int: 1, str: "chữ", date: date(2026, 12, 1), datetime: datetime(2026, 12, 1, tzinfo=UTC)}


def filled(kind: type, field: str, text: str) -> Any:
    """The command with this text, and something plain in every other field that must be given."""
    hints = get_type_hints(kind)
    needed = [one.name for one in dataclasses.fields(kind) if one.default is dataclasses.MISSING]
    given = {name: PLAIN[hints[name]] if hints[name] in PLAIN else next(iter(hints[name]), None) for name in needed}
    return kind(**(given | {field: text}))


@pytest.mark.parametrize("kind, field", texts(), ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_a_text_without_end_is_refused(kind: type, field: str) -> None:
    evening = play(*OPENED)
    seat = next(one for one in EVERYBODY if one.audience in ALLOWED[kind])
    answer = evening.send(filled(kind, field, "x" * 20_001), seat)
    assert isinstance(answer, Refused), "a text of 20,001 characters was taken"
    if field in LIMITS:
        assert answer.code is Code.TOO_LONG
        assert answer.facts == {"length": 20_001, "limit": LIMITS[field]}
