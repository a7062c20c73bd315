"""Everybody comes back: pages that resume where they left off, against bare handshakes.

In turns: sockets that a plain Starlette route on stock uvicorn only accepts, then as many phones with a seat that
missed `MISSED` changes and get them from the real server. Counted inside it: SQL, and how long its loop stood still.
Run by path: .venv/bin/python bench/resume.py [--quick] [--pages N] [--rounds N]
"""

import argparse
import asyncio
import gzip
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from websockets.sync.client import connect
from websockets.typing import Origin

from bench._contenders import Contender, starlette
from bench._cores import Watch, settled, two_cores
from bench._hall import LIVE, WRITE, phones, prepared_evening, served
from bench._house import House
from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from bench._swarm import Swarm, Told

MISSED = 5
WINDOW = 200
TARGET = 1.3
"""Times the processor time of a bare handshake (P8)."""
QUIET = 0.05
"""SQL statements a page that still count as none: the server's own timers ask too."""


@dataclass(slots=True)
class Found:
    """One value a round."""

    bare_us: list[float] = field(default_factory=list)
    resume_us: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    last_ms: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    measuring: list[float] = field(default_factory=list)
    failed: int = 0


def position(at: House) -> tuple[int, str]:
    """Where a page is that has just caught up: its number and epoch."""
    address = f"{at.socket_url}?as=phone&lang=vi"
    with connect(address, origin=Origin(at.url), compression=None, max_size=None) as line:
        while True:
            told = json.loads(line.recv())
            if "caught_up" in told:
                return int(told["caught_up"]), str(told["epoch"])


def counted(at: House) -> Told:
    """What the server has counted since the last time."""
    status, body = at.get("/bench/counted")
    assert status == 200
    told: Told = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    return told


def storm(pid: int, swarm: Swarm, pages: int) -> tuple[float, Told]:
    """Processor microseconds for each page, and what the swarm saw."""
    watch = Watch(pid)
    told = swarm.open(pages, window=WINDOW)
    cpu = watch.cpu() * 1e6 / pages
    return cpu, told


def bare(running: Contender, found: Found, pages: int) -> None:
    cpu, told = storm(running.pid, running.swarm, pages)
    found.bare_us.append(cpu)
    found.failed += told["failed"]


def resumed(at: House, swarm: Swarm, found: Found, pages: int) -> None:
    counted(at)
    cpu, told = storm(at.process.pid, swarm, pages)
    inside = counted(at)
    found.resume_us.append(cpu)
    found.failed += told["failed"]
    found.rate.append((pages - told["failed"]) / told["seconds"])
    found.last_ms.append(told["seconds"] * 1000)
    found.sql.append(inside["sql"] / pages)
    found.late_ms.append(share(inside["late_ms"], 99))
    found.measuring.append(100 * told["cpu"] / told["seconds"])
    swarm.drop()
    settled(at.process.pid)


def told(found: Found, chosen: argparse.Namespace) -> None:
    ratios = [resume / bare for resume, bare in zip(found.resume_us, found.bare_us, strict=True)]

    def line(what: str, values: list[float], unit: str, target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    show(
        f"{chosen.pages:,} phones with a seat resume, each {MISSED} changes behind; medians of {chosen.rounds}",
        [
            line("processor, a resume over a bare handshake", ratios, "x", TARGET),
            line("processor, a bare handshake", found.bare_us, "us"),
            line("processor, a resume", found.resume_us, "us"),
            line("SQL statements for each resume", found.sql, "", QUIET),
            line("until the last of them is caught up", found.last_ms, "ms"),
            line("resumes a second, 1,500 wanted", found.rate, "/s"),
            line("loop late during the storm, p99", found.late_ms, "ms"),
        ],
        f"{found.failed} did not get in." if found.failed else "Everybody got in.",
        honest(chosen, found.measuring),
        settings_told(chosen),
    )


def main() -> None:
    chosen = options("Resumes against bare handshakes.", pages=9_000, quick=500)
    found = Found()
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=chosen.pages // 4))
        with served(evening, two_cores()[0], "bench._watched") as at, phones(at, evening) as swarm:
            n, epoch = position(at)
            swarm.open(1)
            swarm.fire(MISSED, WRITE)
            swarm.drop()
            swarm.set("path", f"{LIVE}?as=phone&lang=vi&since={n}&epoch={epoch}")
            for _ in range(chosen.rounds):
                with starlette().running() as running:
                    bare(running, found, chosen.pages)
                resumed(at, swarm, found, chosen.pages)
    told(found, chosen)


if __name__ == "__main__":
    main()
