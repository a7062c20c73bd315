"""What was promised to the People in all published dialogues, and which promises are overdue today."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from live.answers import WrittenAnswer, owed, written_answer
from live.compose import VIETNAM
from live.dialogue import Dialogue
from live.notice import PUBLISHED
from live.promised import CommitmentCard, commitment
from server import clock
from server.pages import page
from server.parts import parts

Card = TypeVar("Card", CommitmentCard, WrittenAnswer)


@dataclass(frozen=True, slots=True)
class Owed(Generic[Card]):
    """What is owed to the People, as they read it. `days_over` is computed for today: 0 when kept or in time."""

    card: Card
    code: str
    title: str
    days_over: int
    kept: bool
    demo: bool = False

    @property
    def overdue(self) -> bool:
        return self.days_over > 0

    @property
    def standing(self) -> str:
        """Where the filter puts it: kept, overdue or due."""
        if self.kept:
            return "kept"
        return "overdue" if self.overdue else "due"


Promise = Owed[CommitmentCard]
"""Kept once it was confirmed."""
OwedAnswer = Owed[WrittenAnswer]
"""Kept once it was sent."""


def promises_of(dialogue: Dialogue, code: str, now: datetime, title: str = "", *, demo: bool = False) -> list[Promise]:
    """The commitments of one dialogue; whether they are overdue is judged by the day in Vietnam."""
    today = now.astimezone(VIETNAM).date()
    return [
        Owed(commitment(one), code, title, (today - one.due).days if one.overdue(today) else 0, one.kept, demo)
        for one in dialogue.commitments.values()
    ]


def answers_of(
    dialogue: Dialogue, code: str, now: datetime, title: str = "", *, demo: bool = False
) -> list[OwedAnswer]:
    """The answers owed in writing of one dialogue, judged in the same way."""
    today = now.astimezone(VIETNAM).date()
    cards = map(written_answer, owed(dialogue))
    return [Owed(card, code, title, _days_over(card, today), bool(card.sent_at), demo) for card in cards]


def _days_over(card: WrittenAnswer, today: date) -> int:
    return 0 if card.sent_at or card.due is None else max(0, (today - card.due).days)


async def show(request: Request) -> Response:
    """`/commitments`, all of them or with `?show=due|overdue|kept`; the most overdue first, then by date.

    What was invented for trying stands apart from what was promised, and is not counted with it.
    """
    now = clock.now()
    promises, answers = await _published(request, now)
    everything: list[Promise | OwedAnswer] = [*promises, *answers]
    invented = bool(everything) and all(one.demo for one in everything)
    standings = [one.standing for one in everything if one.demo is invented]
    asked = request.query_params.get("show", "")
    shown = asked if asked in {"due", "overdue", "kept"} else ""
    promises = [promise for promise in promises if shown in {"", promise.standing}]
    answers = [answer for answer in answers if shown in {"", answer.standing}]
    return page(
        request, "record/commitments.html", show=shown, today=now, demo=invented,
        counts={"": len(standings), **{name: standings.count(name) for name in ("due", "overdue", "kept")}},
        promises=[one for one in promises if one.demo is invented],
        answers=[one for one in answers if one.demo is invented],
        invented_promises=[] if invented else [one for one in promises if one.demo],
        invented_answers=[] if invented else [one for one in answers if one.demo],
    )  # fmt: skip


async def _published(request: Request, now: datetime) -> tuple[list[Promise], list[OwedAnswer]]:
    here = parts(request)
    promises: list[Promise] = []
    answers: list[OwedAnswer] = []
    for row in await here.journal.dialogues():
        if row.state not in PUBLISHED:
            continue
        room = await here.rooms.get(row.code)
        if room is not None:
            promises += promises_of(room.dialogue, room.code, now, row.title, demo=row.demo)
            answers += answers_of(room.dialogue, room.code, now, row.title, demo=row.demo)
    return sorted(promises, key=_most_overdue), sorted(answers, key=_most_overdue)


def _most_overdue(one: Promise | OwedAnswer) -> tuple[bool, int, date]:
    return one.standing == "kept", -one.days_over, one.card.due or date.max
