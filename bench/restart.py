"""The server is killed (SIGKILL) and started again at once: how long until the first page is back, and all the others.

Phones are open when it dies. The clock runs from the kill to the first page that has resumed where it was, trying each
20 ms as no real phone does, and then to the last of all. systemd adds its RestartSec, 0.1 s.
Run by path: .venv/bin/python bench/restart.py [--quick] [--pages N] [--rounds N]
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Origin

from bench._cores import resident_kb, two_cores
from bench._hall import LIVE, WRITE, Evening, phones, prepared_evening
from bench._house import free_port, house
from bench._report import Line, show, spread
from bench._rounds import honest, options, settings_told
from bench.resume import counted, position
from server.settings import Settings

TARGET = 2.0
"""Seconds to the first resumed page (P12)."""
WRITTEN = 10
"""Lines written before the kill: the phones have them, the journal must have them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds from the kill; MB of the server that came back, and its SQL statements for each page since it began."""

    first: float
    everybody: float
    memory: float
    sql: float
    failed: int


def resumed(url: str, since: str) -> None:
    """Try until one page is caught up where it was."""
    address = url.replace("http", "ws", 1) + f"{LIVE}?as=phone&lang=vi{since}"
    while True:
        with (
            contextlib.suppress(OSError, InvalidHandshake, EOFError),
            connect(address, origin=Origin(url), compression=None, max_size=None, open_timeout=1) as line,
        ):
            while '"caught_up"' not in str(line.recv()):
                pass
            return
        time.sleep(0.02)


def turn(evening: Evening, folder: Path, pages: int) -> Turn:
    data = folder / "killed"
    shutil.copytree(evening.folder, data)
    settings, core = Settings(data_dir=data, port=free_port()), two_cores()[0]
    with house("serve", settings=settings, core=core) as at, phones(at, evening) as swarm:
        swarm.open(pages)
        swarm.fire(WRITTEN, WRITE)
        n, epoch = position(at)
        os.kill(at.process.pid, signal.SIGKILL)
        killed = time.monotonic()
        at.process.wait()
        swarm.drop()
        with house("serve", settings=settings, core=core, wait=False, program="bench._watched") as again:
            since = f"&since={n}&epoch={epoch}"
            resumed(at.url, since)
            first = time.monotonic() - killed
            swarm.set("path", f"{LIVE}?as=phone&lang=vi{since}")
            opened = swarm.open(pages)
            everybody = time.monotonic() - killed
            sql = counted(again)["sql"] / pages
            found, _ = position(again)
            memory = resident_kb(again.process.pid) / 1024
    shutil.rmtree(data)
    assert found == n, "what was written before the kill is there"
    return Turn(first, everybody, memory, sql, opened["failed"])


def main() -> None:
    chosen = options("Kill and come back.", pages=2_000, quick=200)
    with TemporaryDirectory(prefix="bench-") as folder:
        evening = asyncio.run(prepared_evening(Path(folder), seated=chosen.pages // 4 + 1))
        runs = [turn(evening, Path(folder), chosen.pages) for _ in range(chosen.rounds)]

    def line(what: str, values: list[float], unit: str, target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    show(
        f"SIGKILL with {chosen.pages:,} phones open, started again at once; medians of {chosen.rounds}",
        [
            line("to the first resumed page", [one.first for one in runs], "s", TARGET),
            line(f"to the last of {chosen.pages:,}", [one.everybody for one in runs], "s"),
            line("SQL statements for each page, the start with it", [one.sql for one in runs], ""),
            line("memory of the server that came back", [one.memory for one in runs], "MB"),
        ],
        f"{sum(one.failed for one in runs)} pages did not get back in.",
        honest(chosen, []),
        settings_told(chosen),
    )


if __name__ == "__main__":
    main()
