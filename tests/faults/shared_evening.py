"""An evening on one PostgreSQL and Redis, its phones, and what must be true of it when servers have come and gone."""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidMessage
from websockets.sync.client import connect

from live import commands as do
from live.dialogue import Dialogue, replay
from live.states import DialogueState
from server import clock, keys
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.settings import Settings
from server.store.database import Database
from server.store.journal import Journal
from server.store.people import Joining, People
from server.store.verifying import Verdict, verify
from tests.cast import DESCRIBED, MODERATOR
from tests.faults.served_apart import ServedApart, free_port

PHONES, QUESTIONS = 6, 8
SECRET = "mot-bi-mat-chung-cua-ca-hai-may-chu-0001"
_GONE = (ConnectionClosed, ConnectionError, InvalidMessage, TimeoutError, EOFError)


@dataclass
class Evening:
    """What phones sent and were told; each goes to the other server when its own one is gone."""

    settings: Settings
    ports: list[int]
    redis_url: str
    epoch: str = ""
    tokens: list[str] = field(default_factory=lambda: [clock.secret() for _ in range(PHONES)])
    sent: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, int] = field(default_factory=dict)
    pages: dict[int, int] = field(default_factory=dict)

    @classmethod
    def begun(cls, settings: Settings, redis_url: str) -> "Evening":
        evening = cls(settings, [free_port(), free_port()], redis_url)
        asyncio.run(prepare(evening))
        return evening

    def shared(self, place: int) -> dict[str, str]:
        """What all servers of the evening are told alike; the first takes the sound."""
        return {
            "database_url": self.settings.database_url, "redis_url": self.redis_url, "secret": SECRET,
            "signing_key": str(self.settings.signing_key), "sound": str(int(place == 0)),
        }  # fmt: skip

    def server(self, place: int) -> ServedApart:
        return ServedApart(self.settings.data_dir / str(place), self.ports[place], **self.shared(place))

    def burst(self, meanwhile: Callable[[list[threading.Thread]], None] = lambda _: None) -> None:
        """All phones ask and withdraw until everything is acknowledged."""
        phones = [threading.Thread(target=phone, args=(self, place)) for place in range(PHONES)]
        for one in phones:
            one.start()
        meanwhile(phones)
        for one in phones:
            one.join()

    def check(self) -> None:
        """Everything acknowledged is there once, under its number and a sound chain, and nothing else is."""
        dialogue, verdicts = asyncio.run(read(self.settings))
        assert [verdict.flaw for verdict in verdicts] == [None]
        texts = {question.number: str(question.text) for question in dialogue.questions.values()}
        assert {number: self.sent[op] for op, number in self.receipts.items()} == texts
        assert len(texts) == PHONES * QUESTIONS


async def prepare(evening: Evening) -> None:
    database = Database(evening.settings.database_url)
    await database.migrate()
    rooms = Rooms(Journal(database, keys.signing_key(evening.settings)), Render())
    room = await rooms.create("TEST01", DESCRIBED, MODERATOR)
    assert isinstance(room, Room)
    evening.epoch = room.epoch
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), MODERATOR)
    for place, token in enumerate(evening.tokens):
        await People(database).take_seat("TEST01", token, Joining(f"Người {place}", "xã Ea Mô"), clock.now())
    await rooms.close()
    await database.close()


async def read(settings: Settings) -> tuple[Dialogue, list[Verdict]]:
    """The dialogue as it lies on disk, and whether every hash and signature holds."""
    database = Database(settings.database_url, read_only=True)
    key = keys.signing_key(settings)
    journal = Journal(database, key)
    stream = await journal.stream("TEST01")
    assert stream is not None
    found = replay(await journal.entries(stream.id))
    verdicts = await database.read(lambda connection: verify(connection, key.public_key()))
    await database.close()
    return found, verdicts


def phone(evening: Evening, place: int) -> None:
    """Ask and withdraw until all is acknowledged; on a broken line, the other server and the same op again."""
    waiting = [f"{place}-{turn}" for turn in range(QUESTIONS)]
    at = place
    while waiting:
        port = evening.ports[at % 2]
        headers = {"Origin": f"http://127.0.0.1:{port}", "Cookie": f"seat={evening.tokens[place]}"}
        try:
            since = f"since={evening.pages.get(place, 0)}&epoch={evening.epoch}"
            address = f"ws://127.0.0.1:{port}/d/TEST01/live?as=phone&{since}"
            with connect(address, additional_headers=headers, compression=None, open_timeout=5) as socket:
                while waiting:
                    op = waiting[0]
                    evening.sent[op] = f"Câu hỏi {op}"
                    answer = ask(evening, place, socket, {"op": op, "do": "ask", "text": evening.sent[op]})
                    evening.receipts[op] = answer["receipt"]["number"]
                    ask(evening, place, socket, {"op": f"w{op}", "do": "withdraw", "question": evening.receipts[op]})
                    waiting.pop(0)
        except _GONE:
            at += 1


def ask(evening: Evening, place: int, socket: Any, command: dict[str, Any]) -> dict[str, Any]:
    """Send until it is answered; patches that do not follow what the page has are a hole."""
    socket.send(json.dumps(command))
    while True:
        answer: dict[str, Any] = json.loads(socket.recv(timeout=10))
        assert "refused" not in answer, answer
        if "busy" in answer:
            socket.send(json.dumps(command))
        if "after" in answer:
            assert answer["after"] <= evening.pages[place] < answer["n"], "a hole"
        evening.pages[place] = answer["n"] if "patches" in answer and "n" in answer else evening.pages.get(place, 0)
        if answer.get("ok") == command["op"]:
            return answer
