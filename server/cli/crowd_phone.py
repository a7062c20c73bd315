"""One phone of a made-up crowd: it joins with the real form, opens the real socket, asks, supports and withdraws."""

import asyncio
import re
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
PLACES = ("xã Bình Minh", "xã Đông Hòa", "phường Tân Lập", "xã Suối Mây")
ABOUT = ("đường liên thôn", "nước sạch", "sổ đỏ", "trường học", "trạm y tế", "rác thải", "thẻ bảo hiểm", "điện yếu")
PATIENCE = 15
"""Seconds a phone waits for an answer before it counts the command as lost."""


@dataclass(slots=True)
class Tally:
    """What the crowd did and saw. `waits` are seconds from sending a command to its answer."""

    open: int = 0
    asked: int = 0
    answered: int = 0
    refused: int = 0
    busy: int = 0
    lost: int = 0
    holes: int = 0
    frames: int = 0
    cut: int = 0
    waits: list[float] = field(default_factory=list)


class CannotJoin(Exception):
    """The form did not give a seat; the text says what the server answered."""


def join(url: str, code: str, place: int) -> str:
    """Take a seat as anybody does; the answer is the cookie. Blocks; raises CannotJoin and OSError."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    with closing(kind(parts.netloc, timeout=30)) as connection:
        return _joined(connection, url, code, place)


def _joined(connection: HTTPConnection, url: str, code: str, place: int) -> str:
    connection.request("GET", f"/d/{code}/join")
    form = connection.getresponse()
    found = _CSRF.search(form.read().decode())
    if form.status != 200 or found is None:
        raise CannotJoin(f"GET /d/{code}/join: {form.status}")
    visit = form.headers["set-cookie"].partition(";")[0]
    said = {"csrf": found[1], "name": f"Người thử {place}", "locality": PLACES[place % len(PLACES)], "age": "over"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url, "Cookie": visit}
    connection.request("POST", f"/d/{code}/join", urlencode(said), headers)
    seated = connection.getresponse()
    seated.read()
    if seated.status != 303:
        raise CannotJoin(f"POST /d/{code}/join: {seated.status}")
    return next(cookie.partition(";")[0] for cookie in seated.headers.get_all("set-cookie", []) if "seat=" in cookie)


class Phone:
    """Keeps its place in the stream of changes and says so when there is a hole."""

    def __init__(self, url: str, code: str, cookie: str, tally: Tally, dice: Random) -> None:
        self._url = url
        self._code = code
        self._cookie = cookie
        self._tally = tally
        self._dice = dice
        self._n = -1
        self._epoch = ""
        self._mine: list[int] = []
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def live(self, pause: float) -> None:
        """Come, act about every `pause` seconds, and come back after each cut, until cancelled."""
        while True:
            since = f"&since={self._n}&epoch={self._epoch}" if self._n >= 0 else ""
            address = f"{self._url.replace('http', 'ws', 1)}/d/{self._code}/live?as=phone&lang=vi{since}"
            headers = {"Origin": self._url, "Cookie": self._cookie}
            try:
                async with connect(address, additional_headers=headers, compression=None, max_size=None) as line:
                    await self._visit(line, pause)
            except (ConnectionClosed, OSError):
                self._tally.cut += 1
            await asyncio.sleep(self._dice.uniform(0.5, 5))

    async def _visit(self, line: ClientConnection, pause: float) -> None:
        self._tally.open += 1
        acting = asyncio.create_task(self._act(line, pause))
        try:
            async for text in line:
                self._hear(msgspec.json.decode(text))
        finally:
            self._tally.open -= 1
            acting.cancel()
            await asyncio.gather(acting, return_exceptions=True)

    def _hear(self, message: dict[str, Any]) -> None:
        if "after" in message:
            self._tally.holes += not message["after"] <= self._n < message["n"]
        if "patches" in message:
            self._tally.frames += 1
        self._n = message.get("n", self._n) if "patches" in message else message.get("caught_up", self._n)
        self._epoch = message.get("epoch", self._epoch)
        op = message.get("ok") or message.get("refused") or message.get("busy")
        if op in self._answers:
            self._answers.pop(op).set_result(message)

    async def _act(self, line: ClientConnection, pause: float) -> None:
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / pause))
            await self._send(line, **self._something())

    def _something(self) -> dict[str, Any]:
        chance = self._dice.random()
        if self._mine and chance < 0.3:
            return {"do": "withdraw", "question": self._mine.pop()}
        if chance < 0.6:
            return {"do": "support", "question": self._dice.randint(1, 40)}
        return {"do": "ask", "text": f"Xin hỏi về {self._dice.choice(ABOUT)}, bao giờ có kết quả? ({uuid4().hex[:6]})"}

    async def _send(self, line: ClientConnection, **fields: Any) -> None:
        op = str(uuid4())
        self._answers[op] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await line.send(msgspec.json.encode({"op": op, **fields}).decode())
        self._tally.asked += 1
        try:
            answer = await asyncio.wait_for(self._answers[op], PATIENCE)
        except TimeoutError:
            self._tally.lost += 1
            return
        self._tally.waits.append(time.perf_counter() - began)
        self._tally.answered += "ok" in answer
        self._tally.refused += "refused" in answer
        self._tally.busy += "busy" in answer
        if "receipt" in answer:
            self._mine.append(answer["receipt"]["number"])
