"""Twice as many commands as the room can settle: how many it still settles, and whether everybody is told.

First the most it does (as bench/journal.py: 500 seats, each sends the next when it was answered). Then an open schedule
at twice that rate, whoever waits: what finds the line full is told "busy" and comes back as a page does, after the time
it was told and a growing full jitter. In the end the schedule stops, the line empties, and every op must have been
answered, once and in the journal. Without sockets: this is the room and the disk.

Whoever asks lives in the same process as the room, and thousands who ask each second take their part of its core. So
what the room settles while overloaded is held against what it settles while as many ask somebody else beside it.
Run by path: .venv/bin/python bench/overload.py [--quick] [--rounds N]
"""

import asyncio
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from bench.journal import STAFF, WORDS, run
from live import commands as do
from live.seats import Audience, Seat
from live.states import DialogueState
from server import clock, interpreter
from server.crowd.outbox import PATIENCE, pause
from server.rooms import waiting_line
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted, Answer, Busy
from server.store.database import Database
from server.store.journal import Journal
from server.store.verifying import verify

TIMES = 2.0
SECONDS, SHORT = 4.0, 2.0
FEW = 200
"""Commands that may wait in a quick run, which is too short to fill the real line."""
WARM = 0.2
"""Share of the schedule that is not counted: the line has to fill first."""
GOODPUT = 0.9
"""Of the most, that must still be settled (P19)."""
PHONE = Seat("", Audience.PHONE, "Y Tuấn Niê", "buôn Krông")


@dataclass(slots=True)
class Flood:
    """What became of it. `tries`: seconds in which each sending got an answer; `settled`: when one was accepted."""

    offered: int = 0
    told_busy: int = 0
    tries: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    begun: float = 0.0
    seconds: float = SECONDS

    @property
    def rate(self) -> float:
        """Commands settled a second while the schedule was going on."""
        since, until = self.begun + WARM * self.seconds, self.begun + self.seconds
        return sum(since <= at < until for at in self.settled) / (until - since)


class Asked(Protocol):
    """Whoever takes commands."""

    async def handle(self, command: do.Command, seat: Seat, op: str | None = None) -> Answer: ...


class Nobody:
    """Takes everything and does nothing: what is left is the cost of asking."""

    async def handle(self, command: do.Command, seat: Seat, op: str | None = None) -> Answer:  # noqa: ARG002 - as a room's
        return Accepted(0)


async def sent(room: Asked, seat: Seat, number: int, flood: Flood, dice: Random) -> int | None:
    """One command until it is accepted: a question, or the withdrawal of the one before. The question now waiting."""
    command, op = do.Withdraw(number) if number else do.Ask(f"{WORDS}{seat.id}"), clock.token()
    attempt = 0
    while True:
        begun = time.perf_counter()
        answer = await room.handle(command, seat, op)
        flood.tries.append(time.perf_counter() - begun)
        if isinstance(answer, Busy):
            flood.told_busy += 1
            await asyncio.sleep(answer.after_ms / 1000 + pause(attempt, dice))
            attempt += 1
            continue
        assert isinstance(answer, Accepted), answer
        flood.settled.append(time.perf_counter())
        return int(answer.receipt["number"]) if answer.receipt else 0


async def flooded(room: Asked, rate: float, seconds: float) -> Flood:
    """The schedule, and then until everybody was answered."""
    free = [(replace(PHONE, id=f"seat-{place}"), 0) for place in range(int(rate * seconds) + 1)]
    flood, dice = Flood(begun=time.perf_counter(), seconds=seconds), Random(2026)  # noqa: S311 - jitter that can be repeated, no secret
    at_it: set[asyncio.Task[None]] = set()

    async def one(seat: Seat, number: int) -> None:
        free.append((seat, await sent(room, seat, number, flood, dice) or 0))

    while (now := time.perf_counter()) < flood.begun + seconds:
        for _ in range(int((now - flood.begun) * rate) - flood.offered):
            flood.offered += 1
            task = asyncio.create_task(one(*free.pop()))
            at_it.add(task)
            task.add_done_callback(at_it.discard)
        await asyncio.sleep(0.002)
    await asyncio.gather(*at_it)
    assert len(flood.settled) == flood.offered, "everybody is answered in the end"
    return flood


async def turn(folder: Path, rate: float, seconds: float) -> Flood:
    """A fresh room under that rate; its journal is checked afterwards."""
    database, key = Database(f"sqlite:///{folder}/{clock.epoch()}.db"), Ed25519PrivateKey.generate()
    await database.migrate()
    rooms = Rooms(Journal(database, key), Render())
    notice = do.Describe("Đối thoại", "UBND xã", "Hội trường", clock.now(), "", "Ông Lý", "Cô Hoa", "", ())
    room = await rooms.create("BENCH", notice, STAFF)
    assert isinstance(room, Room)
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), STAFF)
    before = room.n
    flood = await flooded(room, rate, seconds)
    (verdict,) = await database.read(lambda connection: verify(connection, key.public_key()))
    assert (verdict.n, verdict.flaw) == (room.n, None)
    assert room.n == before + flood.offered, "each command is one entry: nothing is lost, nothing is there twice"
    await rooms.close()
    await database.close()
    return flood


async def beside(folder: str, rate: float, seconds: float) -> float:
    """The most that a room settles while others ask at that rate, and not this room."""
    asking = asyncio.create_task(flooded(Nobody(), rate, seconds))
    most = (await run(folder, 256)).rate
    await asking
    return most


async def main() -> None:
    chosen = options("Twice what the room can settle.", pages=0, quick=0)
    interpreter.started()  # as the server does
    seconds = SHORT if chosen.quick else SECONDS
    room_for = waiting_line.WAITING
    most, fair, floods = list[float](), list[float](), list[Flood]()
    with TemporaryDirectory(prefix="bench-") as folder:
        for _ in range(chosen.rounds):
            waiting_line.WAITING = room_for
            most.append((await run(folder, 256)).rate)
            fair.append(await beside(folder, TIMES * most[-1], SECONDS))
            waiting_line.WAITING = FEW if chosen.quick else room_for
            floods.append(await turn(Path(folder), TIMES * most[-1], seconds))

    def line(what: str, values: list[float], unit: str, target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    ratios = [flood.rate / peak for flood, peak in zip(floods, fair, strict=True)]
    show(
        f"{TIMES:g} times the commands that the room can settle, for {seconds:g} s; medians of {chosen.rounds}",
        [
            line("the most it settles", most, "/s"),
            line("the same, while as many ask somebody else beside it", fair, "/s"),
            line("settled while overloaded", [flood.rate for flood in floods], "/s"),
            line("the one before over that", [1 / ratio for ratio in ratios], "x", round(1 / GOODPUT, 2)),
            line("tries that were told busy", [100 * flood.told_busy / len(flood.tries) for flood in floods], "%"),
            line("until a try is answered, ok or busy, p99", [share(one.tries, 99) * 1000 for one in floods], "ms"),
            line("the same, most", [max(one.tries) * 1000 for one in floods], "ms", PATIENCE * 1000),
            line(
                "from the end of the schedule to the last answer",
                [max(one.settled) - one.begun - seconds for one in floods], "s",
            ),
        ],
        f"All of {sum(one.offered for one in floods):,} commands were accepted once. A page waits {PATIENCE:g} s.",
        honest(chosen, []),
        settings_told(chosen),
    )  # fmt: skip


if __name__ == "__main__":
    uvloop.run(main())
