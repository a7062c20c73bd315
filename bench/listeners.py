"""What an idle listener costs: resident memory, the kernel's share, and processor time while nothing happens.

10,000 pages open on ours and on each peer in turn. They only answer pings. The kernel's share is this machine's slab
and TCP memory before and after, for both ends of each socket; half of it is told. Resident memory is as the system sees
it: nobody is asked to collect or trim first, so what an arrival leaves behind counts too.
Run by path: .venv/bin/python bench/listeners.py [--quick] [--pages N] [--rounds N] [--only "node,đối"]
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
from bench._cores import Watch, kernel_kb, resident_kb, settled
from bench._hall import prepared_evening
from bench._report import Sheet, spread
from bench._rounds import honest, options, settings_told, turns, wanted

IDLE = 45.0
"""Seconds of doing nothing: two rounds of pings, whatever their period."""
TARGET_KB, TARGET_CPU = 20.0, 4.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One contender once: KB for each page, and percent of the core while idle."""

    a_page: float
    kernel: float
    idle: float
    lost: int


def turn(contender: Peer | Ours, pages: int, seconds: float) -> Turn:
    with contender.running() as running:
        running.swarm.open(1)  # the first page brings what all others share
        settled(running.pid)
        before, kernel = resident_kb(running.pid), kernel_kb()
        opened = running.swarm.open(pages)
        settled(running.pid)
        grown, kernel = resident_kb(running.pid) - before, kernel_kb() - kernel
        watch = Watch(running.pid)
        rested = running.swarm.rest(seconds)
        idle = 100 * watch.cpu() / seconds
    return Turn(grown / pages, kernel / pages / 2, idle, opened["failed"] + rested["lost"])


def told(done: dict[str, list[Turn]], chosen: argparse.Namespace, seconds: float) -> None:
    sheet = Sheet(
        f"{chosen.pages:,} idle listeners, {seconds:.0f} s of rest; medians of {chosen.rounds}",
        "who", "KB each", "spread", "kernel's KB", "idle % of a core", "spread", "lost",
    )  # fmt: skip
    for name, runs in sorted(done.items(), key=lambda item: median(one.a_page for one in item[1])):
        sheet.row(
            name, f"{median(one.a_page for one in runs):.1f}", spread([one.a_page for one in runs], "{:.1f}".format),
            f"{median(one.kernel for one in runs):.1f}", f"{median(one.idle for one in runs):.1f}",
            spread([one.idle for one in runs], "{:.1f}".format), str(sum(one.lost for one in runs)),
        )  # fmt: skip
    sheet.show(
        f"Targets: ours at most {TARGET_KB:.0f} KB each and {TARGET_CPU:.0f} % of a core.",
        honest(chosen, []), settings_told(chosen),
    )  # fmt: skip


def main() -> None:
    chosen = options("Memory and processor of idle listeners.", pages=10_000, quick=500)
    chosen.rounds = min(chosen.rounds, 3)
    seconds = 5.0 if chosen.quick else IDLE
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=chosen.pages // 4 + 1))
        all_of_them: list[Peer | Ours] = [floor(), Ours(evening), *peers()]
        contenders = wanted(all_of_them, chosen.only, lambda one: one.name)
        done: dict[str, list[Turn]] = {}
        for contender in turns(contenders, chosen.rounds):
            done.setdefault(contender.name, []).append(turn(contender, chosen.pages, seconds))
    told(done, chosen, seconds)


if __name__ == "__main__":
    main()
