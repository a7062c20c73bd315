"""One server for many crowds, one after another: what each leaves behind when it has gone.

Phones come in, ask a little, support, drop out all at once and come back, some read nothing, some die; then all go, and
the server is looked at while nobody is there: memory, open files, threads, tasks, and how late its loop was. Minutes,
not the hours of a real soak: a leak of one file or task for each crowd shows all the same, a slower one does not.
Run by path: .venv/bin/python bench/soak.py [--quick] [--pages N] [--rounds N], a round being one crowd.
"""

import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import Watch, resident_kb, two_cores
from bench._house import CODE, House, house
from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from bench.evening import attended
from bench.resume import counted

SECONDS, STORM_EVERY = 45, 8
SHORT, SHORT_STORM = 8, 3
WARM = 2
"""Crowds before those that count: caches fill, and whatever is opened once is opened."""
GONE = 90.0
"""Seconds for the last of a crowd to be gone: the dead ones are found by the second round of pings."""
LOOKS = 5
SEATED, ASKS, SUPPORTS, ILL = 200, 0.5, 40.0, 0.01
MOST_GROWTH = 1.0
"""MB that a crowd may leave behind, its questions and seats included."""


@dataclass(frozen=True, slots=True)
class Left:
    """The server when a crowd has gone. Memory in MB, the loop's lateness in ms while the crowd was there."""

    memory: float
    files: int
    threads: int
    tasks: int
    drawn: int
    late: float
    passed: bool
    said: str


def files(at: House) -> list[str]:
    """What every open file of the server is."""
    found = list[str]()
    for file in Path(f"/proc/{at.process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since
            found.append(str(file.readlink()))
    return found


def lines(at: House) -> int:
    return sum(file.startswith("socket:") for file in files(at))


def tasks(at: House) -> int:
    """Tasks of the server's loop at its quietest: some live for a second, now and then."""
    looks = list[int]()
    for _ in range(LOOKS):
        looks.append(int(counted(at)["tasks"]))
        time.sleep(1.0)
    return min(looks)


def crowd(at: House, phones: int, before: int, *, quick: bool) -> Left:
    ill = max(1, int(phones * ILL))
    said, passed = attended(
        at,
        {
            "code": CODE, "phones": phones, "seated": min(SEATED, phones), "seconds": SHORT if quick else SECONDS,
            "arrivals": max(50, phones // 5), "asks": ASKS, "supports": SUPPORTS, "withdraws": ASKS,
            "storm-every": SHORT_STORM if quick else STORM_EVERY, "stalled": ill, "dead": ill,
        },
    )  # fmt: skip
    inside, until = counted(at), time.monotonic() + GONE
    while lines(at) > before and time.monotonic() < until:
        time.sleep(0.5)
    process, late = at.process.pid, share(inside["late_ms"], 99)
    threads = len(list(Path(f"/proc/{process}/task").iterdir()))
    quiet, drawn = tasks(at), int(counted(at)["drawn"])
    return Left(resident_kb(process) / 1024, len(files(at)), threads, quiet, drawn, late, passed, said)


def main() -> None:
    chosen = options("One server for many crowds.", pages=1_000, quick=60)
    crowds = WARM + max(2, chosen.rounds)
    with house("demo", core=two_cores()[0], program="bench._watched") as at:
        counted(at)
        before, watch = lines(at), Watch(at.process.pid)
        left = [crowd(at, chosen.pages, before, quick=chosen.quick) for _ in range(crowds)]
        measuring = watch.shares()[1]
    kept = left[WARM:]
    growth = linear_regression(range(len(kept)), [one.memory for one in kept]).slope
    show(
        f"{crowds} crowds of {chosen.pages:,} phones, one after another; the last {len(kept)} count",
        [
            Line("memory left by each crowd", growth, "MB", spread([one.memory for one in kept]), MOST_GROWTH),
            *(
                Line(f"{name} more than after the first counted", last - first, "", spread(values), 0)
                for name, values in {
                    "open files": [one.files for one in kept], "threads": [one.threads for one in kept],
                    "tasks": [one.tasks for one in kept],
                }.items()
                for first, last in [(values[0], values[-1])]
            ),
            Line("drawn things kept, in the end (20,000 at the most)", kept[-1].drawn, "",
                 spread([float(one.drawn) for one in kept])),
            Line("loop late while they were there, p99", median(one.late for one in kept), "ms",
                 spread([one.late for one in kept])),
        ],
        *(f"VOID: a crowd says that something was lost.\n{one.said}" for one in left if not one.passed),
        honest(chosen, [measuring]),
        settings_told(chosen),
    )  # fmt: skip
    if not all(one.passed for one in left):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
