"""How a measurement is told: the machine, then one small table of targets, figures and spread."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

WIDTH = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `target` is the most it should be, in the same unit; without one it is only told."""

    what: str
    figure: float
    unit: str
    spread: str
    target: float | None = None

    @property
    def verdict(self) -> str:
        if self.target is None:
            return "-"
        return "met" if self.figure <= self.target else "missed"


def show(title: str, lines: Sequence[Line], *remarks: str) -> None:
    """Print the table. A missed target is a word in it and no failure: figures depend on the machine."""
    table = Table("what", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("target", "figure", "spread"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("target is")
    for line in lines:
        target = "-" if line.target is None else f"{line.target:g} {line.unit}"
        table.add_row(line.what, target, f"{line.figure:,.4g} {line.unit}", line.spread, line.verdict)
    console = Console(highlight=False, width=WIDTH, soft_wrap=True)
    console.print(f"{title}\n{machine()}", markup=False)
    console.print(table)
    for remark in remarks:
        console.print(f"  {remark}", markup=False)


class Sheet:
    """A table of any columns, the first a name and the others figures; told with the machine above it."""

    def __init__(self, title: str, first: str, *others: str) -> None:
        self._title = title
        self._table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in others:
            self._table.add_column(heading, justify="right", no_wrap=True)

    def row(self, *cells: str) -> None:
        self._table.add_row(*cells)

    def show(self, *remarks: str) -> None:
        console = Console(highlight=False, width=WIDTH + 20, soft_wrap=True)
        console.print(f"{self._title}\n{machine()}", markup=False)
        console.print(self._table)
        for remark in remarks:
            console.print(f"  {remark}", markup=False)


def machine() -> str:
    """Processor, cores, load and Python: without them a figure says nothing."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.partition(":")[2].strip() for line in cpu.splitlines() if line.startswith("model name")]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    processor = names[0] if names else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}"


def share(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the others do not exceed (nearest rank: one that was really measured)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * percent // 100) - 1))]


def spread(values: Sequence[float], wording: Callable[[float], str] = "{:,.4g}".format) -> str:
    """From the least to the most."""
    return f"{wording(min(values))} to {wording(max(values))}"
