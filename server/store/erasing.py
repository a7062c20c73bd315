"""Erasing personal texts (law 91/2025/QH15): text and salt go, the digest in the entry stays and says nothing."""

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, select, update

from server.store import photos, tables
from server.store.codec import cited


def erase(connection: Connection, stream_id: int, numbers: Collection[int]) -> int:
    """Empty the texts that these entries cite, and the photos they name. Gives how many texts were still there.

    A receipt's code stays: it is random, and whoever holds it may go on asking what became of the question.
    """
    photos.erase(connection, stream_id, list(numbers))
    columns, texts = tables.entries.c, tables.sealed_texts.c
    bodies = select(columns.body).where(columns.dialogue_id == stream_id, columns.n.in_(list(numbers)))
    personal = [digest for body in connection.scalars(bodies) for digest in _personal(body)]
    own = texts.dialogue_id == stream_id, texts.digest.in_(personal), texts.text.is_not(None)
    return connection.execute(update(tables.sealed_texts).where(*own).values(text=None, salt=None)).rowcount


def _personal(body: str) -> Iterator[bytes]:
    for name, value in msgspec.json.decode(body).items():
        if name != "receipt":
            yield from cited(value)
