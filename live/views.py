"""Who sees what: each audience's page as plain regions of things.

A page is rendered from its view; what listeners get is the difference of the views before and after a commit
(`live/differences`).
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live import answers, captioning, gaps, hall, promised, secretary
from live import looks as see
from live.backstage import messages, prepared, proposal, ready
from live.floor_shares import floor_shares
from live.proof import by_ear
from live.refused_openly import refused_openly
from live.remote_seen import remote_voice
from live.seats import Audience
from live.sights import MixingRule, Thing
from live.staff_cards import clerk_card, staff_card
from live.states import Desk
from live.suspensions import suspended_askers

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Line


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page: `key` is its element id, unique in the page; `thing` says what it shows."""

    key: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Region:
    """A named, ordered place of a page; its items change, it does not."""

    name: str
    items: tuple[Item, ...]


View = tuple[Region, ...]


def view(dialogue: "Dialogue", audience: Audience) -> View:
    """What `audience` sees of the dialogue; the same for every seat of that audience."""
    return tuple(Region(name, tuple(look(dialogue))) for name, look in REGIONS[audience].items())


Look = Callable[["Dialogue"], Iterator[Item]]


def _one(key: str, thing: Callable[["Dialogue"], Thing]) -> Look:
    def look(dialogue: "Dialogue") -> Iterator[Item]:
        yield Item(key, thing(dialogue))

    return look


def _questions(numbers: Callable[["Dialogue"], "tuple[int, ...]"], card: "Callable[[Dialogue, int], Thing]") -> Look:
    def look(dialogue: "Dialogue") -> Iterator[Item]:
        for number in numbers(dialogue):
            yield Item(f"q-{number}", card(dialogue, number))

    return look


def _lines(dialogue: "Dialogue") -> Iterator[Item]:
    """With what is missing at its place among them."""
    given = by_ear(dialogue.glossary.terms)
    missing = deque(gaps.rows(dialogue))
    for line in dialogue.lines.values():
        while missing and missing[0].at < line.at:
            yield _gap(missing.popleft())
        yield Item(f"line-{line.id}", secretary.desk_line(dialogue, line, given))
    yield from map(_gap, missing)


def _gap(row: "gaps.GapRow") -> Item:
    return Item(f"gap-{row.number}", row)


def _captions(lines: "Callable[[Dialogue], list[Line]]") -> Look:
    def look(dialogue: "Dialogue") -> Iterator[Item]:
        for line in lines(dialogue):
            yield Item(f"caption-{line.id}", captioning.caption(line))

    return look


def _commitments(dialogue: "Dialogue") -> Iterator[Item]:
    for commitment in dialogue.commitments.values():
        yield Item(f"commitment-{commitment.number}", promised.commitment(commitment))


def _answers(dialogue: "Dialogue") -> Iterator[Item]:
    for question in answers.owed(dialogue):
        yield Item(f"answer-{question.number}", answers.written_answer(question))


def _refused(dialogue: "Dialogue") -> Iterator[Item]:
    for refused in refused_openly(dialogue):
        yield Item(f"refused-{refused.number}", refused)


def _suspended(dialogue: "Dialogue") -> Iterator[Item]:
    for asker in suspended_askers(dialogue):
        yield Item(f"suspended-{asker.question}", asker)


def _sources(dialogue: "Dialogue") -> Iterator[Item]:
    for source in dialogue.sources.values():
        yield Item(f"source-{source.name}", secretary.source(dialogue, source))


def _messages(desk: Desk) -> Look:
    def look(dialogue: "Dialogue") -> Iterator[Item]:
        for message in messages(dialogue, desk):
            yield Item(f"message-{message.number}", message)

    return look


def _mixing(dialogue: "Dialogue") -> Iterator[Item]:
    if rule := dialogue.mixing:
        yield Item("mixing-rule", MixingRule(rule.shares, rule.first_time, rule.topic_run))


def _proposal(dialogue: "Dialogue") -> Iterator[Item]:
    if dialogue.mixing:
        yield Item("proposal", proposal(dialogue))


def _prepared(dialogue: "Dialogue") -> Iterator[Item]:
    for note in prepared(dialogue):
        yield Item(f"prepared-{note.number}", note)
    for other in ready(dialogue):
        yield Item(f"ready-{other.number}", other)


_banner = _one("banner", see.banner)
_stage = _one("stage", see.stage)
_led_stage = _one("stage", see.led_stage)
_remote = _one("remote-voice", remote_voice)

REGIONS: dict[Audience, dict[str, Look]] = {
    Audience.PHONE: {
        "banner-place": _banner,
        "stage-place": _stage,
        "captions": _captions(captioning.captioned),
        "next": _questions(see.upcoming, see.public_card),
        "queue": _questions(see.queued_after_upcoming, see.public_card),
        "done": _questions(see.settled_in_public, see.public_card),
        "mixing": _mixing,
    },
    Audience.MODERATOR: {
        "banner-place": _banner,
        "messages": _messages(Desk.MODERATOR),
        "board-place": _one("board", hall.desk_board),
        "stage-place": _led_stage,
        "remote-place": _remote,
        "mixing": _mixing,
        "proposal-place": _proposal,
        "deck": _questions(lambda dialogue: dialogue.deck, staff_card),
        "queue": _questions(lambda dialogue: dialogue.queue, staff_card),
        "approved": _questions(see.approved, staff_card),
        "review": _questions(see.to_review, staff_card),
        "done": _questions(see.done, staff_card),
        "suspended": _suspended,
        "commitments": _commitments,
        "floor-place": _one("floor-shares", floor_shares),
        "reckoning-place": _one("reckoning", see.reckoning),
    },
    Audience.STAGE: {
        "banner-place": _banner,
        "board-place": _one("board", hall.board),
        "stage-place": _one("stage", hall.stage),
        "remote-place": _remote,
        "next": _questions(hall.upcoming, see.public_card),
        "captions": _captions(hall.captioned),
    },
    Audience.CHAIR: {
        "banner-place": _banner,
        "messages": _messages(Desk.CHAIR),
        "board-place": _one("board", hall.desk_board),
        "stage-place": _led_stage,
        "remote-place": _remote,
        "mixing": _mixing,
        "proposal-place": _proposal,
        "prepared": _prepared,
        "next": _questions(see.upcoming, staff_card),
        "commitments": _commitments,
        "floor-place": _one("floor-shares", floor_shares),
        "reckoning-place": _one("reckoning", see.reckoning),
    },
    Audience.SECRETARY: {
        "banner-place": _banner,
        "messages": _messages(Desk.SECRETARY),
        "stage-place": _stage,
        "sources": _sources,
        "lines": _lines,
        "commitments": _commitments,
        "answers": _answers,
        "glossary-place": _one("glossary", secretary.glossary),
    },
    Audience.CLERK: {
        "banner-place": _banner,
        "messages": _messages(Desk.CLERK),
        "stage-place": _stage,
        "done": _questions(see.all_entered, clerk_card),
    },
    Audience.AGENCY: {"banner-place": _banner, "stage-place": _stage, "commitments": _commitments},
    Audience.PUBLIC: {
        "banner-place": _banner,
        "stage-place": _stage,
        "mixing": _mixing,
        "captions": _captions(captioning.captioned),
        "reckoning-place": _one("reckoning", see.reckoning),
        "answers": _answers,
        "refused": _refused,
    },
    Audience.MACHINE: {},
}
"""The regions of each audience's page, in their order."""
