"""How many deeds a second the journal takes, beside how often the same disk can sync at all.

An acknowledged deed is on disk, so one deed a commit cannot be faster than the disk syncs; a group shares one sync.
Run by path: .venv/bin/python bench/journal.py
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live.entries import Entry, QuestionReceived
from live.states import Channel
from live.texts import NOTHING, Sealed
from server import clock
from server.store.database import Database
from server.store.journal import Deed, Journal
from server.store.verifying import verify

SECONDS = 2.0
ROUNDS = 3
START = datetime(2026, 3, 12, tzinfo=UTC)
TEXT = "Đường thôn 3 ngập mỗi khi mưa to; bao giờ xã sửa cống và ai chịu trách nhiệm? " * 2


def deed(n: int) -> Deed:
    """One question of an invented person, as entry `n`."""
    fact = QuestionReceived(
        question=n, seat="seat", entered_by="", channel=Channel.ONLINE, name=Sealed("Bà Mận"),
        locality=Sealed("thôn 3"), publish_name=True, text=Sealed(TEXT), topic=NOTHING,
        receipt=Sealed(f"{clock.token()}-{n}"),
    )  # fmt: skip
    return Deed("seat", f"op-{n}", bytes(32), [Entry(n, START + timedelta(seconds=n), "seat", fact)], [], {"n": n})


def syncs_a_second(folder: str) -> float:
    """Append 4 KB and wait until it is on disk, over and over: what SQLite does at its cheapest commit."""
    descriptor = os.open(f"{folder}/raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        os.write(descriptor, bytes(4096))
        os.fdatasync(descriptor)
        count += 1
    os.close(descriptor)
    return count / (time.perf_counter() - begun)


async def deeds_a_second(folder: str, group: int) -> tuple[float, float]:
    """Deeds a second in commits of `group`, and commits a second. Checks afterwards that all of them are there."""
    database, key = Database(f"sqlite:///{folder}/{group}-{clock.epoch()}.db"), Ed25519PrivateKey.generate()
    await database.migrate()
    journal = Journal(database, key)
    stream, n = await journal.create("BENCH", at=START), 0
    begun = time.perf_counter()
    while (taken := time.perf_counter() - begun) < SECONDS:
        await journal.append(stream.id, n, [deed(n + i) for i in range(1, group + 1)], START)
        n += group
    (verdict,) = await database.read(lambda connection: verify(connection, key.public_key()))
    assert (verdict.n, verdict.flaw) == (n, None)
    await database.close()
    return n / taken, n / group / taken


async def main() -> None:
    measured: dict[str, list[float]] = {"sync": [], "one": [], "group": [], "groups": []}
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        for _ in range(ROUNDS):
            measured["sync"].append(syncs_a_second(folder))
            measured["one"].append((await deeds_a_second(folder, 1))[0])
            deeds, commits = await deeds_a_second(folder, 64)
            measured["group"].append(deeds)
            measured["groups"].append(commits)
    sync, one, group, groups = (statistics.median(values) for values in measured.values())
    print(f"raw fdatasync of 4 KB        {sync:10,.0f} a second")
    print(f"one deed a commit            {one:10,.0f} deeds a second, {one / sync:.2f} of the raw syncs")
    print(f"64 deeds a commit            {group:10,.0f} deeds a second, {group / one:.1f} times one a commit")
    print(f"commits of 64                {groups:10,.0f} a second, {groups / sync:.2f} of the raw syncs")


if __name__ == "__main__":
    asyncio.run(main())
