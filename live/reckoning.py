"""The law of reconciliation: at every entry, received = the sum of what came of each question + what waits."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.judged import judgement
from live.sites import linked
from live.states import QuestionState as Q
from live.states import RefusalReason

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class Ground:
    """How many questions were refused on this ground; `words` where it is one of the dialogue's own list."""

    reason: RefusalReason
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How many questions were received and what became of them. `grounds` divide the refused ones, the most first.

    `content` and `discontent`: askers who say that the answer settled their matter, and that it did not.
    """

    received: int
    waiting: int
    answered: int
    partly_answered: int
    written_due: int
    forwarded_up: int
    merged: int
    refused: int
    rerouted: int
    withdrawn: int
    grounds: tuple[Ground, ...] = ()
    content: int = 0
    discontent: int = 0

    @property
    def settled(self) -> int:
        return (
            self.answered
            + self.partly_answered
            + self.written_due
            + self.forwarded_up
            + self.merged
            + self.refused
            + self.rerouted
            + self.withdrawn
        )


@dataclass(frozen=True, slots=True)
class SiteReckoning:
    """The same for one linked site, shortly; `site` is empty for all that came from nowhere else."""

    site: str
    received: int
    waiting: int
    settled: int


def reckon(dialogue: "Dialogue") -> Reckoning:
    states = Counter(question.state for question in dialogue.questions.values())
    judged = Counter(one.settled for q in dialogue.questions.values() if (one := judgement(dialogue, q)))
    return Reckoning(
        received=len(dialogue.questions),
        waiting=sum(question.waiting for question in dialogue.questions.values()),
        answered=states[Q.ANSWERED],
        partly_answered=states[Q.PARTLY_ANSWERED],
        written_due=states[Q.WRITTEN_DUE],
        forwarded_up=states[Q.FORWARDED_UP],
        merged=states[Q.MERGED],
        refused=states[Q.REFUSED],
        rerouted=states[Q.REROUTED],
        withdrawn=states[Q.WITHDRAWN],
        grounds=grounds(dialogue),
        content=judged[True],
        discontent=judged[False],
    )


def grounds(dialogue: "Dialogue") -> tuple[Ground, ...]:
    """Why questions were refused. The sentence to the asker is not among it: it may tell what was asked."""
    refused = [question for question in dialogue.questions.values() if question.state is Q.REFUSED]
    counts = Counter((question.reason or RefusalReason.OTHER, str(question.ground)) for question in refused)
    return tuple(Ground(reason, words, count) for (reason, words), count in counts.most_common())


def sums(dialogue: "Dialogue") -> dict[str, int]:
    """The sum in short, as phones have it in view: received = waiting + settled."""
    whole = reckon(dialogue)
    return {"received": whole.received, "waiting": whole.waiting, "settled": whole.settled}


def by_site(dialogue: "Dialogue") -> tuple[SiteReckoning, ...]:
    """A row for each site, in their order, and one for the rest; none in a dialogue without sites. They add up."""
    named = [str(site.name) for site in linked(dialogue)]
    came = [str(question.site) for question in dialogue.questions.values()]
    names = [*dict.fromkeys([*named, *filter(None, came)])]
    return tuple(_site_row(dialogue, name) for name in (*names, "")) if names else ()


def _site_row(dialogue: "Dialogue", site: str) -> SiteReckoning:
    own = [question for question in dialogue.questions.values() if str(question.site) == site]
    waiting = sum(question.waiting for question in own)
    return SiteReckoning(site, len(own), waiting, len(own) - waiting)
