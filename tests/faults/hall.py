"""An open dialogue on disk with phones that have joined, and what must be true of it at the end of every trouble."""

import asyncio
import random
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from live import commands as do
from live.dialogue import Dialogue, replay
from live.states import DialogueState
from server import clock
from server.keys import signing_key
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.settings import Settings
from server.store.database import Database
from server.store.journal import Journal
from server.store.people import Joining, People
from server.store.verifying import verify
from tests.cast import DESCRIBED, MODERATOR
from tests.faults.phones import Address, Phone, together
from tests.waiting import until


@dataclass
class Hall:
    """The folder of a server, and the phones that use it."""

    data_dir: Path
    phones: list[Phone]

    @classmethod
    def prepare(cls, data_dir: Path, phones: int, deaf: float = 0.0) -> "Hall":
        """Phones, and last a moderator's page that approves one question after another."""
        moderator, *tokens = asyncio.run(_prepare(data_dir, phones))
        asking = [Phone(place, f"seat={token}", "phone", deaf) for place, token in enumerate(tokens)]
        return cls(data_dir, [*asking, Phone(phones, f"staff={moderator}", "moderator", deaf)])

    def busy_with(self, server: Address, deeds: int, dice: random.Random) -> list[threading.Thread]:
        """All phones at work, each in a thread of its own."""
        return together(
            threading.Thread(target=phone.live, args=(server, deeds, random.Random(dice.random())))
            for phone in self.phones
        )

    @property
    def asking(self) -> list[Phone]:
        """Without the moderator, who may approve what is no longer there: a refusal needs no disk."""
        return self.phones[:-1]

    @property
    def acknowledged(self) -> int:
        return sum(told.accepted for phone in self.phones for told in phone.sent)

    def until_acknowledged(self, count: int) -> None:
        until(lambda: self.acknowledged >= count, f"{count} answers", seconds=30)

    def check(self) -> Dialogue:
        """What was acknowledged is on disk, once, under one sound chain; the dialogue as the journal tells it."""
        dialogue = asyncio.run(_read(self.data_dir))
        texts = {str(question.original): question.number for question in dialogue.questions.values()}
        assert set(Counter(str(one.original) for one in dialogue.questions.values()).values()) <= {1}, "twice"
        for phone in self.phones:
            assert phone.wrong == []
            for told in phone.asked:
                if told.accepted and told.answer:
                    assert told.body["text"].strip() in texts, "acknowledged, and not on disk"
                    assert texts[told.body["text"].strip()] == told.answer["receipt"]["number"]
        return dialogue

    def converge(self, server: Address) -> None:
        """Every phone gets every answer, and its page is the page that somebody who opens it now gets."""
        for phone in self.phones:
            phone.settle(server)
            assert all(told.answer for told in phone.sent), "still unanswered"
            phone.settle(server)  # answers and pongs overtake the news of what was just sent: come back for the rest
            fresh = Phone(phone.place, phone.cookie, phone.audience)
            fresh.settle(server)
            assert phone.page.markup == fresh.page.markup


async def _prepare(data_dir: Path, phones: int) -> list[str]:
    database, journal = await opened(data_dir)
    rooms = Rooms(journal, Render())
    room = await rooms.create("TEST01", DESCRIBED, MODERATOR)
    assert isinstance(room, Room)
    for state in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        await room.handle(do.MoveDialogue(state), MODERATOR)
    tokens = [clock.secret() for _ in range(phones)]
    for place, token in enumerate(tokens):
        await People(database).take_seat("TEST01", token, Joining(f"Người {place}", "xã Ea Mô"), clock.now())
    await People(database).add_staff("hà", MODERATOR.name, "-", frozenset(["moderator"]), clock.now())
    moderator = await People(database).begin_session(1, clock.now(), timedelta(hours=9))
    await rooms.close()
    await database.close()
    return [moderator, *tokens]


async def opened(data_dir: Path) -> tuple[Database, Journal]:
    chosen = Settings(data_dir=data_dir)
    database = Database(chosen.database_url)
    await database.migrate()
    return database, Journal(database, signing_key(chosen))


async def _read(data_dir: Path) -> Dialogue:
    database, journal = await opened(data_dir)
    stream = await journal.stream("TEST01")
    assert stream is not None
    dialogue = replay(await journal.entries(stream.id))
    key = signing_key(Settings(data_dir=data_dir)).public_key()
    verdicts = await database.read(lambda connection: verify(connection, key))
    await database.close()
    assert [verdict.flaw for verdict in verdicts] == [None]
    assert dialogue.n == verdicts[0].n
    return dialogue
