"""The things seen on pages, as plain values: what a card, the stage, a caption or a line shows, and to whom.

A public thing never holds the text of a question before it is approved, a seat's id, or a name without consent.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from live.at_desk import AtDesk
from live.dossier import DossierCard
from live.evidence import host
from live.reckoning import Reckoning, SiteReckoning
from live.states import (
    Channel,
    DialogueState,
    Lane,
    Outcome,
    Part,
    QuestionState,
    RefusalReason,
    Role,
    RoomVerdict,
    TurnState,
)


class Thing:
    """Something a page shows; the partial `live/_<name>.html` draws it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Banner(Thing):
    """State of the dialogue, whether sound is being recorded, whether captions are stopped.

    `asking`: phones may ask; `stopped`: they might, but people have stopped it. `misheard`: captions err much.
    """

    state: DialogueState
    recording: bool
    captions_hidden: bool
    asking: bool
    stopped: bool = False
    misheard: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """The asker as they agreed to be shown: a name, or only where they live."""

    name: str
    locality: str


@dataclass(frozen=True, slots=True)
class PublicCard(Thing):
    """`photo` here and below: which picture is seen, as a word that changes with it; empty when none is.

    `sent`: the answer that was owed in writing went out. `judged`: how many askers call it settled, how many not.
    """

    number: int
    asker: Asker
    channel: Channel
    topic: str
    text: str
    state: QuestionState
    agency: str
    due: date | None
    note: str
    redacted: bool
    supports_shown: bool = True
    site: str = ""
    photo: str = ""
    sent: bool = False
    judged: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class StaffCard(Thing):
    """A question as staff see it: the full name, the original when edited, and what to send back with an edit.

    The original of a redacted question is not on it (`sealed`): it is opened by name, and that is an entry.
    `since`: it waits to be read for a second time since then. `openly`: it was sent on from the floor. `dossier` is
    None for those who neither read nor lead, `at_desk` for all but the clerks. `officer` entered it for somebody else;
    `unread` is why it could not be read back. `settled` is what its asker says of the answer, `missing` why not.
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
    sealed: bool = False
    since: datetime | None = None
    openly: bool = False
    officer: str = ""
    unread: str = ""
    dossier: DossierCard | None = None
    at_desk: AtDesk | None = None
    photo: str = ""
    photo_shown: bool = False
    sent: bool = False
    settled: bool | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock the page runs by itself: `ran` so far, and since when it runs (server time), against `limit`."""

    part: Part
    limit: timedelta
    ran: timedelta
    running_since: datetime | None


@dataclass(frozen=True, slots=True)
class Stage(Thing):
    """What is on the stage: nothing, or one question with its turn.

    `by_voice`: a raised hand, whose words are said and not read; `nameless`: who speaks is still to be told.
    `ahead` is for those who lead: who is called when an empty stage is filled; None when nobody waits.
    """

    number: int | None = None
    asker: Asker | None = None
    topic: str = ""
    text: str = ""
    turn: TurnState | None = None
    clock: Clock | None = None
    site: str = ""
    photo: str = ""
    by_voice: bool = False
    nameless: bool = False
    ahead: int | None = None


@dataclass(frozen=True, slots=True)
class Caption(Thing):
    """A final line for readers. `draft` until a person has been over it.

    `raw` has the words as heard where numbers or names were written otherwise; empty where there is nothing to compare.
    """

    line: int
    role: Role
    text: str
    draft: bool
    raw: str = ""


@dataclass(frozen=True, slots=True)
class DeskLine(Thing):
    """A line on the secretary's desk.

    `words` holds each piece of the text with its confidence in thousandths (-1: none given) and the words heard for it;
    `suggestions` holds words, a name that may have been said, and the text with that name. `apart`: of a given file, or
    of a trial, and so neither on captions nor tied to a question by itself.
    """

    line: int
    at: datetime
    source: str
    start: int | None
    end: int | None
    role: Role
    speaker: str
    question: int | None
    text: str
    raw: str
    words: tuple[tuple[str, int, str], ...]
    suggestions: tuple[tuple[str, str, str], ...]
    revision: int
    edited: bool
    struck: bool
    salvaged: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class SourceCard(Thing):
    """`passed_over`: samples that recognition gave up and that have no words yet. `role` and `owner`: whose it is.

    `verdict` and `wrong` (thousandths of words) are of its last trial.
    """

    name: str
    recording: bool
    started_at: datetime | None
    runs: int
    engine: str
    model: str
    gaps: tuple[tuple[int, int], ...]
    passed_over: tuple[tuple[int, int], ...] = ()
    role: Role = Role.UNKNOWN
    owner: str = ""
    verdict: RoomVerdict | None = None
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class GlossaryCard(Thing):
    """The secretary's own names as they are edited, and those that the notice and the promises give."""

    lines: str
    count: int
    derived: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class MixingRule(Thing):
    """The declared rule of taking turns, for everybody."""

    shares: tuple[tuple[Lane, int], ...]
    first_time: bool
    topic_run: int


@dataclass(frozen=True, slots=True)
class ReckoningCard(Thing):
    """`closing`: the dialogue ends, and whoever leads it decides on what still waits."""

    reckoning: Reckoning
    sites: tuple[SiteReckoning, ...] = ()
    closing: bool = False


@dataclass(frozen=True, slots=True)
class MyQuestion(Thing):
    """A question as its own asker sees it, whatever its state. `place` counts from 1 among those still to be called.

    `answer`, `answer_link` and `answered_at` say what shows that an answer owed in writing was sent, and since when.
    `settled` is what the asker said of the answer, `missing` why not. `rehearsed`: it goes with the rehearsal.
    """

    number: int
    receipt: str
    text: str
    original: str
    state: QuestionState
    place: int | None
    reason: RefusalReason | None
    closing: str
    agency: str
    due: date | None
    merged_into: int | None
    may_withdraw: bool
    additions: tuple[str, ...] = ()
    may_add: bool = False
    appeal: str = ""
    may_appeal: bool = False
    ground: str = ""
    photo: str = ""
    photo_shown: bool = False
    may_attach: bool = False
    answer: str = ""
    answer_link: str = ""
    answered_at: datetime | None = None
    by_voice: bool = False
    may_judge: bool = False
    settled: bool | None = None
    missing: str = ""
    rehearsed: bool = False

    @property
    def answer_host(self) -> str:
        """Where the link to the written answer leads, to be read before it is followed."""
        return host(self.answer_link)

    @property
    def key(self) -> str:
        return f"mine-{self.number}"
