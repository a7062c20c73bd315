"""Real PostgreSQL and Redis for tests: started here, reached through socket files, gone with the test run.

They die with the process that started them, also when it is killed (setpriv --pdeathsig), and as an unprivileged user
when the tests run as root: PostgreSQL refuses to be root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from abc import ABC, abstractmethod
from itertools import count
from pathlib import Path
from typing import Self

import psycopg
import redis

from tests.waiting import until

_ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
_numbers = count(1)


class Machine(ABC):
    """A program that serves on a socket file of a directory of its own (short: such a path has 107 bytes at most)."""

    def __init__(self, name: str, user: str) -> None:
        self.root = Path(tempfile.mkdtemp(prefix=f"dt-{name}-", dir="/tmp"))
        self._as: list[str] = []
        if os.geteuid() == 0:
            entry = pwd.getpwnam(user)
            shutil.chown(self.root, entry.pw_uid, entry.pw_gid)
            self._as = [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]

    def run(self, *words: str) -> None:
        """A command of this machine's, as its user, to its end."""
        subprocess.run(
            ["setpriv", *(self._as or ["--nnp"]), "--", *words],
            check=True, cwd=self.root, env=_ENVIRONMENT, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> Self:
        words = ["setpriv", "--pdeathsig", "KILL", *self._as, "--", *self.command()]
        self.process = subprocess.Popen(
            words, cwd=self.root, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        until(self._answers, f"{self.command()[0]} to answer", seconds=30)
        return self

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its words."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes what it is there for."""

    def _answers(self) -> bool:
        assert self.process.poll() is None, f"{self.command()[0]} ended by itself"
        return self.answers()

    def send(self, what: signal.Signals) -> None:
        """A signal to the program and all that it started (PostgreSQL's children lead groups of their own)."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for one in (pid, *map(int, children)):
            os.kill(one, what)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(how)
        self.process.wait(30)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


class Postgres(Machine):
    """One server; `database()` makes an empty database in it. It never syncs, so it is quick."""

    def __init__(self) -> None:
        super().__init__("pg", "postgres")
        self._programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        made = ["-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self.run(str(self._programs / "initdb"), "-D", str(self.root / "d"), *made)

    def command(self) -> list[str]:
        options = (
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
            "shared_buffers=16MB",
            "max_connections=60",
        )
        settings = [word for option in options for word in ("-c", option)]
        return [str(self._programs / "postgres"), "-D", str(self.root / "d"), "-k", str(self.root), *settings]

    def answers(self) -> bool:
        try:
            self.ask("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def ask(self, words: str, database: str = "postgres") -> None:
        """One statement, outside a transaction."""
        with psycopg.connect(f"host={self.root} user=test dbname={database}", autocommit=True) as connection:
            connection.execute(words.encode())

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        self.ask(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://test@/{name}?host={self.root}"

    def drop(self, url: str) -> None:
        """Throw a database away, whoever is still connected."""
        self.ask(f"DROP DATABASE {database_name(url)} WITH (FORCE)")

    def hang_up(self, url: str) -> None:
        """Cut every line to a database."""
        found = f"FROM pg_stat_activity WHERE datname = '{database_name(url)}'"
        self.ask(f"SELECT pg_terminate_backend(pid) {found}")

    def crash(self) -> None:
        """As at a power cut: no goodbye to anybody."""
        self.stop(signal.SIGQUIT)


class Redis(Machine):
    """One server that keeps nothing on disk."""

    def __init__(self) -> None:
        super().__init__("redis", "nobody")
        self.url = f"unix://{self.root}/r.sock"

    def command(self) -> list[str]:
        words = f"--port 0 --unixsocket {self.root}/r.sock --unixsocketperm 777 --appendonly no"
        return ["redis-server", *words.split(), "--save", ""]

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


def database_name(url: str) -> str:
    return url.split("/")[3].split("?", maxsplit=1)[0]
