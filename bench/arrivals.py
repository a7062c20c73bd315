"""Everybody comes at once: handshakes a second, and how long one waits when 3,000 a second arrive by the clock.

Two storms for each turn: 200 at a time, the next when one is in (what the server can do, and its processor time for
each); then 3,000 a second whether or not the server keeps up (what a phone feels). Ours also says when the page is
caught up, which is more than a handshake: room, seat, its own questions, the changes.
Run by path: .venv/bin/python bench/arrivals.py [--quick] [--pages N] [--rounds N] [--only "node,floor"]
"""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._contenders import Ours, Peer, floor, peers
from bench._cores import Watch, settled
from bench._hall import prepared_evening
from bench._report import Sheet, spread
from bench._rounds import honest, options, settings_told, turns, wanted

WINDOW = 200
RATE = 3_000
"""Arrivals a second by the clock."""
SECONDS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one contender did in one round; times in ms."""

    rate: float
    cpu_us: float
    shaken_p50: float
    shaken_p99: float
    ready_p99: float
    failed: int
    measuring: float


def turn(contender: Peer | Ours, pages: int) -> Turn:
    with contender.running() as running:
        watch = Watch(running.pid)
        storm = running.swarm.open(pages, window=WINDOW)
        cpu = watch.cpu()
        running.swarm.drop()
        settled(running.pid)
        clocked = running.swarm.open(min(pages, RATE * SECONDS), rate=RATE)
    came = max(1, pages - storm["failed"])
    return Turn(
        came / storm["seconds"], cpu * 1e6 / came, clocked["shaken"]["p50"], clocked["shaken"]["p99"],
        clocked["ready"]["p99"], storm["failed"] + clocked["failed"], 100 * storm["cpu"] / storm["seconds"],
    )  # fmt: skip


def told(done: dict[str, list[Turn]], chosen: argparse.Namespace) -> None:
    sheet = Sheet(
        f"{chosen.pages:,} arrivals {WINDOW} at a time, then {RATE:,} a second; medians of {chosen.rounds}",
        "who", "handshakes/s", "spread", "CPU us each", "p50 ms", "p99 ms", "p99 spread", "ready p99 ms", "failed",
    )  # fmt: skip
    for name, runs in sorted(done.items(), key=lambda item: -median(one.rate for one in item[1])):
        sheet.row(
            name, f"{median(one.rate for one in runs):,.0f}", spread([one.rate for one in runs], "{:,.0f}".format),
            f"{median(one.cpu_us for one in runs):.0f}", f"{median(one.shaken_p50 for one in runs):.1f}",
            f"{median(one.shaken_p99 for one in runs):.1f}", spread([one.shaken_p99 for one in runs], "{:,.0f}".format),
            f"{median(one.ready_p99 for one in runs):.1f}", str(sum(one.failed for one in runs)),
        )  # fmt: skip
    sheet.show(honest(chosen, [one.measuring for runs in done.values() for one in runs]), settings_told(chosen))


def main() -> None:
    chosen = options("Arrivals beside peers and floor.", pages=9_000, quick=500)
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=chosen.pages // 4))
        all_of_them: list[Peer | Ours] = [floor(), Ours(evening), *peers()]
        contenders = wanted(all_of_them, chosen.only, lambda one: one.name)
        done: dict[str, list[Turn]] = {}
        for contender in turns(contenders, chosen.rounds):
            done.setdefault(contender.name, []).append(turn(contender, chosen.pages))
    told(done, chosen)


if __name__ == "__main__":
    main()
