"""The invented words of the demo: 56 questions, and the answers that were given to some of them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from live.states import Channel, Outcome

_HERE = Path(__file__).parent

HALL = (Channel.HALL_CARD, Channel.HALL_MIC, Channel.SITE)
AWAY = (Channel.ONLINE, Channel.ONLINE, Channel.ONLINE, Channel.PHONE_CALL, Channel.ONLINE, Channel.VOICE)
CHANNELS = {"hall": HALL, "online": AWAY, "in_advance": (Channel.IN_ADVANCE,)}
"""The file knows three ways of asking; the dialogue tells all of them apart, so the demo shows each."""

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Hồ", "Đinh", "Phan")
GIVEN = ("Thị Lành", "Văn Thật", "Thị Mẫu", "Văn Ví", "Thị Dụ", "Minh Họa", "Thị Thử")
"""Invented names that say so: Honest, Sample, Example, Illustration, Trial."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the file; `line` is its line there, from 1."""

    line: int
    text: str
    topic: str
    locality: str
    agency: str
    channel: Channel
    name: str
    publish_name: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to the question on `question`'s line and what came of it.

    `days` is the time for an answer in writing; `promise_due` counts days from today, `kept` tells the end of it,
    `shown` and `link` how that was shown.
    """

    question: int
    outcome: Outcome
    by: str
    agency: str
    answer: str
    days: int | None = None
    note: str = ""
    promise: str = ""
    promise_due: int = 0
    person: str = ""
    evidence: str = ""
    shown: str = ""
    link: str = ""
    kept: bool = False


class _Row(msgspec.Struct):
    text: str
    topic: str
    locality: str
    agency: str
    channel: str


@cache
def questions() -> dict[int, Asked]:
    """All questions by their line."""
    rows = [msgspec.json.decode(row, type=_Row) for row in _rows("questions.jsonl")]
    return {line: _asked(line, row) for line, row in enumerate(rows, 1)}


@cache
def answers() -> dict[int, Answer]:
    """The answers by the line of their question."""
    found = [msgspec.json.decode(row, type=Answer) for row in _rows("answers.jsonl")]
    return {answer.question: answer for answer in found}


def _asked(line: int, row: _Row) -> Asked:
    ways = CHANNELS[row.channel]
    name = f"{FAMILY[line % len(FAMILY)]} {GIVEN[line % len(GIVEN)]}"
    return Asked(
        line, row.text, row.topic, row.locality, row.agency, ways[line % len(ways)], name, publish_name=line % 3 != 0
    )


def _rows(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").splitlines()
