"""By when the conclusions are published, and what is needed afterwards: a reason that everybody reads.

Law 72/2025/QH15, article 43: results of a dialogue are made known within 10 days. The clock moves and refuses nothing
by itself: whoever publishes later says why.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live.refusals import Code, Refused, refuse
from live.texts import clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

PUBLISHED_WITHIN = 10
"""Days from the closing on."""


def overdue(dialogue: "Dialogue", at: datetime) -> bool:
    """Whether the conclusions are published late, if at this moment."""
    return dialogue.closed_at is not None and at - dialogue.closed_at > timedelta(days=PUBLISHED_WITHIN)


def unexplained(dialogue: "Dialogue", at: datetime, reason: str) -> Refused | None:
    """The refusal of publishing late without a word why."""
    return refuse(Code.REASON_MISSING) if overdue(dialogue, at) and not clean(reason) else None
