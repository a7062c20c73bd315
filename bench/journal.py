"""How many commands a second become true on disk, through the whole room: decided, committed, answered.

Five hundred seats ask and withdraw as fast as they are answered; beside it the same with one command a commit, and what
the disk itself can do. Run by path: .venv/bin/python bench/journal.py [FOLDER]
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench._report import Line, share, show, spread
from live import commands as do
from live.seats import Audience, Seat
from live.states import DialogueState
from server import clock, interpreter
from server.rooms import waiting_line
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted
from server.store.database import Database
from server.store.journal import Deed, Head, Journal
from server.store.verifying import verify

SECONDS, ROUNDS, ASKERS = 4.0, 3, 500
STAFF = Seat("staff:1", Audience.MODERATOR, "Lê Thu Hà")
WORDS = "Bao giờ xã sửa đường thôn 3? Bà con đi lại rất khó khăn, nhất là mùa mưa. "


class CountedJournal(Journal):
    """Counts its commits; each is one sync of the WAL."""

    commits = 0

    async def append(self, stream_id: int, expected_n: int, batch: Sequence[Deed], at: datetime) -> Head:
        self.commits += 1
        return await super().append(stream_id, expected_n, batch, at)


@dataclass
class Run:
    """What one run did: commands, commits, seconds, and how long each command waited for its answer."""

    waits: list[float]
    commits: int
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds


def syncs(folder: str) -> list[float]:
    """Seconds of each append of 4 KB and sync: what SQLite does at its cheapest commit."""
    descriptor, taken = os.open(f"{folder}/raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND), list[float]()
    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS / 2:
        before = time.perf_counter()
        os.write(descriptor, bytes(4096))
        os.fdatasync(descriptor)
        taken.append(time.perf_counter() - before)
    os.close(descriptor)
    return taken


async def one_asker(room: Room, seat: Seat, waits: list[float], pause: float, end: float) -> None:
    """Ask, withdraw, and so on. With a pause each command is sent at its time, however late the one before was."""
    due, count = time.perf_counter() + pause * int(seat.id.removeprefix("seat-")) / ASKERS, 0
    question = 0
    while time.perf_counter() < end:
        if pause:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        begun = due if pause else time.perf_counter()
        command = do.Withdraw(question) if question else do.Ask(f"{WORDS}{seat.id} {count}")
        answer = await room.handle(command, seat, f"{seat.id}-{count}")
        assert isinstance(answer, Accepted), answer
        waits.append(time.perf_counter() - begun)
        question = answer.receipt["number"] if answer.receipt else 0
        due, count = due + pause, count + 1


async def run(folder: str, group: int, rate: float = 0.0) -> Run:
    """Five hundred askers at a fresh room, at full speed or at `rate` commands a second; checked afterwards."""
    waiting_line.GROUP = group
    database, key = Database(f"sqlite:///{folder}/{clock.epoch()}.db"), Ed25519PrivateKey.generate()
    await database.migrate()
    journal = CountedJournal(database, key)
    rooms = Rooms(journal, Render())
    notice = do.Describe("Đối thoại", "UBND xã", "Hội trường", clock.now(), "", "Ông Lý", "Cô Hoa", "", ())
    room = await rooms.create("BENCH", notice, STAFF)
    assert isinstance(room, Room)
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), STAFF)
    journal.commits, waits = 0, list[float]()
    phone, begun = Seat("", Audience.PHONE, "Y Tuấn Niê", "buôn Krông"), time.perf_counter()
    pause = ASKERS / rate if rate else 0.0
    seats = [replace(phone, id=f"seat-{place}") for place in range(ASKERS)]
    await asyncio.gather(*(one_asker(room, seat, waits, pause, begun + SECONDS) for seat in seats))
    done = Run(waits, journal.commits, time.perf_counter() - begun)
    (verdict,) = await database.read(lambda connection: verify(connection, key.public_key()))
    assert (verdict.n, verdict.flaw) == (room.n, None)
    await rooms.close()
    await database.close()
    return done


async def main() -> None:
    interpreter.started()  # as the server does
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        ones, groups, halves, syncing = list[Run](), list[Run](), list[Run](), list[float]()
        for _ in range(ROUNDS):
            syncing += syncs(folder)
            ones.append(await run(folder, 1))
            groups.append(await run(folder, 256))
            halves.append(await run(folder, 256, groups[-1].rate / 2))
            syncing += syncs(folder)
    tell(ones, groups, halves, syncing)


def tell(ones: list[Run], groups: list[Run], halves: list[Run], syncing: list[float]) -> None:
    """The targets are "at most", so the ratio is told as its inverse."""
    one, group = share([run.rate for run in ones], 50), share([run.rate for run in groups], 50)
    commands = sum(len(run.waits) for run in groups)
    waits = [wait * 1000 for run in halves for wait in run.waits]
    fifteenth = round(1000 / one / 15, 3)
    allowed = 2 * (share(syncing, 99) * 1000 + 5)
    lines = [
        Line("a command alone in its commit", 1000 / one, "ms", spread([1000 / run.rate for run in ones])),
        Line("a command among 500 askers", 1000 / group, "ms", spread([1000 / run.rate for run in groups]), fifteenth),
        Line("commits for a command", sum(run.commits for run in groups) / commands, "", "all rounds", 1 / 20),
        Line("answer at half load, p50", share(waits, 50), "ms", "all rounds"),
        Line("answer at half load, p99", share(waits, 99), "ms", "all rounds", round(allowed, 1)),
        Line("sync of 4 KB, p99", share(syncing, 99) * 1000, "ms", f"p50 {share(syncing, 50) * 1000:.2f}"),
    ]  # fmt: skip
    remark = f"{group:,.0f} commands a second among 500 askers, {one:,.0f} alone: {group / one:.1f} times."
    show("The journal through the whole room", lines, remark)


if __name__ == "__main__":
    uvloop.run(main())  # as the server does
