"""The operator's door: a socket file beside the database, through which the command line reaches a running server.

SQLite has one writing process (server/store/lock.py), so `doithoai staff add` on an evening in progress asks the server
to do it. Only who may read the data directory can open the door (mode 0600): they could read the database itself.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import structlog

from live.commands import Describe
from live.seats import Audience, Seat
from server import clock
from server.doors.access import close_live_pages
from server.rooms.paper import Sheet, sheet
from server.rooms.rooms import Rooms
from server.store.people import LoginTaken, People, Staff
from server.store.problems import CodeTaken

LONGEST_PATH = 100
"""Bytes of a socket file's path that every kernel takes (sun_path has 108)."""

log = structlog.get_logger()


class AddStaff(msgspec.Struct, tag=True, frozen=True):
    """As `People.add_staff`."""

    login: str
    name: str
    password_hash: str
    roles: frozenset[str]
    at: datetime
    agency: str = ""


class SetPassword(msgspec.Struct, tag=True, frozen=True):
    """As `People.set_password`."""

    login: str
    password_hash: str
    at: datetime


class Disable(msgspec.Struct, tag=True, frozen=True):
    """As `People.disable`."""

    login: str
    at: datetime


class Enable(msgspec.Struct, tag=True, frozen=True):
    """As `People.enable`."""

    login: str
    at: datetime


class AllStaff(msgspec.Struct, tag=True, frozen=True):
    """As `People.all_staff`."""


class MakeTrial(msgspec.Struct, tag=True, frozen=True):
    """A draft for a load trial, marked as invented on every page like the demo's; `login` is who makes it."""

    login: str
    at: datetime


class PrintCards(msgspec.Struct, tag=True, frozen=True):
    """As `paper.sheet`."""

    code: str
    count: int
    site: str
    public_url: str


Wish = AddStaff | SetPassword | Disable | Enable | AllStaff | MakeTrial | PrintCards


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a wish: whether the login was found or taken, and the list or the dialogue if one was asked for."""

    found: bool = True
    taken: bool = False
    staff: list[Staff] = []
    code: str = ""
    sheet: Sheet | None = None


def door_path(data_dir: Path) -> Path:
    return data_dir / "operator.sock"


@asynccontextmanager
async def open_door(people: People, rooms: Rooms, data_dir: Path) -> AsyncIterator[None]:
    """Answer wishes while the server runs. A path too long for a socket file leaves the door shut, with a log line."""
    path = door_path(data_dir)
    if len(os.fsencode(path)) > LONGEST_PATH:
        log.warning("operator_door_shut", path=str(path), why="the path is too long for a socket file")
        yield
        return
    path.unlink(missing_ok=True)
    door = await asyncio.start_unix_server(
        lambda reader, writer: _converse(people, rooms, reader, writer), sock=_bound(path)
    )
    try:
        yield
    finally:
        door.close()
        path.unlink(missing_ok=True)


def _bound(path: Path) -> socket.socket:
    """A socket file that is nobody else's from its first moment: a mode given afterwards comes too late."""
    bound, usual = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), os.umask(0o177)
    try:
        bound.bind(os.fspath(path))
    finally:
        os.umask(usual)
    return bound


async def _converse(people: People, rooms: Rooms, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while line := await reader.readline():
            wish = msgspec.json.decode(line, type=Wish)
            answer = await _grant(people, rooms, wish)
            if isinstance(wish, SetPassword | Disable | Enable) and answer.found:
                (changed,) = [one for one in await people.all_staff() if one.login == wish.login]
                close_live_pages(rooms, changed)
            writer.write(msgspec.json.encode(answer) + b"\n")
            await writer.drain()
    writer.close()


async def _grant(people: People, rooms: Rooms, wish: Wish) -> Answer:
    match wish:
        case AddStaff():
            try:
                await people.add_staff(wish.login, wish.name, wish.password_hash, wish.roles, wish.at, wish.agency)
            except LoginTaken:
                return Answer(taken=True)
            return Answer()
        case SetPassword():
            return Answer(found=await people.set_password(wish.login, wish.password_hash, wish.at))
        case Disable():
            return Answer(found=await people.disable(wish.login, wish.at))
        case Enable():
            return Answer(found=await people.enable(wish.login, wish.at))
        case AllStaff():
            return Answer(staff=await people.all_staff())
        case MakeTrial():
            return Answer(code=await _trial(people, rooms, wish))
        case PrintCards():
            return Answer(sheet=await sheet(rooms, wish.code, wish.count, wish.site, wish.public_url))


async def _trial(people: People, rooms: Rooms, wish: MakeTrial) -> str:
    (maker,) = [one for one in await people.all_staff() if one.login == wish.login]
    described = Describe("Thử tải: phiên giả, không phải đối thoại thật", "Máy chủ này", "Không có", wish.at)
    while True:
        code = clock.dialogue_code()
        with contextlib.suppress(CodeTaken):
            await rooms.create(code, described, Seat(f"staff:{maker.id}", Audience.MODERATOR, maker.name), demo=True)
            return code


class PeopleThere:
    """The people of a running server, asked through its operator's door; the same methods as `People` has for staff."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def add_staff(
        self, login: str, name: str, password_hash: str, roles: frozenset[str], at: datetime, agency: str = ""
    ) -> None:
        """Raises LoginTaken."""
        if (await self._ask(AddStaff(login, name, password_hash, roles, at, agency))).taken:
            raise LoginTaken(login)

    async def set_password(self, login: str, password_hash: str, at: datetime) -> bool:
        return (await self._ask(SetPassword(login, password_hash, at))).found

    async def disable(self, login: str, at: datetime) -> bool:
        return (await self._ask(Disable(login, at))).found

    async def enable(self, login: str, at: datetime) -> bool:
        return (await self._ask(Enable(login, at))).found

    async def all_staff(self) -> list[Staff]:
        return (await self._ask(AllStaff())).staff

    async def make_trial(self, login: str, at: datetime) -> str:
        """The code of a fresh draft for a load trial, made by `login`."""
        return (await self._ask(MakeTrial(login, at))).code

    async def print_cards(self, code: str, count: int, site: str, public_url: str) -> Sheet | None:
        return (await self._ask(PrintCards(code, count, site, public_url))).sheet

    async def _ask(self, wish: Wish) -> Answer:
        self._writer.write(msgspec.json.encode(wish) + b"\n")
        await self._writer.drain()
        return msgspec.json.decode(await self._reader.readline(), type=Answer)


@asynccontextmanager
async def people_there(data_dir: Path) -> AsyncIterator[PeopleThere]:
    """Through the door of the server that runs on this data directory. Raises OSError when there is none."""
    reader, writer = await asyncio.open_unix_connection(door_path(data_dir))
    try:
        yield PeopleThere(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()
