"""What ends with a rehearsal, in the commit that ends it: rows that question numbers lead to, and what its phones sent.

Its entries stay in the journal; of what phones sent in it, words and pictures go, as when they are erased, and so
does what the machine heard there.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select

from live.entries import DialogueMoved, PhotoAttached, QuestionReceived, SegmentHeard
from live.seats import REHEARSES
from server.naming import snake
from server.store import erasing, photos, tables
from server.store.codec import decode

_RECEIVED, _MOVED, _ATTACHED = snake(QuestionReceived), snake(DialogueMoved), snake(PhotoAttached)
_HEARD = snake(SegmentHeard)


def wipe_rehearsal(connection: Connection, stream_id: int, ended: int) -> None:
    """Question numbers are given anew after entry `ended`: receipts and supports must not lead to other questions."""
    began, since = _beginning(connection, stream_id, ended)
    numbers = list(_rehearsed(connection, stream_id, began, ended))
    for table in (tables.receipts, tables.supports) if numbers else ():
        own = table.c.dialogue_id == stream_id, table.c.question >= min(numbers)
        connection.execute(delete(table).where(*own))
    for table in (tables.supports, tables.ops):
        connection.execute(delete(table).where(table.c.dialogue_id == stream_id, table.c.seat.startswith(REHEARSES)))
    sent = list(_sent(connection, stream_id, began, ended))
    photos.wipe(connection, stream_id, sent, since)
    erasing.erase(connection, stream_id, sent)


def _beginning(connection: Connection, stream_id: int, ended: int) -> tuple[int, datetime]:
    """The entry with which the rehearsal began, and when: nothing moves the dialogue while it goes on."""
    columns = tables.entries.c
    moves = select(columns.n, columns.at).where(columns.dialogue_id == stream_id, columns.kind == _MOVED)
    began, since = connection.execute(moves.where(columns.n < ended).order_by(columns.n.desc()).limit(1)).one()
    return began, since


def _rehearsed(connection: Connection, stream_id: int, began: int, ended: int) -> Iterator[int]:
    """The numbers of the questions received in it."""
    columns = tables.entries.c
    own = columns.dialogue_id == stream_id, columns.n > began, columns.n < ended, columns.kind == _RECEIVED
    for kind, body in connection.execute(select(columns.kind, columns.body).where(*own)):
        fact = decode(kind, body, {})
        if isinstance(fact, QuestionReceived):
            yield fact.question


def _sent(connection: Connection, stream_id: int, began: int, ended: int) -> Iterator[int]:
    """The entries that came from its phones, what was heard there, and all photos, whoever brought them."""
    columns = tables.entries.c
    own = columns.dialogue_id == stream_id, columns.n > began, columns.n < ended
    theirs = or_(columns.seat.startswith(REHEARSES), columns.kind.in_((_ATTACHED, _HEARD)))
    yield from connection.scalars(select(columns.n).where(*own, theirs))
