"""The things seen on pages, as plain values: what a card, the stage, a caption or a line shows, and to whom.

A public thing never holds the text of a question before it is approved, a seat's id, or a name without consent.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from live.reckoning import Reckoning, SiteReckoning
from live.states import (
    Channel,
    DialogueState,
    Lane,
    Part,
    QuestionState,
    Role,
    TurnState,
)


class Thing:
    """Something a page shows; the partial `live/_<name>.html` draws it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Banner(Thing):
    """State of the dialogue, whether sound is being recorded, whether captions are stopped.

    `asking`: phones may ask; `stopped`: they might, but people have stopped it. `misheard`: captions err much. As long
    as it has not been opened, `starts_at` and `place` say when and where it is to begin.
    """

    state: DialogueState
    recording: bool
    captions_hidden: bool
    asking: bool
    stopped: bool = False
    misheard: bool = False
    starts_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """The asker as they agreed to be shown: a name, or only where they live."""

    name: str
    locality: str


@dataclass(frozen=True, slots=True)
class PublicCard(Thing):
    """`photo` here and below: which picture is seen, as a word that changes with it; empty when none is.

    `sent`: the answer that was owed in writing went out. `judged`: how many askers call it settled, how many not.
    `card`: the number on the paper that its asker holds, who knows no other.
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
    card: int | None = None


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
    card: int | None = None


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
