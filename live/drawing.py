"""How the declared rule draws one after another from those who wait: by lane, by site, by topic, first askers first.

The sentences of `web/templates/live/_mixing_rule.html` say to everybody exactly what is done here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from live.mixing import LOCKED, Mixing
from live.states import Lane

Traits = tuple[int, Lane, str, str, str]
"""All that the rule asks of a question: number, lane, site, seat, topic."""


@dataclass(slots=True)
class _Had:
    """What the rule looks back on: whose turns there were, and how long one topic has gone on."""

    lanes: Counter[Lane] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    seats: set[str] = field(default_factory=set)
    topic: str = ""
    run: int = 0

    def add(self, one: Traits) -> None:
        _, lane, site, seat, topic = one
        self.lanes[lane] += 1
        self.sites[site] += 1
        self.seats.add(seat)
        self.run = self.run + 1 if topic == self.topic else 1
        self.topic = topic

    def first_time(self, seat: str) -> bool:
        """Somebody without a phone of their own always asks for the first time: a card does not say who wrote it."""
        return not seat or seat not in self.seats


def draw(rule: Mixing, place: int, before: Iterable[Traits], left: Iterable[Traits]) -> Iterator[int]:
    """The numbers of `left` one after another, after those `before`, of whom `place` still stand ahead in the line."""
    had = _Had()
    for one in before:
        had.add(one)
    shares = dict(rule.shares)
    waiting: dict[Lane | None, list[Traits]] = {}
    for one in left:
        waiting.setdefault(one[1] if shares[one[1]] else None, []).append(one)
    while waiting:
        lane = _due(rule, had, waiting)
        row = waiting[lane]
        chosen = _chosen(rule, had, row, first=rule.first_time and place >= LOCKED, turns=lane is Lane.SITE)
        row.remove(chosen)
        if not row:
            del waiting[lane]
        had.add(chosen)
        place += 1
        yield chosen[0]


def _due(rule: Mixing, had: _Had, waiting: Mapping[Lane | None, list[Traits]]) -> Lane | None:
    """The lane that is furthest behind its share (D'Hondt's highest averages; the earlier one in a tie).

    Equal shares divide to equal floats: IEEE 754 rounds a quotient correctly, so a tie is seen as one. Lanes without a
    share (None, together) come when none else waits.
    """
    behind = [
        (share / (had.lanes[lane] + 1), -n, lane) for n, (lane, share) in enumerate(rule.shares) if lane in waiting
    ]
    return max(behind)[2] if behind else None


def _chosen(rule: Mixing, had: _Had, row: list[Traits], *, first: bool, turns: bool) -> Traits:
    """The first of the row that fits best: of the site called least, its topic goes on or changes, a first asker."""
    if turns:
        fewest = min(had.sites[site] for _, _, site, _, _ in row)
        row = [one for one in row if had.sites[one[2]] == fewest]
    runs = rule.topic_run if had.topic else 0
    best, chosen = (True, True), row[0]
    for one in row:
        _, _, _, seat, topic = one
        against = bool(runs) and (topic == had.topic) is (had.run >= runs)
        unlike = against, first and not had.first_time(seat)
        if unlike < best:
            best, chosen = unlike, one
        if best == (False, False):
            break
    return chosen
