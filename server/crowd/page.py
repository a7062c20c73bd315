"""A live page without a browser: it keeps its place, sends what it must, and always comes back."""

import asyncio
from time import monotonic
from typing import Any

from server.crowd.hearing import Heard, Kind
from server.crowd.line import Line, Pace
from server.crowd.outbox import Op, Outbox, Told, pause
from server.crowd.place import Place
from server.crowd.stand import Stand

QUIET, ANSWER, OPENING = 25.0, 6.0, 12.0
"""Seconds, as web/static/js/live/channel.js has them: without a word, for an answer then, for opening."""
GONE_FOR_GOOD = range(4500, 5000)


class LivePage:
    """One page of one audience. `came` gets its commands' answers."""

    audience = "phone"

    def __init__(self, stand: Stand, cookie: str, place: int, pace: Pace = Pace.STEADY) -> None:
        self.stand, self.cookie, self.number, self.pace = stand, cookie, place, pace
        self.place = Place()
        self.outbox = Outbox(stand.dice)
        self.live = False
        self.ended = False
        self.line: Line | None = None
        self._tries = 0
        self._wanted = 0.0  # when the schedule wanted this page open
        self._last = 0.0  # when anything happened last
        self._asked = False  # whether somebody is there
        self._sent_away: float | None = None  # the server goes: come back so many seconds after the line has closed
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def open(self, after: float = 0.0) -> None:
        """Come, or come back, in `after` seconds. The wait of a resume counts from the first try."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.stand.loop.call_later(after, self._begin)

    def drop(self, after: float | None = None, *, politely: bool = False) -> None:
        """Leave the line as it is and come back; in `after` seconds, or in as many as a real page would wait."""
        self._let_go(politely=politely)
        self.open(self._pause() if after is None else after)

    def end(self) -> None:
        """Leave for good."""
        self.ended = True
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
        self._let_go(politely=self.pace is Pace.STEADY)

    def send(self, op: Op) -> None:
        """Send it now, or as soon as there is a line, and again until it is answered."""
        self.stand.tally.sent[op.do] += 1
        self.outbox.put(op)
        self.stand.owing.add(self)
        if self.live:
            self._flush()

    def look(self, now: float) -> None:
        """Once a second: a dead link says nothing, so somebody must ask."""
        if self.line is None or self.pace in {Pace.STALLED, Pace.DEAD}:
            return
        quiet = now - self._last
        if not self.live and quiet > OPENING:
            self.stand.tally.failed += 1
            self.drop()
        elif self.live and self._asked and quiet > QUIET + ANSWER:
            self.stand.tally.cut_healthy += self.pace is Pace.STEADY
            self.drop(0.0)
        elif self.live and not self._asked and quiet > QUIET:
            self._asked = True
            self.line.send(b'{"ping":1}')

    def owes(self, now: float) -> bool:
        """Send again what is due; whether anything is still unanswered."""
        if self.live and self.outbox.waiting:
            self._flush(now)
        return bool(self.outbox.waiting)

    def _begin(self) -> None:
        self._timer = None
        self._wanted = self._wanted or monotonic()
        self._task = self.stand.loop.create_task(self._connect())

    async def _connect(self) -> None:
        stand = self.stand
        since = f"&since={self.place.n}&epoch={self.place.epoch}" if self.place.n >= 0 else ""
        path = f"/d/{stand.code}/live?as={self.audience}&lang=vi{since}"
        headers = {"Origin": stand.target.url, "Cookie": self.cookie}
        self._last = monotonic()
        line = self.line = Line(self, stand.target.netloc, path, headers, self.pace)
        try:
            async with asyncio.timeout(OPENING):
                await stand.loop.create_connection(
                    lambda: line, stand.target.host, stand.target.port, ssl=stand.target.tls,
                    local_addr=stand.target.source(self.number),
                )  # fmt: skip
        except (OSError, TimeoutError):
            if self.line is line:
                self.lost(0)

    def opened(self) -> None:
        self._last = monotonic()
        self.place.new_line()
        self.outbox.new_line()

    def lost(self, code: int) -> None:
        """The line is gone and nobody here wished it."""
        tally, away = self.stand.tally, self._sent_away
        self._sent_away = None
        if not self.live:
            tally.failed += 1
        elif self.pace is not Pace.STEADY:
            tally.cut_sick += 1
        elif away is None:
            tally.cut_healthy += 1
        tally.malformed += code == 1002
        self._let_go()
        if code in GONE_FOR_GOOD:
            tally.gone[code] += 1
            self.ended = True
        elif not self.ended:
            self.open(self._pause() if away is None else away)

    def heard(self, payload: bytes) -> None:
        self._last, self._asked = monotonic(), False
        heard = self.stand.hearing.of(payload)
        match heard.kind:
            case Kind.CHANGE:
                self._changed(heard)
            case Kind.SIGNAL:
                self.stand.tally.signals += 1
            case Kind.ANSWER:
                self._answered(heard.message)
            case Kind.PRIVATE:
                self.private(heard)
            case Kind.WHOLE:
                self.place.whole(heard.message["n"], heard.message["epoch"])
                self.stand.tally.wholes += 1
                self.shown(heard)
            case Kind.CAUGHT_UP:
                self._caught_up(heard.message)
            case Kind.RESYNC:
                self.place.forget()
                self.drop(0.0)
            case Kind.GO:
                soonest, latest = heard.message["go"]["after_ms"]
                self._sent_away = (soonest + self.stand.dice.random() * (latest - soonest)) / 1000
            case Kind.RELOAD | Kind.OTHER:
                pass  # a new look of the page, a pong: nothing for somebody without a screen

    def shown(self, heard: Heard) -> None:
        """The shared part of the page changed."""

    def private(self, heard: Heard) -> None:
        """The part that is this page's alone changed."""

    def came(self, op: Op, told: Told) -> None:
        """The first answer to a command."""

    def _changed(self, heard: Heard) -> None:
        message = heard.message
        self.stand.tally.changes += 1
        if not self.place.change(message["after"], message["n"]):
            self.place.forget()
            self.drop(0.0)
            return
        if self.live and self.audience == "phone" and self.pace is Pace.STEADY:
            self.stand.deliveries.arrived(heard, self._last)
        self.shown(heard)

    def _caught_up(self, message: dict[str, Any]) -> None:
        self.place.caught_up(message["caught_up"], message["epoch"])
        if self.live:
            return
        self.live, self._tries = True, 0
        self.stand.came_in(self, self._last - self._wanted)
        self._wanted = 0.0
        self._flush()

    def _flush(self, now: float | None = None) -> None:
        if self.line is None:
            return
        for op in self.outbox.to_send(monotonic() if now is None else now):
            self.stand.tally.sent_again += op.sent > 1
            self.line.send(op.words())

    def _answered(self, message: dict[str, Any]) -> None:
        told, op = self.outbox.answered(message, self._last)
        tally, faults = self.stand.tally, self.stand.faults
        match told:
            case Told.BUSY:
                tally.busy += 1
            case Told.STRAY:
                faults.strays += 1
            case Told.TWICE:
                faults.twice += 1
            case Told.OTHERWISE:
                faults.otherwise += 1
            case Told.DONE | Told.REFUSED if op is not None:
                (tally.ack if self.audience == "phone" else tally.lead).add(self._last - op.due)
                if told is Told.DONE:
                    tally.done[op.do] += 1
                    if op.do != "support":  # supports make no entry, so their number is another command's
                        self.stand.deliveries.commanded(message["n"], op.sent_at)
                else:
                    tally.refused[message["code"]] += 1
                self.came(op, told)

    def _let_go(self, *, politely: bool = False) -> None:
        if self.live:
            self.live = False
            self.stand.went(self)
        if self.line is not None:
            self.line.leave(politely=politely)
            self.line = None

    def _pause(self) -> float:
        self._tries += 1
        return pause(self._tries - 1, self.stand.dice)
