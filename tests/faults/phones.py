"""Phones that keep what they sent until it is answered, and send it again after every cut, as web/ does."""

import json
import random
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.sync.client import ClientConnection, connect

from tests.server.rooms.page import Page

CUT = (ConnectionClosed, ConnectionError, InvalidMessage, InvalidHandshake, TimeoutError, EOFError)
"""What a server that ends in the middle looks like from a phone."""
PATIENCE = 30.0
"""Seconds for a server that lives to say a word on a crowded machine; the lines of one that died end at once."""


class Address(Protocol):
    """Where a server is."""

    port: int

    @property
    def url(self) -> str: ...


@dataclass
class Told:
    """A command under its op; `answer` is None as long as nobody knows what became of it."""

    op: str
    body: dict[str, Any]
    answer: dict[str, Any] | None = None

    @property
    def accepted(self) -> bool:
        return self.answer is not None and "ok" in self.answer


@dataclass
class Phone:
    """One seat with its page and its outbox. `deaf` is the share of answers that it never hears."""

    place: int
    cookie: str
    audience: str = "phone"
    deaf: float = 0.0
    sent: list[Told] = field(default_factory=list)
    page: Page = field(default_factory=Page)
    epoch: str = ""
    busy: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[Told]:
        return [told for told in self.sent if told.body["do"] == "ask"]

    def connect(self, server: Address) -> Any:
        since = f"&since={self.page.n}&epoch={self.epoch}" if self.page.n else ""
        headers = {"Origin": server.url, "Cookie": self.cookie}
        address = f"ws://127.0.0.1:{server.port}/d/TEST01/live?as={self.audience}&lang=vi{since}"
        return connect(address, additional_headers=headers, compression=None, max_size=None, open_timeout=PATIENCE)

    def live(self, server: Address, deeds: int, dice: random.Random) -> None:
        """Send what is unanswered, something old, then `deeds` more, until the line breaks."""
        try:
            while deeds > 0:
                with self.connect(server) as socket:
                    self._again(socket, dice)
                    while deeds > 0:
                        deeds -= 1
                        if not self._deed(socket, dice):
                            break
        except CUT:
            pass  # that is what this is about: the outbox keeps what was not answered

    def settle(self, server: Address) -> None:
        """Send what is unanswered until all of it is answered, and bring the page up to date."""
        with self.connect(server) as socket:
            self._again(socket, random.Random(0))
            message: dict[str, Any] = {}
            while "pong" not in message:
                if not message:
                    socket.send(json.dumps({"ping": 1}))
                message = self._hear(socket)

    def _again(self, socket: ClientConnection, dice: random.Random) -> None:
        known = [told for told in self.sent if told.accepted]
        for told in [told for told in self.sent if told.answer is None] + dice.sample(known, min(1, len(known))):
            before = told.answer
            answer = self._say(socket, told)
            if before is not None and "busy" not in answer and answer != before:
                self.wrong.append(f"{told.op} was answered {before}, then {answer}")

    def _deed(self, socket: ClientConnection, dice: random.Random) -> bool:
        """Ask, or withdraw what was asked; False when the phone hung up before it heard the answer."""
        told = self._next()
        self.sent.append(told)
        if dice.random() < self.deaf:
            socket.send(json.dumps({"op": told.op} | told.body))
            return False
        self._say(socket, told)
        return True

    def _next(self) -> Told:
        op = f"{self.place}-{len(self.sent)}"
        if self.audience == "moderator":
            return Told(op, {"do": "approve", "question": len(self.sent) + 1})
        last = self.sent[-1] if self.sent else None
        if last and last.body["do"] == "ask" and last.answer and last.accepted:
            return Told(op, {"do": "withdraw", "question": last.answer["receipt"]["number"]})
        return Told(op, {"do": "ask", "text": f"Câu hỏi {op}. " + "Kính mong xã trả lời. " * 10})

    def _say(self, socket: ClientConnection, told: Told) -> dict[str, Any]:
        socket.send(json.dumps({"op": told.op} | told.body))
        while True:
            message = self._hear(socket)
            if "busy" in message and message["busy"] == told.op:
                self.busy += 1
                return message
            if told.op in (message.get("ok"), message.get("refused")):
                told.answer = message
                return message

    def _hear(self, socket: ClientConnection) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(socket.recv(timeout=PATIENCE))
        if "patches" in message:
            self.page.take(message)
        self.epoch = message.get("epoch", self.epoch)
        return message


def together(threads: Iterable[threading.Thread]) -> list[threading.Thread]:
    started = list(threads)
    for thread in started:
        thread.start()
    return started
