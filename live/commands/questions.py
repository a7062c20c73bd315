"""Commands about a question before it reaches the floor."""

from dataclasses import dataclass

from live.commands.base import Command
from live.states import Channel, QuestionState, Reasoned, RefusalReason


@dataclass(frozen=True, slots=True)
class Ask(Command):
    """Put a question. All after `topic` counts only when staff enter for somebody else.

    `card` is the number on a paper card, whose receipt it takes; `read_back`: the asker heard it read and agreed;
    `reason`: why what was said aloud could not be read back.
    """

    text: str
    topic: str = ""
    channel: Channel = Channel.ONLINE
    name: str = ""
    locality: str = ""
    publish_name: bool = False
    site: str = ""
    card: int | None = None
    read_back: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAsking(Command):
    """Whether phones may ask, and how many questions of one phone may wait at once (None: as many as now)."""

    open: bool = False
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Take a question back for its asker. Staff give a `reason` when it was announced, or queued under a rule."""

    question: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Support(Command):
    """Set, never add: the seat's support of a question is on or off."""

    question: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class StartReview(Command):
    """Claim a question for two minutes, so that two moderators do not read the same one."""

    question: int


@dataclass(frozen=True, slots=True)
class ReleaseReview(Command):
    question: int


@dataclass(frozen=True, slots=True)
class Approve(Command):
    """Approve; with `queue` it goes straight to the end of the queue.

    `revision` is its wording when it was read: what somebody has reworded meanwhile does not become public unread.
    """

    question: int
    queue: bool = True
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Refuse(Command):
    """Decline, with a reason and a sentence that the asker will read.

    `words` names a reason of the dialogue's own list, where it has one; `reason` is then `other`. `seen` and `revision`
    are its state and its wording when it was read: what somebody has approved or reworded meanwhile is not refused
    unknowingly.
    """

    question: int
    reason: RefusalReason
    sentence: str
    words: str = ""
    seen: QuestionState | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class SetReasons(Command):
    """The dialogue's own reasons to refuse, or for what `of` says: a line each, "reason | sentence".

    Empty brings the usual ones back. `was`: the mark of the list that was there when the writing began (live/agreeing).
    """

    text: str
    was: str = ""
    of: Reasoned = Reasoned.REFUSAL


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """Take a refused, rerouted, withdrawn or approved question back into review.

    Out of a queue under a declared rule that needs `reason`.
    """

    question: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edit(Command):
    """Change the public wording. The original is kept for ever; `redacted` says personal data was taken out."""

    question: int
    text: str
    revision: int
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Merge(Command):
    question: int
    into: int


@dataclass(frozen=True, slots=True)
class Unmerge(Command):
    question: int


@dataclass(frozen=True, slots=True)
class Reroute(Command):
    """Send a matter to its own procedure (a complaint, a denunciation), telling the asker where.

    From the floor that is an outcome like others: changing another one into it needs `reason`, and so does what was
    announced to come next.
    """

    question: int
    to: str
    sentence: str
    reason: str = ""
