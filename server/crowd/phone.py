"""A citizen's phone: asks, supports, withdraws, and knows at the end which of its questions must be there."""

import re
from asyncio import Event
from random import Random
from time import monotonic

from live.asking import WAITING_LIMIT
from server.crowd.hearing import Heard
from server.crowd.line import Pace
from server.crowd.outbox import Op, Told
from server.crowd.page import LivePage
from server.crowd.stand import Stand

ABOUT = ("đường liên thôn", "nước sạch", "sổ đỏ", "trường học", "trạm y tế", "rác thải", "thẻ bảo hiểm", "điện yếu")
_CARD = re.compile(r'id="q-(\d+)" class="question" data-state="(\w+)"')
_SUPPORTABLE = {"approved", "queued", "on_deck"}
STALL = 20.0
"""Seconds for which a stalled phone reads nothing, then as many in which it reads."""


def words(dice: Random, run: str, marker: int) -> str:
    """A made-up question that can be told from every other."""
    return f"Xin hỏi về {dice.choice(ABOUT)}, bao giờ có kết quả? ({run}-{marker})"


class Phone(LivePage):
    """`mine` maps the numbers of its acknowledged questions to their receipts."""

    def __init__(self, stand: Stand, cookie: str, place: int, pace: Pace = Pace.STEADY) -> None:
        super().__init__(stand, cookie, place, pace)
        self.mine: dict[int, str] = {}
        self.markers: dict[int, int] = {}  # marker -> number, 0 until it is known
        self.withdrawn: set[int] = set()
        self.found_all: bool | None = None
        self.checked = Event()
        self._auditing = False
        self._own = ""

    @property
    def may_ask(self) -> bool:
        return sum(not number or number not in self.withdrawn for number in self.markers.values()) < WAITING_LIMIT

    def ask(self, due: float) -> None:
        marker = self.stand.marker()
        self.markers[marker] = 0
        text = words(self.stand.dice, self.stand.run, marker)
        self.send(Op("ask", {"text": text}, due, marker))

    def support(self, question: int, due: float) -> None:
        self.send(Op("support", {"question": question, "on": self.stand.dice.random() < 0.8}, due))

    def withdraw(self, question: int, due: float) -> None:
        self.withdrawn.add(question)
        self.send(Op("withdraw", {"question": question}, due))

    def stall(self) -> None:
        """Stop reading, as a phone under a crowd does; a dead one never starts again."""
        if self.line is not None:
            self.line.stop_reading()
        if self.pace is Pace.STALLED:
            self.stand.loop.call_later(STALL, self._wake)

    def audit(self) -> None:
        """Fetch the page whole and see whether every acknowledged question of ours is on it."""
        self._auditing, self._own = True, ""
        self.place.forget()
        self.drop(0.0, politely=True)

    def opened(self) -> None:
        super().opened()
        if self.pace in {Pace.STALLED, Pace.DEAD}:
            self.stand.loop.call_later(self.stand.dice.random() * STALL, self.stall)

    def came(self, op: Op, told: Told) -> None:
        if op.do == "ask" and op.answer is not None:
            receipt = op.answer["receipt"]
            if told is Told.DONE and receipt:
                self.mine[receipt["number"]] = receipt["code"]
                self.markers[op.marker] = receipt["number"]
            else:
                del self.markers[op.marker]

    def shown(self, heard: Heard) -> None:
        if heard.looked_at:
            return
        heard.looked_at = True
        self.stand.watch.seen(heard.markers, monotonic())
        for verb, *rest in heard.message["patches"]:
            if verb == "remove" and rest[0].startswith("q-"):
                self.stand.supportable.discard(int(rest[0][2:]))
            for number, state in _CARD.findall(rest[-1] or "") if verb not in {"remove", "move"} else ():
                (self.stand.supportable.add if state in _SUPPORTABLE else self.stand.supportable.discard)(int(number))

    def private(self, heard: Heard) -> None:
        asked = {op.marker for op in self.outbox.all.values() if op.do == "ask"}
        self.stand.faults.overheard += sum(marker not in asked for marker in set(heard.markers))
        self._own = "".join(patch[2] for patch in heard.message["patches"] if patch[:2] == ["fill", "mine"])
        if self._auditing and all(self._has(number) for number in self.mine):
            self.found_all = True
            self.checked.set()

    def missing(self) -> list[int]:
        """Acknowledged questions that the page, fetched anew, did not show with their receipts."""
        return [] if self.found_all else [number for number in self.mine if not self._has(number)]

    def _has(self, number: int) -> bool:
        return f'id="mine-{number}"' in self._own and f'"/r/{self.mine[number]}"' in self._own

    def _wake(self) -> None:
        if self.line is not None and not self.ended:
            self.line.read_on()
            self.stand.loop.call_later(STALL, self.stall)


class Screen(LivePage):
    """The hall screen, or any page of everybody: what stands on it was let through by somebody."""

    audience = "stage"

    def shown(self, heard: Heard) -> None:
        self.stand.watch.seen(heard.markers, monotonic())
