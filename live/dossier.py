"""What staff know of a question beside its text. None of it is ever public; an asker sees only what they sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from live.floor_time import HadFloor
from live.personal import Span, flagged
from live.texts import NOTHING, Sealed

if TYPE_CHECKING:
    from live.questions import Question


@dataclass(frozen=True, slots=True)
class Note:
    """A private note; `number` counts from 1 in its question."""

    number: int
    text: Sealed
    name: Sealed
    at: datetime
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened the original of a redacted question. Older journals know the seat and not the name."""

    name: Sealed
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """`declined_by` is the seat that refused the question last, `taken_from` who held it before somebody took over.

    `departure` says why it last went before others against the declared rule.
    `opened_by` are the seats that have opened the original of a redacted question, `openings` each time they did;
    `contact_seats` and `contact_openings` the same of how its asker may be reached.
    """

    additions: tuple[Sealed, ...] = ()
    appealed: bool = False
    appeal: Sealed = NOTHING
    appealed_at: datetime | None = None
    declined_by: str = ""
    taken_from: Sealed = NOTHING
    notes: tuple[Note, ...] = ()
    labels: tuple[Sealed, ...] = ()
    opened_by: tuple[str, ...] = ()
    agency: Sealed = NOTHING
    due: date | None = None
    prepared: Sealed = NOTHING
    departure: Sealed = NOTHING
    openings: tuple[Opening, ...] = ()
    contact_seats: tuple[str, ...] = ()
    contact_openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    number: int
    text: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DossierCard:
    """What those who read and lead see beside a question; never a phone, the hall screen or the public.

    `had` is what the asker has had of the floor already, by this question or another one.
    """

    additions: tuple[str, ...]
    appeal: str
    appealed: bool
    taken_from: str
    notes: tuple[NoteLine, ...]
    labels: tuple[str, ...]
    agency: str
    due: date | None
    prepared: str
    departure: str
    flags: tuple[Span, ...]
    openings: tuple[tuple[str, datetime], ...] = ()
    had: HadFloor | None = None


def note_lines(dossier: Dossier) -> tuple[NoteLine, ...]:
    return tuple(NoteLine(n.number, str(n.text), str(n.name), n.at) for n in dossier.notes if not n.struck)


def dossier_card(q: "Question") -> DossierCard:
    d = q.dossier
    return DossierCard(
        additions=tuple(map(str, d.additions)),
        appeal=str(d.appeal),
        appealed=d.appealed,
        taken_from=str(d.taken_from),
        notes=note_lines(d),
        labels=tuple(map(str, d.labels)),
        agency=str(d.agency),
        due=d.due,
        prepared=str(d.prepared),
        departure=str(d.departure),
        flags=flagged(str(q.text)),
        openings=tuple((str(one.name), one.at) for one in d.openings),
    )
