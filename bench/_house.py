"""The house that is measured: the real server as a process of its own, with the demo's dialogues in a fresh folder."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from tempfile import TemporaryDirectory

from bench._cores import pinned
from server import clock, keys
from server.cli.environment import database
from server.demo.seed import RUNNING, seed
from server.settings import Settings
from server.store.journal import Journal
from server.store.people import Joining, People

CODE = RUNNING
ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds for a server to answer on a busy machine."""


def free_port() -> int:
    with socket(AF_INET, SOCK_STREAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True)
class House:
    """A running server. `process` is the server itself; its recogniser would be a child of it."""

    settings: Settings
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return self.settings.public_url

    @property
    def socket_url(self) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/d/{CODE}/live"

    def get(self, path: str) -> tuple[int, bytes]:
        """One plain request: the status and the body as it travels."""
        asking = HTTPConnection("127.0.0.1", self.settings.port, timeout=PATIENCE)
        asking.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = asking.getresponse()
        body = answer.read()
        asking.close()
        return answer.status, body


@contextlib.contextmanager
def house(
    command: str = "demo", *, settings: Settings | None = None, core: int | None = None, program: str = "server",
    wait: bool = True,
) -> Iterator[House]:  # fmt: skip
    """Run `doithoai <command>` until the block ends, on one core if asked; `program` is a module that does the same.

    Without `wait` the block begins at once, while the server still starts.
    """
    with TemporaryDirectory(prefix="bench-") as folder:
        chosen = settings or Settings(data_dir=Path(folder), port=free_port())
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # make compiles what it installs, and so does a start here
        environment |= {"DOITHOAI_DATA_DIR": str(chosen.data_dir), "DOITHOAI_PORT": str(chosen.port)}
        environment |= {"DOITHOAI_DATABASE_URL": chosen.database_url, "DOITHOAI_REDIS_URL": chosen.redis_url}
        environment |= {"DOITHOAI_SECRET": chosen.secret, "DOITHOAI_SIGNING_KEY": str(chosen.signing_key)}
        environment |= {"DOITHOAI_PUBLIC_URL": chosen.public_url}
        environment |= {"DOITHOAI_SOUND": str(int(chosen.sound)), "DOITHOAI_MODEL": chosen.model}
        process = subprocess.Popen(
            [*([] if core is None else pinned(core)), sys.executable, "-m", program, command],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        running = House(chosen, process)
        try:
            if wait:
                _wait(running)
            yield running
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(running: House) -> None:
    """Return when the server is ready."""
    until = time.monotonic() + PATIENCE
    while running.process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            if running.get("/readyz")[0] == 200:
                return
        time.sleep(0.05)
    raise SystemExit("The server did not start; run `doithoai demo` to see why.")


async def prepared(folder: Path, citizens: int, *roles: str) -> tuple[Settings, list[str], list[str]]:
    """The demo before any server runs on it, with a cookie for each of these roles and for so many citizens."""
    settings = Settings(data_dir=folder, port=free_port())
    now = clock.now()
    async with database(settings) as opened:
        people = People(opened)
        await seed(Journal(opened, keys.signing_key(settings)), people, folder, now)
        ids = {role: person.id for person in await people.all_staff() for role in person.roles}
        staff = [f"staff={await people.begin_session(ids[role], now, timedelta(hours=1))}" for role in roles]
        seats = [clock.secret() for _ in range(citizens)]
        for number, seat in enumerate(seats, start=1):
            await people.take_seat(CODE, seat, Joining(f"Người thử {number}", "xã Ea Mô", publish_name=True), now)
    return settings, staff, [f"seat={seat}" for seat in seats]
