"""Everybody who is measured: the floor, ours, the lane of ours alone, and the peers. One core serves, whoever it is."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench._cores import pinned, two_cores
from bench._hall import TEXT, WRITE, Evening, phones, served
from bench._house import PATIENCE, free_port
from bench._swarm import Swarm, compiled

PEERS = Path(__file__).resolve().parent / "peers"
PATCHES = json.dumps(
    [["remove", "caption-128"], ["append", "captions", f'<p id="caption-134" class="caption">{TEXT}</p>']],
    ensure_ascii=False, separators=(",", ":"),
)  # fmt: skip
"""What the phones get for one line of the transcript; the others send the very same."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One server under measure: its process, the swarm that looks at it, and the text that makes it broadcast."""

    pid: int
    swarm: Swarm
    go: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that takes PORT and PATCHES. `settings` are the swarm's, for those who speak more than WebSocket."""

    name: str
    program: tuple[str, ...]
    path: str = "/"
    go: str = "go"
    settings: tuple[tuple[str, object], ...] = ()

    @contextlib.contextmanager
    def running(self) -> Iterator[Contender]:
        port = free_port()
        process = subprocess.Popen(
            [*pinned(two_cores()[0]), *self.program, str(port), PATCHES], stderr=subprocess.DEVNULL
        )
        try:
            _wait(port, process)
            with Swarm(port, self.path, **dict(self.settings)) as swarm:
                swarm.talk(self.path)
                yield Contender(process.pid, swarm, self.go)
        finally:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody answers on the port, whatever the answer."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=1)) as asking:
            asking.connect()
            return
        time.sleep(0.05)
    raise SystemExit(f"A peer did not start: {process.args!r}")


@dataclass(frozen=True, slots=True)
class Ours:
    """The real server: a secretary writes a line, every phone gets the change."""

    evening: Evening
    name: str = "Đối Thoại, a real command"

    @contextlib.contextmanager
    def running(self) -> Iterator[Contender]:
        with served(self.evening, two_cores()[0]) as house, phones(house, self.evening) as swarm:
            yield Contender(house.process.pid, swarm, WRITE)


@dataclass(frozen=True, slots=True)
class Lane:
    """The same server, broadcasting without command, journal and drawing."""

    evening: Evening
    name: str = "Đối Thoại, its lane alone"

    @contextlib.contextmanager
    def running(self) -> Iterator[Contender]:
        core = two_cores()[0]
        with served(self.evening, core, "bench._watched") as house, phones(house, self.evening, talkers=False) as swarm:
            swarm.set("ready", "")
            swarm.talk("/bench/lane")
            swarm.set("ready", '"caught_up"')
            yield Contender(house.process.pid, swarm, json.dumps({"patches": json.loads(PATCHES)}, ensure_ascii=False))


def socket_io(name: str, *program: str) -> Peer:
    """A peer that speaks Socket.IO's own protocol over WebSocket."""
    settings = (("sio", 1), ("ready", '40{"sid"'))
    return Peer(name, program, path="/socket.io/?EIO=4&transport=websocket", go='42["go"]', settings=settings)


def peers() -> list[Peer]:
    """The named peers, each in its own best practice (bench/peers)."""
    python, node = sys.executable, "node"
    return [
        Peer("picows", (python, str(PEERS / "picows_loop.py"))),
        Peer("Node ws", (node, str(PEERS / "node_ws.mjs"))),
        Peer("websockets.broadcast", (python, str(PEERS / "websockets_broadcast.py"))),
        socket_io("Socket.IO", node, str(PEERS / "socket_io.mjs")),
        starlette(),
        socket_io("python-socketio", python, str(PEERS / "python_socketio.py")),
    ]


def starlette() -> Peer:
    """Stock uvicorn and a route that accepts: what a Python server costs before it does anything."""
    return Peer("Starlette loop", (sys.executable, str(PEERS / "starlette_loop.py")))


def floor() -> Peer:
    """The C program that only writes the bytes."""
    return Peer("floor, C", (str(compiled("floor")),))
