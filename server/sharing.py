"""One server among several on one PostgreSQL: enters, tells what is here, and acts on what is done elsewhere."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server import clock, keys
from server.doors.access import close_live_pages
from server.rooms.backplane import Backplane
from server.rooms.listening import Listening
from server.rooms.rooms import Rooms
from server.settings import Settings
from server.store.database import Database
from server.store.journal import Journal
from server.store.lock import FileLock
from server.store.people import People
from server.store.problems import AlreadyOpen
from server.store.servers import LIVES, Neighbour, Servers
from transcription.models import Model

ALREADY_RECORDS = (
    "Một máy chủ khác trên cùng cơ sở dữ liệu đang nhận âm thanh. Hãy đặt DOITHOAI_SOUND=0 cho mọi máy chủ trừ một. / "
    "Another server on this database takes the sound already. Set DOITHOAI_SOUND=0 for all servers but one."
)


@asynccontextmanager
async def shared_with_others(
    settings: Settings, database: Database, journal: Journal, people: People, rooms: Rooms, listening: Listening
) -> AsyncIterator[Backplane | None]:
    """The part of one server among those that share its database; None when nobody can share it.

    Raises OtherKeys, and AlreadyOpen when sound would be recorded in two places.
    """
    if not database.shared:
        yield None
        return

    def here() -> dict[str, Any]:
        told: dict[str, Any] = {code: {"heard": heard} for code, heard in listening.recorded().items()}
        model = listening.model if settings.sound else None
        return {"sound": settings.sound, "model": model and (model.name, model.language), "rooms": told}

    def model_known(name: str, language: str) -> None:
        if not settings.sound:
            listening.model = Model(name, Path(name), language, has_conf=True, size=0)

    async def signed_out(staff: frozenset[int]) -> None:
        for person in await people.all_staff():
            if person.id in staff:
                close_live_pages(rooms, person)

    lock = _sound_lock(settings)
    try:
        servers = await _fit(settings, database)
        backplane = Backplane(rooms, journal, people, servers, here, signed_out)
        backplane.model_known = model_known
        await backplane.open(settings.redis_url, settings.secret)
        try:
            yield backplane
        finally:
            await backplane.close()
    finally:
        if lock is not None:
            lock.release()


async def check(settings: Settings, database: Database) -> None:
    """Say before anything starts what would stop it. Raises OtherKeys, AlreadyOpen."""
    lock = _sound_lock(settings)
    try:
        await _fit(settings, database)
    finally:
        if lock is not None:
            lock.release()


async def _fit(settings: Settings, database: Database) -> Servers:
    servers = Servers(database, clock.token(), marks(settings))
    await servers.check()
    if settings.sound:
        await _only_one_records(servers)
    return servers


def marks(settings: Settings) -> str:
    """What shows that two servers have the same signing key and secret, and shows neither."""
    public = keys.signing_key(settings).public_key().public_bytes_raw()
    secret = hmac.digest(settings.secret.encode(), b"doithoai servers 1", "sha256")
    return f"{hashlib.sha256(public).hexdigest()[:24]} {secret.hex()[:24]}"


def _sound_lock(settings: Settings) -> FileLock | None:
    """Held by the one process that writes recordings in this data directory."""
    if not settings.sound:
        return None
    try:
        return FileLock(settings.data_dir / "sound")
    except AlreadyOpen:
        raise AlreadyOpen(ALREADY_RECORDS) from None


async def _only_one_records(servers: Servers) -> None:
    """One that was killed a moment ago still seems to live: it is given the time to be forgotten."""
    for _ in range(int(LIVES) + 2):
        if not _recording(await servers.others()):
            return
        await asyncio.sleep(1)
    raise AlreadyOpen(ALREADY_RECORDS)


def _recording(neighbours: list[Neighbour]) -> bool:
    return any(one.told["sound"] for one in neighbours)
