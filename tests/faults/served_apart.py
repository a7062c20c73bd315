"""The server with a life of its own, to be killed."""

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from typing import Self

from tests.waiting import until


def free_port() -> int:
    with socket(AF_INET, SOCK_STREAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class ServedApart:
    """`doithoai serve` on a port and a folder that outlive it."""

    def __init__(self, data_dir: Path, port: int, **settings: str) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        asked = {"data_dir": str(data_dir), "port": str(port)} | settings
        self._environment = os.environ | {f"DOITHOAI_{name.upper()}": value for name, value in asked.items()}

    def __enter__(self) -> Self:
        self._log = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"], env=self._environment, stdout=self._log, stderr=self._log
        )
        until(self._answers, "the server to answer", seconds=30)
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended by itself"
        asking = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asking.request("GET", "/readyz")
            return asking.getresponse().status == 200
        except OSError:
            return False
        finally:
            asking.close()

    def kill(self) -> None:
        """No goodbye: SIGKILL."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)
