"""The disk that does as it is told (disk.c), from the side of the test."""

import mmap
import struct
import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")


class Order(IntEnum):
    """What the disk does; the order of disk.c. What ends the process does so at the how many-th such call."""

    PEACE = 0
    BEFORE_WAL_SYNC = 1
    AFTER_WAL_SYNC = 2
    IN_WAL_WRITE = 3
    IN_FILE_WRITE = 4
    BEFORE_FILE_SYNC = 5
    SYNC_FAILS = 6
    FULL = 7
    READ_ONLY = 8


def build(folder: Path) -> Path:
    """Compile disk.c (Debian: gcc, libc6-dev); some tenths of a second."""
    library = folder / "disk.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True, timeout=60)
    return library


class Disk:
    """Orders to the disk under one folder, obeyed at once by every process that was started with `environment`."""

    def __init__(self, library: Path, folder: Path, orders: Path, trace: Path | None = None) -> None:
        orders.write_bytes(bytes(8))
        with orders.open("r+b") as file:
            self._orders = mmap.mmap(file.fileno(), 8)
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAULTS_FOLDER": str(folder),
            "FAULTS_ORDERS": str(orders),
        } | ({"FAULTS_TRACE": str(trace)} if trace else {})

    def told(self, order: Order, count: int = 1) -> None:
        self._orders[4:8] = struct.pack("i", count)
        self._orders[0:4] = struct.pack("i", order)

    def close(self) -> None:
        self._orders.close()
