"""The card of a question as staff see it: all of them the same, and clerks with what they may do for its asker."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from live.at_desk import AtDesk, at_desk
from live.dossier import DossierCard, dossier_card
from live.floor_time import had_floor
from live.judged import judged_alone
from live.looks import asker, photo_mark, sent_in_writing
from live.questions import REVIEWABLE
from live.sights import Asker, Thing
from live.states import Channel, Outcome, QuestionState, RefusalReason

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question


@dataclass(frozen=True, slots=True)
class StaffCard(Thing):
    """A question as staff see it: the full name, the original when edited, and what to send back with an edit.

    The original of a redacted question is not on it: it is opened by name, and that is an entry.
    `since`: it waits to be read for a second time since then. `openly`: it was sent on from the floor. `dossier` is
    None for those who neither read nor lead, `at_desk` for all but the clerks. `officer` entered it for somebody else;
    `unread` is why it could not be read back. `settled` is what its asker says of the answer, `missing` why not.
    `absent_at`: called then, and nobody was there.
    """

    number: int
    asker: Asker
    name: str
    publish_name: bool
    channel: Channel
    topic: str
    text: str
    original: str
    state: QuestionState
    revision: int
    redacted: bool
    asked_at: datetime
    reviewer: str
    claimed_until: datetime | None
    reason: RefusalReason | None
    closing: str
    agency: str
    due: date | None
    merged_into: int | None
    merged: tuple[int, ...]
    supports: int
    outcome: Outcome | None
    site: str = ""
    card: int | None = None
    read_back: bool = False
    ground: str = ""
    since: datetime | None = None
    openly: bool = False
    officer: str = ""
    unread: str = ""
    by_message: bool = False
    dossier: DossierCard | None = None
    at_desk: AtDesk | None = None
    photo: str = ""
    photo_shown: bool = False
    sent: bool = False
    settled: bool | None = None
    missing: str = ""
    absent_at: datetime | None = None


def staff_card(dialogue: "Dialogue", number: int) -> StaffCard:
    """Made once for each thing that a question has been; what its asker has had of the floor is put on it each time."""
    q, cards = dialogue.questions[number], dialogue.drawn.cards
    known = cards.get(number)
    if known is None or known[0] is not q:
        known = cards[number] = q, replace(_card(q), dossier=dossier_card(q))
    card, had = known[1], had_floor(dialogue, q)
    return replace(card, dossier=replace(card.dossier, had=had)) if card.dossier and had else card


def clerk_card(dialogue: "Dialogue", number: int) -> StaffCard:
    q = dialogue.questions[number]
    return replace(_card(q), at_desk=at_desk(dialogue, q))


def _card(q: "Question") -> StaffCard:
    """As all of the staff see it; what some see besides is put on it above."""
    return StaffCard(
        number=q.number,
        asker=asker(q),
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
        sent=sent_in_writing(q),
        since=q.dossier.appealed_at if q.state in REVIEWABLE else None,
        openly=q.openly,
        officer=str(q.officer),
        unread=str(q.unread),
        by_message=q.by_message,
        photo=photo_mark(q),
        photo_shown=q.photo_shown,
        settled=judged.settled if (judged := judged_alone(q)) else None,
        missing=str(judged.text) if judged else "",
        absent_at=q.absent_at,
    )
