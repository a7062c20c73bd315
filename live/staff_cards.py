"""The card of a question as all of the staff see it; what some see besides is put on it in `looks`."""

from typing import TYPE_CHECKING

from live.questions import REVIEWABLE
from live.sights import Asker, StaffCard

if TYPE_CHECKING:
    from live.judged import Judged
    from live.questions import Question


def card_of(q: "Question", asker: Asker, photo: str, judged: "Judged | None", *, sent: bool) -> StaffCard:
    """`asker` and `photo` as they may be shown, `judged` as it stands, `sent`: an answer owed in writing went out."""
    return StaffCard(
        number=q.number,
        asker=asker,
        name=str(q.name),
        publish_name=q.publish_name,
        channel=q.channel,
        topic=str(q.topic),
        text=str(q.text),
        original=str(q.original) if q.original != q.text and not q.redacted else "",
        state=q.state,
        revision=q.revision,
        redacted=q.redacted,
        asked_at=q.asked_at,
        reviewer=str(q.reviewer_name) if q.reviewer else "",
        claimed_until=q.claimed_until,
        reason=q.reason,
        closing=str(q.closing),
        agency=str(q.agency),
        due=q.due,
        merged_into=q.merged_into,
        merged=q.merged,
        supports=q.supports,
        outcome=q.outcome,
        site=str(q.site),
        card=q.card,
        read_back=q.read_back,
        ground=str(q.ground),
        sealed=q.redacted,
        sent=sent,
        since=q.dossier.appealed_at if q.state in REVIEWABLE else None,
        openly=q.openly,
        officer=str(q.officer),
        unread=str(q.unread),
        photo=photo,
        photo_shown=q.photo_shown,
        settled=judged.settled if judged else None,
        missing=str(judged.text) if judged else "",
    )
