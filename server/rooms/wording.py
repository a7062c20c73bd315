"""How dates, hours and durations are written, in both languages and in Vietnam's time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from live.compose import VIETNAM
from transcription.heard import SAMPLE_RATE


def day(value: date | None) -> str:
    """12/03/2026."""
    return "" if value is None else f"{_local(value):%d/%m/%Y}"


def hour(value: datetime | None) -> str:
    """07 giờ 30, in full, as documents write it."""
    return "" if value is None else f"{_local(value):%H} giờ {_local(value):%M}"


def clock(value: datetime | None) -> str:
    """07:30:05, for the margin of a transcript."""
    return "" if value is None else f"{_local(value):%H:%M:%S}"


def moment(value: datetime | None) -> str:
    """07 giờ 30, 12/03/2026."""
    return "" if value is None else f"{hour(value)}, {day(value)}"


def english_hour(value: datetime | None) -> str:
    """07:30."""
    return clock(value)[:5]


def english_moment(value: datetime | None) -> str:
    """07:30, 12/03/2026."""
    return "" if value is None else f"{english_hour(value)}, {day(value)}"


def iso(value: datetime | None) -> str:
    """UTC in ISO 8601, for scripts."""
    return "" if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def seconds(value: timedelta | None) -> float:
    return 0 if value is None else value.total_seconds()


def sampled(samples: int) -> timedelta:
    """How long so many samples of a recording are."""
    return timedelta(seconds=samples / SAMPLE_RATE)


def span(value: timedelta | None) -> str:
    """3:05, for a clock on a page without script."""
    whole = int(seconds(value))
    return f"{whole // 60}:{whole % 60:02d}"


def _local(value: date) -> date:
    return value.astimezone(VIETNAM) if isinstance(value, datetime) else value


def filters(language: str) -> dict[str, Callable[..., Any]]:
    """The filters of templates in this language."""
    return FILTERS | ENGLISH if language == "en" else FILTERS


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "hour": hour,
    "clock": clock,
    "moment": moment,
    "iso": iso,
    "seconds": seconds,
    "sampled": sampled,
    "span": span,
}
ENGLISH: dict[str, Callable[..., Any]] = {"hour": english_hour, "moment": english_moment}
