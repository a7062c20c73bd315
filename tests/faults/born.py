"""Servers born from a cradle, on a port and a folder that outlive them, to be killed by the dozen."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

from tests.faults.disk import Disk
from tests.faults.served_apart import free_port
from tests.waiting import until

ROOT = Path(__file__).parents[2]


class Cradle:
    """Give birth with `born()`; use it with `with`."""

    def __init__(
        self, data_dir: Path, disk: Disk | None = None, breaks: Sequence[str] = ("unlimited",), **settings: str
    ) -> None:
        self.data_dir, self.disk, self.breaks = data_dir, disk, breaks
        self.port = free_port()
        given = {"data_dir": str(data_dir), "port": str(self.port), "log_level": "error"} | settings
        self._environment = {f"DOITHOAI_{name.upper()}": value for name, value in given.items()}
        self.url = f"http://127.0.0.1:{self.port}"
        self.pid: int | None = None

    def __enter__(self) -> Self:
        given = os.environ | (self.disk.environment if self.disk else {})
        words = [sys.executable, "-m", "tests.faults.cradle"]
        pipe = subprocess.PIPE
        self._cradle = subprocess.Popen(words, cwd=ROOT, env=given, text=True, stdin=pipe, stdout=pipe)
        assert self._said() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._cradle.communicate(timeout=10)

    def _said(self) -> str:
        assert self._cradle.stdout is not None
        return self._cradle.stdout.readline().strip()

    def born(self, moment: str = "", count: int = 1) -> None:
        """A new server, ready to answer, which will end by itself at the moment, if one is named."""
        order = {"environment": self._environment, "moment": moment, "count": count, "breaks": [*self.breaks]}
        assert self._cradle.stdin is not None
        self._cradle.stdin.write(json.dumps(order) + "\n")
        self._cradle.stdin.flush()
        self.pid = int(self._said())
        until(self._answers, "the server to answer", seconds=30)

    def _answers(self) -> bool:
        assert self.lives, "the server ended by itself"
        asking = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asking.request("GET", "/readyz")
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()

    @property
    def lives(self) -> bool:
        if self.pid is None:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """SIGKILL, unless it has ended already; the next may be born when this returns."""
        if self.pid is not None and self.lives:
            os.kill(self.pid, signal.SIGKILL)
        self.gone()

    def gone(self) -> None:
        """Wait for its end."""
        until(lambda: not self.lives, "the server to end", seconds=20)
        self.pid = None
