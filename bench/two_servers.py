"""Two servers of one dialogue on PostgreSQL and Redis: how much later the phones of the other one hear.

A secretary on the first server writes a line by the clock; a phone on each server gets the change. What is told is the
time between the two, which is what the second server adds: a wake through Redis, and its own views and drawing. Then
Redis is stopped for good, and PostgreSQL alone must carry the news, late but whole. A phone that misses a change, or
gets one twice, voids the run. PostgreSQL does not sync here: both phones wait for the same commit.
Run by path: .venv/bin/python bench/two_servers.py [--quick] [--rounds N]
"""

import asyncio
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import two_cores
from bench._crowd import Socket
from bench._hall import furnished
from bench._house import House, free_port, house
from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from server import clock
from server.settings import Settings
from tests.machines import Postgres, Redis

PERIOD = 0.1
"""Seconds between two lines; ten secretaries write in turn, each at most twenty in ten seconds."""
LINES, LINES_WITHOUT = 300, 30
TARGET = 5.0
"""Milliseconds, 99th percentile."""


@dataclass(slots=True)
class Heard:
    """When each line was first seen on the phone of one server."""

    at: dict[str, float] = field(default_factory=dict)

    def __call__(self, at: float, text: str) -> None:
        for number in re.findall(r"dòng đo số (\d+)", text):
            self.at.setdefault(number, at)


@dataclass(frozen=True, slots=True)
class Turn:
    """Milliseconds later than on the first server, line by line; and from due to the first server's phone."""

    extra: list[float]
    without: list[float]
    first: list[float]


async def written(secretaries: list[Socket], begin: int, lines: int) -> dict[str, float]:
    """Lines by the clock; when each was due."""
    due: dict[str, float] = {}
    begun = time.time() + 0.2
    for number in range(begin, begin + lines):
        due[str(number)] = begun + (number - begin) * PERIOD
        await asyncio.sleep(due[str(number)] - time.time())
        await secretaries[number % len(secretaries)].send("write_line", text=f"Xã ghi nhận, dòng đo số {number}.")
    return due


async def evening(first: House, second: House, sessions: list[str], redis: Redis, lines: int) -> Turn:
    here, there = Heard(), Heard()
    secretaries = [await Socket.open(first, "secretary", session) for session in sessions]
    phones = [await Socket.open(first, "phone", seen=here), await Socket.open(second, "phone", seen=there)]
    due = await written(secretaries, 0, lines)
    await asyncio.sleep(2)
    redis.stop()
    late = await written(secretaries, lines, min(lines, LINES_WITHOUT))
    await asyncio.sleep(3)
    await asyncio.gather(*(socket.close() for socket in (*secretaries, *phones)))
    if lost := (due.keys() | late.keys()) - (here.at.keys() & there.at.keys()):
        raise SystemExit(f"{len(lost)} lines did not reach both phones: the run is void.")
    return Turn(
        [(there.at[key] - here.at[key]) * 1000 for key in due],
        [(there.at[key] - here.at[key]) * 1000 for key in late],
        [(here.at[key] - at) * 1000 for key, at in due.items()],
    )


def turn(folder: Path, postgres: Postgres, lines: int) -> Turn:
    redis = Redis().start()
    shared: dict[str, Any] = {
        "database_url": postgres.database(), "redis_url": redis.url, "secret": clock.secret() + clock.secret(),
        "signing_key": folder / "signing.key", "data_dir": folder,
    }  # fmt: skip
    try:
        settings = [Settings(port=free_port(), sound=sound, **shared) for sound in (True, False)]
        sessions, _ = asyncio.run(furnished(settings[0], 0))
        one, other = two_cores()
        with house("serve", settings=settings[0], core=one) as a, house("serve", settings=settings[1], core=other) as b:
            return asyncio.run(evening(a, b, sessions, redis, lines))
    finally:
        redis.remove()


def main() -> None:
    chosen = options("Two servers of one dialogue.", pages=2, quick=2)
    lines = LINES // 10 if chosen.quick else LINES
    postgres = Postgres()
    postgres.start()
    runs = []
    try:
        for _ in range(chosen.rounds):
            with TemporaryDirectory(prefix="bench-") as folder:
                runs.append(turn(Path(folder), postgres, lines))
    finally:
        postgres.remove()

    def line(what: str, values: list[float], target: float | None = None) -> Line:
        return Line(what, median(values), "ms", spread(values), target)

    show(
        f"Two servers, PostgreSQL and Redis, a core each; {lines} lines a round, medians of {chosen.rounds}",
        [
            line("later on the other server, p50", [share(run.extra, 50) for run in runs]),
            line("later on the other server, p99", [share(run.extra, 99) for run in runs], TARGET),
            line("later on the other server, most", [max(run.extra) for run in runs]),
            line("later without Redis, p50", [share(run.without, 50) for run in runs]),
            line("later without Redis, most", [max(run.without) for run in runs]),
            line("from due to the first server's phone, p50", [share(run.first, 50) for run in runs]),
            line("from due to the first server's phone, p99", [share(run.first, 99) for run in runs]),
        ],
        honest(chosen, []),
        settings_told(chosen),
    )


if __name__ == "__main__":
    main()
