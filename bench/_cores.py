"""Cores, and what a running program has used of them. One core serves, the other asks and listens."""

import contextlib
import os
import resource
import time
from pathlib import Path

TOO_BUSY = 85
"""Percent of its core that the measuring side may use before it measures itself."""
FILES = 200_000
"""Open files that a run asks for: each page is one on either side."""


def two_cores() -> tuple[int, int]:
    """The core that serves and the core that measures; the same one where there is only one."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def pinned(core: int) -> list[str]:
    """Words before a command that give it one core, and end it when the script that started it is gone."""
    return ["setpriv", "--pdeathsig", "KILL", "taskset", "-c", str(core)]


def busy(core: int) -> tuple[int, int]:
    """Ticks that a core has worked, and all its ticks."""
    rows = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    ticks = [int(tick) for tick in next(row for row in rows if row.startswith(f"cpu{core} ")).split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def busy_with_others(seconds: float = 3.0) -> float:
    """Percent of the two cores that others take while we do nothing: the load average still tells of our own past."""
    before = [busy(core) for core in two_cores()]
    time.sleep(seconds)
    after = [busy(core) for core in two_cores()]
    return max(100 * (b[0] - a[0]) / max(1, b[1] - a[1]) for a, b in zip(before, after, strict=True))


def cpu_seconds(pid: int) -> float:
    """Processor seconds of a process with all its threads, in its own code and in the kernel for it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kb(pid: int, what: str = "VmRSS") -> int:
    """KB resident of one process, without what the kernel keeps for its sockets."""
    rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(row for row in rows if row.startswith(f"{what}:")).split()[1])


def kernel_kb() -> int:
    """KB that the kernel keeps in its own tables and for all sockets of this machine."""
    rows = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    slab = int(next(row for row in rows if row.startswith("Slab:")).split()[1])
    tcp = next(row for row in Path("/proc/net/sockstat").read_text(encoding="ascii").splitlines() if "TCP:" in row)
    return slab + int(tcp.split()[-1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def open_many_files() -> int:
    """Raise the limit of open files as far as this account may; children inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(FILES, most), max(FILES, most)))
        return max(FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


class Watch:
    """How busy the two cores were since it was made, and what one process used."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._cores = two_cores()
        self._before = [busy(core) for core in self._cores]
        self._cpu = cpu_seconds(pid)

    def cpu(self) -> float:
        return cpu_seconds(self._pid) - self._cpu

    def shares(self) -> tuple[float, float]:
        """Percent of the serving and of the measuring core that anybody used."""
        after = [busy(core) for core in self._cores]
        used = [100 * (b[0] - a[0]) / max(1, b[1] - a[1]) for a, b in zip(self._before, after, strict=True)]
        return used[0], used[1]


def settled(pid: int, patience: float = 60.0) -> None:
    """Wait until a process has hardly anything left to do, so that the next figure is of the next thing only."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        before = cpu_seconds(pid)
        time.sleep(0.5)
        if cpu_seconds(pid) - before <= 0.03:
            return
