"""A small house for tests of the edge: a real journal on a real disk, real templates, rooms."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine

from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.database import Database
from server.store.journal import Journal
from server.store.migrating import upgrade
from tests.cast import DESCRIBED, MODERATOR, OPENED
from tests.machines import Postgres


@pytest.fixture(scope="session")
def render() -> Render:
    return Render()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """SQLite; a test that is marked with `tests.server.both.BOTH` also runs on PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'doithoai.db'}"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.database()
    yield url
    postgres.drop(url)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables, as the migrations make them."""
    path: Path = tmp_path_factory.mktemp("migrated") / "doithoai.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return path


@pytest.fixture
async def database(database_url: str, migrated: Path) -> AsyncIterator[Database]:
    """A new one. In SQLite a copy of a file that has the tables: to make them anew takes longer than most tests."""
    if database_url.startswith("sqlite:///"):
        shutil.copy(migrated, database_url.removeprefix("sqlite:///"))
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database, Ed25519PrivateKey.generate())


@pytest.fixture
async def rooms(journal: Journal, render: Render) -> AsyncIterator[Rooms]:
    rooms = Rooms(journal, render)
    yield rooms
    await rooms.close()


@pytest.fixture
async def room(rooms: Rooms) -> Room:
    """A dialogue that is open."""
    room = await rooms.create("TEST01", DESCRIBED, MODERATOR)
    assert isinstance(room, Room)
    for command in OPENED[1:]:
        await room.handle(command, MODERATOR)
    return room
