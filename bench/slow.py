"""One phone in fifty is ill: whether anybody else notices, and how long the loop stands still in a broadcast.

In turns, a fresh server each: all pages well; then 2 % more that are ill, half of them stalled (they stop reading) and
half dead (their TCP answers nothing at all: a filter drops what comes). All are given large changes first, so that the
ill have far more waiting than they may. Then a change each half second by the clock; late is from when it was due.
Run by path: .venv/bin/python bench/slow.py [--quick] [--pages N] [--rounds N]
"""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import Watch, kernel_kb, resident_kb, two_cores
from bench._hall import TEXT, WRITE, Evening, phones, prepared_evening, served
from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from bench._swarm import Swarm, whole
from bench.resume import counted

ILL = 0.02
EVENTS, PERIOD = 20, 500.0
LARGE, MANY = WRITE.replace(TEXT, "Dài dòng. " * 300), 40
"""A long line (the change has some 4 KB) and how many of them are written before the clock runs: 160 KB."""
BUFFER = 4096
"""Bytes that an ill page's own kernel takes in for it: the rest stays with the server."""
TARGET_RATIO, TARGET_STILL, TARGET_MEMORY = 1.1, 10.0, 64.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One round with one crowd; times in ms. `grown` and `kernel` are KB, since all pages were open."""

    p50: float
    p99: float
    still_p99: float
    still_most: float
    grown: int
    kernel: int
    measuring: float
    void: str


def fall_ill(swarm: Swarm, ill: int) -> None:
    swarm.set("rcvbuf", BUFFER)
    swarm.open(ill // 2, kind="stalled")
    swarm.open(ill - ill // 2, kind="dead")
    swarm.set("rcvbuf", 0)


def turn(evening: Evening, pages: int, ill: int) -> Turn:
    with served(evening, two_cores()[0], "bench._watched") as at, phones(at, evening) as swarm:
        opened = swarm.open(pages)
        before, kernel = resident_kb(at.process.pid), kernel_kb()
        if ill:
            fall_ill(swarm, ill)
        swarm.fire(MANY, LARGE)
        grown, kernel = resident_kb(at.process.pid) - before, kernel_kb() - kernel
        counted(at)
        watch = Watch(at.process.pid)
        fired = swarm.fire(EVENTS, WRITE, period_ms=PERIOD)
        late = counted(at)["late_ms"]
        busy = watch.shares()[1]
    void = whole(fired) or (f"{opened['failed']} did not get in" if opened["failed"] else "")
    return Turn(
        fired["delivery"]["p50"], fired["delivery"]["p99"], share(late, 99), max(late), grown, kernel, busy, void
    )


def told(healthy: list[Turn], sick: list[Turn], ill: int, chosen: argparse.Namespace) -> None:
    def line(what: str, values: list[float], unit: str, target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    ratios = [b.p99 / a.p99 for a, b in zip(healthy, sick, strict=True)]
    extra = [(b.grown - a.grown) / max(1, ill) for a, b in zip(healthy, sick, strict=True)]
    kernel = [(b.kernel - a.kernel) / max(1, ill) for a, b in zip(healthy, sick, strict=True)]
    voids = [f"VOID: {one.void}" for one in (*healthy, *sick) if one.void]
    show(
        f"{chosen.pages:,} phones and {ill} ill ones, a change each {PERIOD:.0f} ms; medians of {chosen.rounds}",
        [
            line("delivery p99 with the ill, over all well", ratios, "x", TARGET_RATIO),
            line("delivery p50, all well", [one.p50 for one in healthy], "ms"),
            line("delivery p99, all well", [one.p99 for one in healthy], "ms"),
            line("delivery p50, with the ill", [one.p50 for one in sick], "ms"),
            line("delivery p99, with the ill", [one.p99 for one in sick], "ms"),
            line("memory more for each ill page", extra, "KB", TARGET_MEMORY),
            line("kernel's memory more for each ill page", kernel, "KB"),
            line("loop late in broadcasts, p99", [one.still_p99 for one in healthy], "ms", TARGET_STILL),
            line("loop late in broadcasts, most", [one.still_most for one in healthy], "ms"),
        ],
        *voids,
        honest(chosen, [one.measuring for one in (*healthy, *sick)]),
        settings_told(chosen),
    )


def main() -> None:
    chosen = options("Does one in fifty ill hurt the others?", pages=9_000, quick=500)
    ill = max(2, int(chosen.pages * ILL))
    healthy: list[Turn] = []
    sick: list[Turn] = []
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=(chosen.pages + ill) // 4 + 1))
        for _ in range(chosen.rounds):
            healthy.append(turn(evening, chosen.pages, 0))
            sick.append(turn(evening, chosen.pages, ill))
    told(healthy, sick, ill, chosen)


if __name__ == "__main__":
    main()
