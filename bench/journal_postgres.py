"""Commits on a PostgreSQL that really syncs: one command at a time, and as many at once as come.

Run by path: .venv/bin/python bench/journal_postgres.py [COMMANDS]
"""

import asyncio
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench._report import Line, show
from live import commands as do
from live.states import DialogueState
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.database import Database
from server.store.journal import Journal
from tests.cast import DESCRIBED, MODERATOR
from tests.machines import Postgres

ALONE = int(sys.argv[1]) if len(sys.argv) > 1 else 200
TOGETHER = 10 * ALONE


class Syncing(Postgres):
    """As it is installed: every commit is on the disk."""

    def command(self) -> list[str]:
        return [word.replace("fsync=off", "fsync=on") for word in super().command()]


async def opened(rooms: Rooms) -> Room:
    room = await rooms.create("BENCH1", DESCRIBED, MODERATOR)
    assert isinstance(room, Room)
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), MODERATOR)
    return room


async def measured(url: str) -> tuple[list[float], float]:
    """Milliseconds of each command that came alone, and commands a second of those that came together."""
    database = Database(url)
    await database.migrate()
    rooms = Rooms(Journal(database, Ed25519PrivateKey.generate()), Render())
    room = await opened(rooms)

    async def ask(place: int) -> float:
        began = time.perf_counter()
        await room.handle(do.Ask(f"Câu {place}", name="Bà Sáu"), MODERATOR, f"op-{place}")
        return (time.perf_counter() - began) * 1000

    alone = [await ask(place) for place in range(ALONE)]
    began = time.perf_counter()
    await asyncio.gather(*(ask(ALONE + place) for place in range(TOGETHER)))
    rate = TOGETHER / (time.perf_counter() - began)
    await rooms.close()
    await database.close()
    return sorted(alone), rate


if __name__ == "__main__":
    postgres = Syncing().start()
    try:
        alone, rate = asyncio.run(measured(postgres.database()))
    finally:
        postgres.remove()
    show(
        "A room's commands on PostgreSQL, synchronous_commit=on",
        [
            Line("one at a time, median", median(alone), "ms", f"p99 {alone[int(len(alone) * 0.99) - 1]:.1f} ms"),
            Line(f"{TOGETHER:,} at once", rate, "/s", "-"),
        ],
    )
