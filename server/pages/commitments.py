"""What was promised to the People in all published dialogues, and which promises are overdue today."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from live.compose import VIETNAM
from live.dialogue import Dialogue
from live.notice import PUBLISHED
from live.promised import CommitmentCard, commitment
from live.states import CommitmentState
from server import clock
from server.pages import page
from server.parts import parts


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as the public reads it. `days_over` is computed for today: 0 when kept or in time."""

    card: CommitmentCard
    code: str
    title: str
    days_over: int
    demo: bool = False

    @property
    def overdue(self) -> bool:
        return self.days_over > 0

    @property
    def standing(self) -> str:
        """Where the filter puts it: kept, overdue or due."""
        if self.card.state is CommitmentState.CONFIRMED:
            return "kept"
        return "overdue" if self.overdue else "due"


def promises_of(dialogue: Dialogue, code: str, now: datetime, title: str = "", *, demo: bool = False) -> list[Promise]:
    """The commitments of one dialogue; whether they are overdue is judged by the day in Vietnam."""
    today = now.astimezone(VIETNAM).date()
    return [
        Promise(commitment(one), code, title, (today - one.due).days if one.overdue(today) else 0, demo)
        for one in dialogue.commitments.values()
    ]


async def show(request: Request) -> Response:
    """`/commitments`, all of them or with `?show=due|overdue|kept`; the most overdue first, then by date."""
    now = clock.now()
    promises = await _published(request, now)
    standings = [promise.standing for promise in promises]
    asked = request.query_params.get("show", "")
    shown = asked if asked in {"due", "overdue", "kept"} else ""
    demo = any(promise.demo for promise in promises)
    return page(
        request, "record/commitments.html", show=shown, today=now, demo=demo,
        counts={"": len(promises), **{name: standings.count(name) for name in ("due", "overdue", "kept")}},
        promises=[promise for promise in promises if shown in {"", promise.standing}],
    )  # fmt: skip


async def _published(request: Request, now: datetime) -> list[Promise]:
    here = parts(request)
    found: list[Promise] = []
    for row in await here.journal.dialogues():
        if row.state not in PUBLISHED:
            continue
        room = await here.rooms.get(row.code)
        if room is not None:
            found += promises_of(room.dialogue, room.code, now, row.title, demo=row.demo)
    return sorted(found, key=lambda promise: (promise.standing == "kept", -promise.days_over, promise.card.due))
