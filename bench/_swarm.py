"""The load side, seen from a script: compiles bench/load, starts the swarm on its core and talks with it."""

import atexit
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

from bench._cores import pinned, two_cores

LOAD = Path(__file__).resolve().parent / "load"
FLAGS = ("-O2", "-Wall", "-Wno-format-nonliteral")
Told = dict[str, Any]


@cache
def compiled(name: str) -> Path:
    """The program of bench/load, made by this machine's own compiler."""
    made = Path(mkdtemp(prefix="bench-")) / name
    atexit.register(shutil.rmtree, made.parent)
    subprocess.run(["cc", *FLAGS, "-o", str(made), str(LOAD / f"{name}.c"), "-lm"], check=True)
    return made


class Swarm:
    """Pages without a browser. Every method waits until the swarm has done it and told the figures."""

    def __init__(self, port: int, path: str, **settings: object) -> None:
        self._process = subprocess.Popen(
            [*pinned(two_cores()[1]), str(compiled("swarm"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        for name, value in {"port": port, "path": path, **settings}.items():
            self.set(name, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def set(self, name: str, value: object) -> None:
        self._say("set", name, value)

    def talk(self, path: str, headers: str = "") -> None:
        """One more socket that sends the triggers. Talkers come before pages."""
        if not self._say("talk", path, headers)["talks"]:
            raise SystemExit(f"The server let no talker in at {path}: there is nothing to measure.")

    def open(self, pages: int, *, rate: float = 0, window: int = 200, kind: str = "well") -> Told:
        """Open pages: `rate` a second by the clock, or else `window` at a time."""
        return self._say("open", pages, rate, window, kind)

    def fire(self, events: int, text: str, *, period_ms: float = 0) -> Told:
        """Send triggers and wait until every page has every change; without a period one after another."""
        return self._say("fire", events, int(period_ms * 1000), text)

    def drop(self) -> None:
        self._say("drop")

    def rest(self, seconds: float) -> Told:
        """Only read, and answer pings."""
        return self._say("rest", seconds)

    def _say(self, *words: object) -> Told:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(str(word).replace("\r\n", r"\r\n") for word in words) + "\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        if not told:
            raise SystemExit(f"The swarm ended at {words[0]}: the run is void.")
        answer: Told = json.loads(told)
        return answer


def whole(fired: Told) -> str:
    """Why a firing counts for nothing, or an empty text: everybody must have got everything, once and in order."""
    wrong = {name: fired[name] for name in ("missing", "gaps", "lost") if fired[name]}
    return ", ".join(f"{name} {count}" for name, count in wrong.items())
