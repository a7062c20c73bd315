"""Photos by their digest, in the database of the journals: one backup, and every server of several finds them.

A photo is on disk before an entry names it. Erasing empties both pictures; the sealed digest in the entry goes too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from live.entries import PhotoAttached
from server.naming import snake
from server.store import tables
from server.store.codec import digests
from server.store.database import Database

KEPT = 64
"""Photos held in memory: when one goes up on the stage, every phone asks for it."""
_ATTACHED = snake(PhotoAttached)


class Photos:
    """Keeps and finds the photos of all dialogues."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[tuple[int, str, bool], bytes] = {}

    async def keep(self, stream_id: int, large: bytes, small: bytes, at: datetime) -> str:
        """Put it on disk and give its digest in hexadecimal. Raises NotStored."""
        digest = sha256(large).digest()
        row = {"dialogue_id": stream_id, "digest": digest, "large": large, "small": small, "at": at}

        def write(connection: Connection) -> None:
            columns = tables.photos.c
            connection.execute(delete(tables.photos).where(columns.dialogue_id == stream_id, columns.digest == digest))
            connection.execute(insert(tables.photos).values(row))

        await self._database.write(write)
        return digest.hex()

    async def let_go(self, stream_id: int, digest: str) -> None:
        """Delete a photo that no entry names. Raises NotStored."""

        def write(connection: Connection) -> None:
            columns = tables.photos.c
            if digest not in {name for _, name in _named(connection, stream_id)}:
                own = columns.dialogue_id == stream_id, columns.digest == bytes.fromhex(digest)
                connection.execute(delete(tables.photos).where(*own))

        await self._database.write(write)

    async def find(self, stream_id: int, digest: str, *, small: bool = False) -> bytes | None:
        """The JPEG file, or None when it was erased or never here."""
        if held := self._held.get((stream_id, digest, small)):
            return held
        columns = tables.photos.c
        own = columns.dialogue_id == stream_id, columns.digest == bytes.fromhex(digest)
        query = select(columns.small if small else columns.large).where(*own)
        found: bytes | None = await self._database.read(lambda connection: connection.scalar(query))
        if found is not None:
            self._held[stream_id, digest, small] = found
            if len(self._held) > KEPT:
                del self._held[next(iter(self._held))]
        return found


def wipe(connection: Connection, stream_id: int, entries: Sequence[int], since: datetime) -> None:
    """Delete the photos that these entries name and no other does, and those kept since then that none names.

    The second came in while its question was wiped.
    """
    columns = tables.photos.c
    going = {name for _, name in _named(connection, stream_id, entries)}
    late = select(columns.digest).where(columns.dialogue_id == stream_id, columns.at >= since)
    going |= {digest.hex() for digest in connection.scalars(late)}
    going -= {name for n, name in _named(connection, stream_id) if n not in entries}
    own = columns.dialogue_id == stream_id, columns.digest.in_(map(bytes.fromhex, going))
    connection.execute(delete(tables.photos).where(*own))


def erase(connection: Connection, stream_id: int, entries: Sequence[int]) -> None:
    """Empty the pictures that these entries name; before their texts are, for a text names the picture.

    What another entry names as well stays: it was sent with another question too, and that one was not erased.
    """
    columns = tables.photos.c
    going = {name for _, name in _named(connection, stream_id, entries)}
    if not going:
        return
    going -= {name for n, name in _named(connection, stream_id) if n not in entries}
    own = columns.dialogue_id == stream_id, columns.digest.in_(map(bytes.fromhex, going))
    connection.execute(update(tables.photos).where(*own).values(large=None, small=None))


def flaws(connection: Connection, stream_id: int) -> Iterator[tuple[int, str, str]]:
    """Entry, Vietnamese and English: a named photo that is not there, or is another than the one that was named."""
    own = select(tables.photos).where(tables.photos.c.dialogue_id == stream_id)
    there = {row.digest.hex(): row.large for row in connection.execute(own)}
    for n, name in _named(connection, stream_id):
        if name not in there:
            yield n, "thiếu ảnh của dòng này", "the photo of this entry is missing"
        elif there[name] is None or sha256(there[name]).hexdigest() != name:
            yield n, "ảnh không phải ảnh đã gửi", "the photo is not the one that was sent"


def _named(connection: Connection, stream_id: int, entries: Sequence[int] | None = None) -> Iterator[tuple[int, str]]:
    """The entries that put a photo beside a question and are not erased, with its digest in hexadecimal."""
    columns, texts = tables.entries.c, tables.sealed_texts.c
    bodies = select(columns.n, columns.body).where(columns.dialogue_id == stream_id, columns.kind == _ATTACHED)
    for n, body in connection.execute(bodies if entries is None else bodies.where(columns.n.in_(entries))).all():
        own = texts.dialogue_id == stream_id, texts.digest.in_(digests(body)), texts.text.is_not(None)
        yield from ((n, name) for name in connection.scalars(select(texts.text).where(*own)))
