"""kill -9 at any moment: what was acknowledged is there, once; and the same evening goes on."""

import asyncio
import json
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.exceptions import ConnectionClosed, InvalidMessage
from websockets.sync.client import connect

from live import commands as do
from live.dialogue import Dialogue, replay
from live.states import DialogueState, Part
from server import clock
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.database import Database
from server.store.journal import Journal
from server.store.people import Joining, People
from tests.cast import DESCRIBED, MODERATOR
from tests.faults.served_apart import ServedApart, free_port

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PHONES = 6
KILLS = 8


@dataclass
class Evening:
    """A prepared dialogue, its phones, and what they were told."""

    data_dir: Path
    port: int
    tokens: list[str]
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)


async def _journal(data_dir: Path) -> tuple[Database, Journal]:
    database = Database(f"sqlite:///{data_dir / 'doithoai.db'}")
    await database.migrate()
    return database, Journal(database, Ed25519PrivateKey.generate())


async def _prepare(data_dir: Path) -> list[str]:
    database, journal = await _journal(data_dir)
    rooms = Rooms(journal, Render())
    room = await rooms.create("TEST01", DESCRIBED, MODERATOR)
    assert isinstance(room, Room)
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), MODERATOR)
    for number in range(1, 6):
        await room.handle(do.Ask(f"Câu {number}"), MODERATOR)
        await room.handle(do.Approve(number), MODERATOR)
    await room.handle(do.CallNext(), MODERATOR)
    await room.handle(do.StartClock(Part.ASKING), MODERATOR)
    tokens = [clock.secret() for _ in range(PHONES * KILLS)]
    for place, token in enumerate(tokens):
        await People(database).take_seat("TEST01", token, Joining(f"Người {place}", "xã Ea Mô"), clock.now())
    await rooms.close()
    await database.close()
    return tokens


async def _read(data_dir: Path) -> Dialogue:
    database, journal = await _journal(data_dir)
    stream = await journal.stream("TEST01")
    assert stream is not None
    dialogue = replay(await journal.entries(stream.id))
    await database.close()
    return dialogue


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path, free_port(), asyncio.run(_prepare(tmp_path)))


def _phone(evening: Evening, server: ServedApart, place: int, life: int, count: int) -> None:
    """Support and unsupport, ask and withdraw, as fast as it goes, until the line breaks."""
    headers = {"Origin": server.url, "Cookie": f"seat={evening.tokens[life * PHONES + place]}"}
    address = f"ws://127.0.0.1:{server.port}/d/TEST01/live?as=phone"
    try:
        with connect(address, additional_headers=headers, compression=None, open_timeout=5) as socket:
            for turn in range(count):
                op = f"{place}-{life}-{turn}"
                evening.sent[op] = f"Câu hỏi {op}"
                socket.send(json.dumps({"op": op, "do": "ask", "text": evening.sent[op]}))
                answer: dict[str, Any] = {}
                while answer.get("ok") != op:
                    answer = json.loads(socket.recv(timeout=5))
                    assert "refused" not in answer, answer
                evening.acknowledged[op] = answer["receipt"]["number"]
                socket.send(json.dumps({"op": f"w{op}", "do": "withdraw", "question": evening.acknowledged[op]}))
    except (ConnectionClosed, ConnectionError, InvalidMessage, TimeoutError, EOFError):
        pass  # the server was killed: that is what this is about


def test_what_was_acknowledged_survives_being_killed_again_and_again(evening: Evening) -> None:
    dice = random.Random(7)
    for life in range(KILLS):
        with ServedApart(evening.data_dir, evening.port) as server:
            phones = [
                threading.Thread(target=_phone, args=(evening, server, place, life, 9)) for place in range(PHONES)
            ]
            for phone in phones:
                phone.start()
            enough = len(evening.acknowledged) + dice.randint(1, 20)
            while len(evening.acknowledged) < enough and any(phone.is_alive() for phone in phones):
                phones[0].join(0.005)
            server.kill()
            for phone in phones:
                phone.join()
    dialogue = asyncio.run(_read(evening.data_dir))
    texts = {question.number: str(question.text) for question in dialogue.questions.values()}
    assert len(evening.acknowledged) > KILLS
    for op, number in evening.acknowledged.items():
        assert texts[number] == evening.sent[op]
    assert len(set(texts.values())) == len(texts), "a question came twice"


def test_the_same_evening_goes_on_after_a_kill(evening: Evening) -> None:
    before = asyncio.run(_read(evening.data_dir))
    assert before.turn is not None
    with ServedApart(evening.data_dir, evening.port) as server:
        server.kill()
    with ServedApart(evening.data_dir, evening.port) as server:
        headers = {"Origin": server.url, "Cookie": f"seat={evening.tokens[0]}"}
        address = f"ws://127.0.0.1:{server.port}/d/TEST01/live?as=phone"
        with connect(address, additional_headers=headers, compression=None) as socket:
            whole = json.loads(socket.recv(timeout=5))
        places = {patch[1]: patch[2] for patch in whole["patches"]}
        assert "Câu 1" in places["stage-place"]
        assert f"{before.turn.running_since:%Y-%m-%dT%H:%M:%S}" in places["stage-place"]
        assert places["next"].index("Câu 2") < places["next"].index("Câu 3")
        assert "Câu 4" in places["queue"]
    assert asyncio.run(_read(evening.data_dir)) == before
