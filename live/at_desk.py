"""What a clerk sees and may do for somebody who came to the desk: as much as that person's own page would offer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.additions import may_add, may_appeal
from live.judging import may_judge
from live.photos import unattachable
from live.questions import may_withdraw
from live.seats import Audience, Seat

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question

_DESK = Seat("", Audience.CLERK)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """`may_name`: nobody but a desk says who asked. `may_attach`: a photo of the paper may be put beside it."""

    additions: tuple[str, ...]
    appeal: str
    may_add: bool
    may_appeal: bool
    may_withdraw: bool
    may_name: bool
    may_attach: bool
    may_judge: bool


def at_desk(dialogue: "Dialogue", q: "Question") -> AtDesk:
    return AtDesk(
        additions=tuple(map(str, q.dossier.additions)),
        appeal=str(q.dossier.appeal),
        may_add=may_add(dialogue, q),
        may_appeal=may_appeal(dialogue, q),
        may_withdraw=may_withdraw(q),
        may_name=not q.seat,
        may_attach=not q.photo and unattachable(dialogue, q, _DESK, at_desk=True) is None,
        may_judge=may_judge(dialogue, q),
    )
