"""The table of what was asked, by topic, as it is read out and given to the agencies before and during the session.

Reports of dialogues begin with it ("Bảng tổng hợp ý kiến"): 132 opinions that came in became 39 questions in 7 groups
in one of them. Nobody's name stands in it, for it is handed round.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from live.questions import REVIEWABLE, Question
from live.states import QuestionState as Q

if TYPE_CHECKING:
    from live.dialogue import Dialogue

_LEFT_OUT = frozenset({*REVIEWABLE, Q.MERGED, Q.REFUSED, Q.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Row:
    """A question with those merged into it. `prepared` is what the agency has ready for the answer."""

    number: int
    merged: tuple[int, ...]
    text: str
    locality: str
    agency: str
    due: date | None
    prepared: str
    state: Q

    @property
    def senders(self) -> int:
        """How many sent it: each opinion is somebody's, also one that was merged."""
        return 1 + len(self.merged)


@dataclass(frozen=True, slots=True)
class Topic:
    """`name` is empty for what was asked about nothing in particular."""

    name: str
    rows: tuple[Row, ...]

    @property
    def senders(self) -> int:
        return sum(row.senders for row in self.rows)


def synthesis(dialogue: "Dialogue") -> tuple[Topic, ...]:
    """The topics of the notice in its order, others after them, none last; in each what most people sent is first."""
    found: dict[str, list[Row]] = {str(topic): [] for topic in dialogue.notice.topics}
    for question in dialogue.questions.values():
        if question.state not in _LEFT_OUT:
            found.setdefault(str(question.topic), []).append(_row(question))
    names = sorted(found, key=lambda name: not name)
    return tuple(Topic(name, tuple(sorted(found[name], key=_most_first))) for name in names if found[name])


def _most_first(row: Row) -> tuple[int, int]:
    return -row.senders, row.number


def _row(q: Question) -> Row:
    owes = q.agency or q.dossier.agency
    return Row(
        q.number, q.merged, str(q.text), str(q.locality), str(owes), q.due or q.dossier.due, str(q.dossier.prepared),
        q.state,
    )  # fmt: skip


def unread(dialogue: "Dialogue") -> int:
    """How many are not in the table yet because nobody has read them."""
    return sum(question.state in REVIEWABLE for question in dialogue.questions.values())
