"""One change to 10,000 listeners: ours, its lane alone, six peers, and a C program that only writes the bytes.

Two firings for each turn. One after another: the next change when everybody has the last (changes a second, processor
time for each delivery). By the clock: a change each `PERIOD` ms whether or not the last is through (how late it comes).
Run by path: .venv/bin/python bench/fanout.py [--quick] [--pages N] [--rounds N] [--only "node,floor"]
"""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._contenders import Lane, Ours, Peer, floor, peers
from bench._cores import Watch, resident_kb
from bench._hall import prepared_evening
from bench._report import Sheet, spread
from bench._rounds import honest, options, settings_told, turns, wanted
from bench._swarm import whole

EVENTS, TIMED, WARM = 20, 10, 3
QUICK = 4
"""Events of each firing when it is only to be seen that it runs."""
PERIOD = 500.0
"""Milliseconds between changes by the clock; python-socketio needs a second for one."""
TARGET = 0.85
"""Of the floor's deliveries a second."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one contender did in one round."""

    rate: float
    cpu_us: float
    late_p50: float
    late_p99: float
    a_page_kb: float
    size: float
    measuring: float
    void: str


def turn(contender: Peer | Ours | Lane, chosen: argparse.Namespace) -> Turn:
    with contender.running() as running:
        before = resident_kb(running.pid)
        opened = running.swarm.open(chosen.pages)
        a_page = (resident_kb(running.pid) - before) / chosen.pages
        running.swarm.fire(WARM, running.go)
        watch = Watch(running.pid)
        fired = running.swarm.fire(QUICK if chosen.quick else EVENTS, running.go)
        cpu, busy = watch.cpu(), 100 * fired["cpu"] / max(fired["seconds"], 1e-9)
        timed = running.swarm.fire(QUICK if chosen.quick else TIMED, running.go, period_ms=PERIOD)
    wrong = [f"{opened['failed']} did not get in"] if opened["failed"] else []
    wrong += [why for each in (fired, timed) if (why := whole(each))]
    many = max(1, fired["delivered"])
    return Turn(
        fired["delivered"] / fired["seconds"], cpu * 1e6 / many, timed["delivery"]["p50"], timed["delivery"]["p99"],
        a_page, fired["bytes"] / many, busy, "; ".join(wrong),
    )  # fmt: skip


def told(done: dict[str, list[Turn]], chosen: argparse.Namespace) -> None:
    base = median(one.rate for one in done["floor, C"]) if "floor, C" in done else 0.0
    floor_cpu = median(one.cpu_us for one in done["floor, C"]) if "floor, C" in done else 0.0
    sheet = Sheet(
        f"One change of some 300 bytes to {chosen.pages:,} listeners, medians of {chosen.rounds}",
        "who", "deliveries/s", "spread", "of floor", "CPU us each", "x floor", "p50 ms", "p99 ms", "KB/page", "bytes",
    )  # fmt: skip
    for name, runs in sorted(done.items(), key=lambda item: -median(one.rate for one in item[1])):
        rate, cpu = median(one.rate for one in runs), median(one.cpu_us for one in runs)
        sheet.row(
            name, f"{rate:,.0f}", spread([one.rate for one in runs], "{:,.0f}".format),
            f"{rate / base:.2f}" if base else "-", f"{cpu:.1f}", f"{cpu / floor_cpu:.2f}" if floor_cpu else "-",
            f"{median(one.late_p50 for one in runs):.0f}", f"{median(one.late_p99 for one in runs):.0f}",
            f"{median(one.a_page_kb for one in runs):.1f}", f"{median(one.size for one in runs):.0f}",
        )  # fmt: skip
    void = [f"VOID {name}: {one.void}" for name, runs in done.items() for one in runs if one.void]
    busy = [one.measuring for runs in done.values() for one in runs]
    sheet.show(
        f"Target: ours at least {TARGET} of the floor, and ahead of every peer.", *_verdicts(done, base), *void,
        honest(chosen, busy), settings_told(chosen),
    )  # fmt: skip


def _verdicts(done: dict[str, list[Turn]], base: float) -> list[str]:
    """How each of ours stands to the floor and to the best peer, in words."""
    rates = {name: median(one.rate for one in runs) for name, runs in done.items()}
    others = {name: rate for name, rate in rates.items() if not name.startswith(("Đối Thoại", "floor"))}
    said = []
    for name, rate in rates.items():
        if name.startswith("Đối Thoại") and base and others:
            best = max(others, key=lambda each: others[each])
            met = rate >= TARGET * base and rate > others[best]
            said.append(f"{name}: {rate / base:.2f} of the floor, {rate / others[best]:.2f} x {best}: "
                        f"{'met' if met else 'missed'}.")  # fmt: skip
    return said


def main() -> None:
    chosen = options("Fan-out beside peers and floor.", pages=10_000, quick=500)
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=chosen.pages // 4))
        all_of_them: list[Peer | Ours | Lane] = [floor(), Ours(evening), Lane(evening), *peers()]
        contenders = wanted(all_of_them, chosen.only, lambda one: one.name)
        done: dict[str, list[Turn]] = {}
        for contender in turns(contenders, chosen.rounds):
            done.setdefault(contender.name, []).append(turn(contender, chosen))
    told(done, chosen)


if __name__ == "__main__":
    main()
