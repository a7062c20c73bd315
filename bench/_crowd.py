"""Pages as bare sockets: cheap enough to have hundreds, and each checks that it misses nothing."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self
from uuid import uuid4

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench._house import House

Seen = Callable[[float, str], None]


class Socket:
    """One live page without a browser. `seen` gets the time and the text of each frame of changes."""

    def __init__(self, line: ClientConnection, seen: Seen | None) -> None:
        self._line = line
        self._seen = seen
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._n = -1
        self._caught_up = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, at: House, audience: str, cookie: str = "", seen: Seen | None = None) -> Self:
        """Connect as `audience` and return when the page is caught up."""
        line = await connect(
            f"{at.socket_url}?as={audience}&lang=vi", origin=Origin(at.url),
            additional_headers={"Cookie": cookie} if cookie else None, compression=None, max_size=None,
        )  # fmt: skip
        opened = cls(line, seen)
        await opened._caught_up.wait()
        return opened

    async def send(self, do: str, **fields: object) -> dict[str, Any]:
        """Send a command; the answer when it is there. A refusal ends the measurement: it would measure nothing."""
        op = str(uuid4())
        answer = self._answers[op] = asyncio.get_running_loop().create_future()
        await self._line.send(msgspec.json.encode({"op": op, "do": do, **fields}).decode())
        given: dict[str, Any] = await answer
        if "ok" not in given:
            raise SystemExit(f"{do} was not accepted: {given}")
        return given

    async def close(self) -> None:
        await self._line.close()
        await self._reading

    async def _read(self) -> None:
        async for text in self._line:
            at = time.time()
            message = msgspec.json.decode(text)
            if "patches" in message and "n" in message:
                self._follow(message)
                if self._seen is not None and "after" in message:
                    self._seen(at, str(text))
            elif "caught_up" in message:
                self._caught_up.set()
            elif op := message.get("ok") or message.get("refused") or message.get("busy"):
                self._answers.pop(op).set_result(message)

    def _follow(self, message: dict[str, Any]) -> None:
        """Changes come without a gap, or the run is void."""
        if "after" in message and message["after"] != self._n:
            raise SystemExit(f"A socket at {self._n} was sent the changes after {message['after']}: the run is void.")
        self._n = message["n"]
