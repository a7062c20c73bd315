"""A whole evening at once: phones ask, support and withdraw, captions run, all drop out and come back, some are ill.

`doithoai crowd` against the real server, one core each. Its moderators approve and call; a line of partial words grows
four times a second, as while somebody speaks; one phone in a hundred reads nothing for 20 s at a time, and one in a
hundred is dead. The crowd says at the end, in words, whether anything was lost: then the run is void. Told beside its
times: what the server used, and how long its loop stood still.
Run by path: .venv/bin/python bench/evening.py [--quick] [--pages N] [--rounds N]
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import Watch, pinned, resident_kb, two_cores
from bench._house import House, free_port, house
from bench._report import Line, share, show, spread
from bench._rounds import honest, options, settings_told
from bench.resume import counted
from server.settings import Settings

SECONDS, STORM_EVERY = 60, 20
SHORT, SHORT_STORM = 12, 5
ASKS, SUPPORTS, WITHDRAWS, MODERATORS, LEADS = 50, 500, 5, 3, 4
"""A second, by the whole crowd, when there are 10,000 of them; in proportion when there are fewer."""
FULL = 10_000
SEATED = 600
"""How many have given a name and act: one address may take so many seats a minute."""
ILL = 0.01
ACK, STILL = 250.0, 50.0
"""Milliseconds that the 99th percentiles should stay below: an answer to a phone, and the loop."""
_ROW = r"/ {name}\s+(\d+)\s+([\d.–]+)\s+([\d.–]+)\s+([\d.–]+)\s+([\d.–]+)"


@dataclass(frozen=True, slots=True)
class Turn:
    """One evening. Times in ms: (p50, p99) of an answer, of a change at a phone, of coming back."""

    ack: tuple[float, float]
    delivery: tuple[float, float]
    resume: tuple[float, float]
    still: float
    memory: float
    serving: float
    measuring: float
    sql: float
    said: str
    passed: bool


def crowd(at: House, phones: int, seconds: int, storm: int) -> tuple[str, bool]:
    """An evening of its own, to its end; as `attended`."""
    part = phones / FULL
    words = {
        "phones": phones, "seated": min(SEATED, phones), "seconds": seconds, "arrivals": max(50, phones // 20),
        "asks": ASKS * part, "supports": SUPPORTS * part, "withdraws": WITHDRAWS * part, "moderators": MODERATORS,
        "leads": LEADS, "storm-every": storm, "stalled": max(1, int(phones * ILL)), "dead": max(1, int(phones * ILL)),
    }  # fmt: skip
    return attended(at, words)


def attended(at: House, words: Mapping[str, float | str]) -> tuple[str, bool]:
    """Run the crowd to its end: all it printed, and whether nothing was lost."""
    told = [
        word
        for name, value in words.items()
        for word in (f"--{name}", value if isinstance(value, str) else f"{value:g}")
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    environment |= {
        "DOITHOAI_DATA_DIR": str(at.settings.data_dir),
        "DOITHOAI_PORT": str(at.settings.port),
        "COLUMNS": "120",
    }
    ran = subprocess.run(
        [*pinned(two_cores()[1]), sys.executable, "-m", "server", "crowd", *told],
        cwd=Path(__file__).resolve().parents[1], env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.stdout + ran.stderr, ran.returncode == 0


def times(said: str, name: str) -> tuple[float, float]:
    """The median and the 99th percentile of a row of the crowd's table."""
    row = re.findall(_ROW.format(name=re.escape(name)), said)
    if not row:
        raise SystemExit(f"The crowd did not say how long '{name}' took:\n{said}")
    _, p50, _, p99, _ = row[-1]
    return (0.0 if p50 == "–" else float(p50), 0.0 if p99 == "–" else float(p99))


def turn(phones: int, *, quick: bool) -> Turn:
    with TemporaryDirectory(prefix="bench-") as folder:
        settings = Settings(data_dir=Path(folder), port=free_port())
        with house("serve", settings=settings, core=two_cores()[0], program="bench._watched") as at:
            assert at.get("/bench/speak")[0] == 200
            counted(at)
            watch = Watch(at.process.pid)
            said, passed = crowd(at, phones, *((SHORT, SHORT_STORM) if quick else (SECONDS, STORM_EVERY)))
            inside, (serving, measuring) = counted(at), watch.shares()
            memory = resident_kb(at.process.pid, "VmHWM") / 1024
    return Turn(
        times(said, "answer to phones"), times(said, "delivery"), times(said, "resume"), share(inside["late_ms"], 99),
        memory, serving, measuring, inside["sql"], said, passed,
    )  # fmt: skip


def told(turns: list[Turn], chosen: argparse.Namespace) -> None:
    def line(what: str, values: list[float], unit: str, target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    show(
        f"An evening of {chosen.pages:,} phones, {ILL:.0%} stalled and {ILL:.0%} dead; medians of {chosen.rounds}",
        [
            line("an answer to a phone, p50", [one.ack[0] for one in turns], "ms"),
            line("an answer to a phone, p99", [one.ack[1] for one in turns], "ms", ACK),
            line("a change at a phone, p50", [one.delivery[0] for one in turns], "ms"),
            line("a change at a phone, p99", [one.delivery[1] for one in turns], "ms"),
            line("coming back in a storm, p50", [one.resume[0] for one in turns], "ms"),
            line("coming back in a storm, p99", [one.resume[1] for one in turns], "ms"),
            line("loop late, p99", [one.still for one in turns], "ms", STILL),
            line("memory, at the most", [one.memory for one in turns], "MB"),
            line("the serving core, from coming in to the end", [one.serving for one in turns], "%"),
            line("SQL statements, all", [one.sql for one in turns], ""),
        ],
        *(f"VOID: the crowd says that something was lost.\n{one.said}" for one in turns if not one.passed),
        honest(chosen, [one.measuring for one in turns]),
        settings_told(chosen),
    )


def main() -> None:
    chosen = options("A whole evening at once.", pages=FULL, quick=200)
    turns = [turn(chosen.pages, quick=chosen.quick) for _ in range(chosen.rounds)]
    said = turns[-1].said
    print(said[said.rfind("\n", 0, said.rfind("trang / pages")) + 1 :])
    told(turns, chosen)
    if not all(one.passed for one in turns):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
