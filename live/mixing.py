"""The declared rule by which hall, online, linked sites and questions sent in advance take turns.

It is shown to everybody before the opening. The queue proposes the next question by it; whoever departs gives a reason,
which stays in the journal with their seat. Supports advise and decide nothing: they do not stand in the rule.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import Entry, MixingDeclared, SupportsShown
from live.notice import WORKING
from live.questions import Question
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import Channel, DialogueState, Lane
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

MOST = 9
"""The greatest share of a lane in one round, and the longest run of one topic that can be declared."""
LOCKED = 2
"""A first-time asker is pulled forward, but never above place 3: the two before it are announced."""

LANES: dict[Channel, Lane] = {
    Channel.ONLINE: Lane.ONLINE,
    Channel.VOICE: Lane.ONLINE,
    Channel.PHONE_CALL: Lane.ONLINE,
    Channel.HALL_CARD: Lane.HALL,
    Channel.HALL_MIC: Lane.HALL,
    Channel.SITE: Lane.SITE,
    Channel.IN_ADVANCE: Lane.IN_ADVANCE,
}
FROM_A_SITE = frozenset({Channel.SITE, Channel.ONLINE, Channel.VOICE, Channel.HALL_CARD, Channel.HALL_MIC})
"""Channels by which somebody who sits at a linked site may ask from there."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """`shares` is how many questions of each lane are called in a round; a lane without one comes when none else is.

    `first_time` puts those who have not been called yet before others of their lane; `topic_run` is how many questions
    of one topic follow one another before another topic of that lane has its turn (0: topics do not count).
    """

    shares: tuple[tuple[Lane, int], ...]
    first_time: bool = False
    topic_run: int = 0


@decides(do.DeclareMixing)
def declare(
    dialogue: "Dialogue", command: do.DeclareMixing, seat: Seat, moment: Moment
) -> tuple[MixingDeclared, ...] | Refused:
    """Freely before the opening; afterwards people have relied on it, and a change gives its reason."""
    shares = {lane.value: getattr(command, lane.value) for lane in Lane}
    for name, count in (*shares.items(), ("topic_run", command.topic_run)):
        if not 0 <= count <= MOST:
            return refuse(Code.NOT_UNDERSTOOD, what=f"{name}: {count}")
    reason = clean(command.reason)
    if dialogue.state not in WORKING | {DialogueState.DRAFT}:
        return refuse(Code.WRONG_STATE)
    fact = MixingDeclared(**shares, first_time=command.first_time, topic_run=command.topic_run, reason=Sealed(reason))
    if _said(fact) == dialogue.mixing:
        return ()  # it is so already
    if problem := changed_since(command.was, rule_mark(dialogue.mixing), _in_words(dialogue.mixing)):
        return problem
    if dialogue.opened_at is not None and not reason:
        return refuse(Code.REASON_MISSING)
    return (fact,)


def _said(fact: MixingDeclared) -> Mixing | None:
    shares = tuple((lane, getattr(fact, lane.value)) for lane in Lane)
    return Mixing(shares, fact.first_time, fact.topic_run) if any(count for _, count in shares) else None


def rule_mark(rule: Mixing | None) -> str:
    return mark(_in_words(rule), *((rule.first_time, rule.topic_run) if rule else ()))


def _in_words(rule: Mixing | None) -> str:
    """Shortly, for whoever was about to declare another: the lanes in their order, "hall 2, online 1"."""
    return ", ".join(f"{lane.value} {count}" for lane, count in rule.shares) if rule else "0"


@applies(MixingDeclared)
def declared(dialogue: "Dialogue", fact: MixingDeclared, entry: Entry) -> "Dialogue":
    return replace(dialogue, mixing=_said(fact))


@decides(do.ShowSupports)
def show_supports(
    dialogue: "Dialogue", command: do.ShowSupports, seat: Seat, moment: Moment
) -> tuple[SupportsShown, ...] | Refused:
    return () if command.on is dialogue.supports_shown else (SupportsShown(command.on),)


@applies(SupportsShown)
def supports_shown(dialogue: "Dialogue", fact: SupportsShown, entry: Entry) -> "Dialogue":
    return replace(dialogue, supports_shown=fact.on)


def lane_of(question: Question) -> Lane:
    """The lane a question waits in: whatever is asked by somebody at a linked site, in the sites'."""
    return Lane.SITE if question.site and question.channel in FROM_A_SITE else LANES[question.channel]
