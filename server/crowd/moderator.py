"""A moderator of the crowd: reads what comes in, approves, orders, calls and settles, with the page's own commands."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic
from typing import Any

from server.crowd.hearing import Heard, Kind
from server.crowd.outbox import Op, Told
from server.crowd.page import LivePage
from server.crowd.stand import Stand

_CARD = re.compile(r'<li id="(q-\d+)"[^>]*data-card="(\d+)" data-state="(\w+)"(.*?)(?=<li id="q-|\Z)', re.DOTALL)
_ON_STAGE = re.compile(r'data-number="(\d*)"')
_PUBLIC = {"approved", "queued", "on_deck", "on_stage", "answered", "partly_answered", "written_due", "forwarded_up"}
_AGENCY = "Sở Thử Tải"
_UNFIT = 0.05
"""The share of questions that are declined: their text must never be seen by others."""


@dataclass(slots=True)
class _Seen:
    """A card as the page shows it; `region` is the list it stands in."""

    number: int
    state: str
    marker: int
    region: str


class Moderator(LivePage):
    """Keeps the lists of its page as the patches say, and does the next sensible thing when told to."""

    audience = "moderator"

    def __init__(self, stand: Stand, cookie: str, place: int) -> None:
        super().__init__(stand, cookie, place)
        stand.watch.blind = False
        self.cards: dict[str, _Seen] = {}
        self.on_stage: int | None = None
        self._marker = re.compile(rf"{stand.run}-(\d+)")
        self._touched: set[int] = set()  # decided here, and the page does not show it yet

    def act(self, due: float) -> bool:
        """One act, as somebody at the desk would choose; False when there is nothing to do."""
        op = self._next(due)
        if op is not None:
            self.send(op)
        return op is not None

    def command(self, do: str, due: float, **fields: Any) -> Op:
        op = Op(do, fields, due)
        self.send(op)
        return op

    def _next(self, due: float) -> Op | None:
        dice = self.stand.dice
        reading = [card for card in self._in("review") if card.marker and card.number not in self._touched]
        queue = self._in("queue")
        choices: list[Op] = []
        if reading:
            choices += [self._decision(reading[0], due)] * 3
        if self.on_stage is not None:
            choices.append(self._outcome(self.on_stage, due))
        elif queue or self._in("deck"):
            choices.append(Op("call_next", {"expect_current": None}, due))
        if len(queue) > 1 and dice.random() < 0.5:
            moved, before = dice.sample(queue, 2)
            choices.append(Op("place", {"question": moved.number, "before": before.number}, due))
        return dice.choice(choices) if choices else None

    def send(self, op: Op) -> None:
        if op.do in {"approve", "refuse"}:
            self._touched.add(op.fields["question"])
        if op.do == "approve":
            self.stand.watch.let(op.marker, monotonic())
        super().send(op)

    def came(self, op: Op, told: Told) -> None:
        if told is Told.REFUSED:
            self._touched.discard(op.fields.get("question", 0))

    def shown(self, heard: Heard) -> None:
        if heard.kind is Kind.WHOLE:
            self.cards.clear()
        for verb, *rest in heard.message["patches"]:
            self._apply(verb, rest)

    def _decision(self, card: _Seen, due: float) -> Op:
        if self.stand.dice.random() < _UNFIT:
            sentence = "Câu hỏi thử, không đưa lên màn hình."
            fields = {"question": card.number, "reason": "no_question", "sentence": sentence}
            return Op("refuse", fields, due, card.marker)
        return Op("approve", {"question": card.number}, due, card.marker)

    def _outcome(self, number: int, due: float) -> Op:
        outcome, more = self.stand.dice.choice([
            ("answered", {}), ("answered", {}), ("partly_answered", {}), ("forwarded_up", {"agency": _AGENCY}),
            ("written_due", {"agency": _AGENCY, "due": (date.today() + timedelta(days=30)).isoformat()}),  # noqa: DTZ011 - any day ahead will do
        ])  # fmt: skip
        return Op("give_outcome", {"question": number, "outcome": outcome, **more}, due)

    def _in(self, region: str) -> list[_Seen]:
        return [card for card in self.cards.values() if card.region == region]

    def _apply(self, verb: str, rest: list[Any]) -> None:
        if verb == "remove":
            self.cards.pop(rest[0], None)
        elif verb == "move":
            if rest[0] in self.cards:
                self.cards[rest[0]].region = rest[1]
        elif rest[0] in {"stage", "stage-place"}:
            found = _ON_STAGE.search(rest[1])
            self.on_stage = int(found[1]) if found and found[1] else None
        else:
            self._draw(verb, rest[0], rest[1])

    def _draw(self, verb: str, place: str, html: str) -> None:
        """Take in cards: into a region, before a card, or instead of one."""
        if verb == "fill":
            self.cards = {key: card for key, card in self.cards.items() if card.region != place}
        beside = self.cards.get(place)
        region = beside.region if verb in {"before", "replace"} and beside is not None else place
        for key, number, state, inside in _CARD.findall(html):
            found = self._marker.search(inside)
            self.cards[key] = _Seen(int(number), state, int(found[1]) if found else 0, region)
            if found and state in _PUBLIC:
                self.stand.watch.public(int(found[1]))
