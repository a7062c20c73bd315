"""A real server in a thread of its own, for browsers: the app as it runs, a fresh database, the people of the cast."""

import dataclasses
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from live import commands as do
from live.refusals import Refused
from live.seats import Audience, Seat
from server import clock
from server.parts import Parts
from server.rooms.room import Room
from server.store.people import Joining
from tests.cast import CLERK, DESCRIBED, MODERATOR, OPENED
from tests.serving import Served

Result = TypeVar("Result")


class House:
    """The server, the room of one open dialogue, and cookies for whoever is to come."""

    def __init__(self, folder: Path, code: str = "HALL01") -> None:
        self.code = code
        self._served = Served(folder, secret="s" * 43).__enter__()
        self.settings = self._served.settings
        self.url = self._served.url
        self.parts: Parts = self._served.parts
        self.room: Room = self.run(self._open(DESCRIBED))

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something in the server's own loop, and wait for it."""
        return self._served.run(work)

    async def _open(self, described: do.Describe) -> Room:
        room = await self.parts.rooms.create(self.code, described, MODERATOR)
        assert isinstance(room, Room)
        for command in OPENED[1:]:
            await room.handle(command, MODERATOR)
        return room

    def send(self, *commands: do.Command, by: Seat = MODERATOR) -> None:
        """Have the commands carried out, as if from another device."""
        for command in commands:
            answer = self.run(self.room.handle(command, by))
            assert not isinstance(answer, Refused), f"{command} was refused: {answer}"

    clerk = CLERK

    def citizen(self, name: str, locality: str, *, publish_name: bool = False) -> tuple[Seat, dict[str, str]]:
        """Somebody who has joined: the seat, and the cookie of their phone."""
        token = clock.secret()
        joining = Joining(name, locality, publish_name=publish_name)
        assert self.run(self.parts.people.take_seat(self.code, token, joining, clock.now()))
        seat = self.run(self.parts.people.seat(self.code, token))
        assert seat is not None
        return Seat(seat.id, Audience.PHONE, name, locality, publish_name), self._cookie("seat", token)

    def staff(self, login: str, *roles: str, agency: str = "") -> dict[str, str]:
        """The cookie of a member of staff who has signed in."""
        people = self.parts.people
        self.run(people.add_staff(login, login.title(), "-", frozenset(roles), clock.now(), agency))
        found = self.run(people.credentials(login))
        assert found is not None
        return self._cookie("staff", self.run(people.begin_session(found[0].id, clock.now(), timedelta(hours=1))))

    def _cookie(self, name: str, value: str) -> dict[str, str]:
        return {"name": name, "value": value, "url": self.url}

    def close(self) -> None:
        self._served.__exit__()


def described(**changes: Any) -> do.Describe:
    return dataclasses.replace(DESCRIBED, **changes)
