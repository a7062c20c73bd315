"""Resident memory of the server that holds the demo: idle, after its pages were opened, and for each phone connected.

A recogniser is a child of the server and comes on top, with its model; so does what the kernel keeps for a socket.
Run by path: .venv/bin/python bench/memory.py
"""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._crowd import Socket
from bench._house import CODE, House, house
from bench._report import Line, show, spread

PHONES = 200
STARTS = 3
IDLE = 150.0
"""Target in MB."""
PUBLIC = ("/", f"/d/{CODE}", f"/d/{CODE}/notice", "/d/DAXONG/record", "/commitments", "/sign-in")
REST = 3.0
"""Seconds that a server may take to settle after work."""


@dataclass(frozen=True, slots=True)
class Memory:
    """MB resident at each stage, KB for each phone, and the most that it ever had."""

    idle: float
    opened: float
    a_phone: float
    peak: float


def resident(at: House, what: str = "VmRSS") -> float:
    """MB of the server process alone."""
    status = Path(f"/proc/{at.process.pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in status if line.startswith(f"{what}:")).split()[1]) / 1024


async def with_phones(at: House) -> float:
    """MB resident with all phones connected and caught up."""
    phones = [await Socket.open(at, "phone") for _ in range(PHONES)]
    await asyncio.sleep(REST)
    there = resident(at)
    await asyncio.gather(*(phone.close() for phone in phones))
    return there


async def measured() -> Memory:
    with house() as at:
        await asyncio.sleep(REST)
        idle = resident(at)
        for path in PUBLIC:
            status, _ = at.get(path)
            assert status == 200, path
        one = await Socket.open(at, "phone")  # the first phone brings what all others share
        await asyncio.sleep(REST)
        opened = resident(at)
        full = await with_phones(at)
        await one.close()
        return Memory(idle, opened, (full - opened) * 1024 / PHONES, resident(at, "VmHWM"))


def main() -> None:
    runs = [asyncio.run(measured()) for _ in range(STARTS)]

    def line(what: str, unit: str, values: list[float], target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    show(
        f"Memory of the server with the demo, {STARTS} fresh starts, medians; the recogniser apart",
        [
            line("idle, just started (and seeded)", "MB", [run.idle for run in runs], IDLE),
            line("idle, its public pages opened", "MB", [run.opened for run in runs], IDLE),
            line(f"each of {PHONES} phones", "KB", [run.a_phone for run in runs]),
            line(f"the most ever, {PHONES} phones", "MB", [run.peak for run in runs]),
        ],
    )


if __name__ == "__main__":
    main()
