"""What the journal is asked: entries, answers, tallies, receipts, proofs. Each runs in a reader's thread."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, and_, func, select, tuple_

from live.bursts import LoneSupport
from live.entries import Entry
from live.states import DialogueState
from server.store import tables
from server.store.chain import Stored
from server.store.codec import decode, digests
from server.store.merkle import path
from server.store.shapes import Answered, DialogueRow, Proof, Stream

T = TypeVar("T")
AT_ONCE = 1_000
"""Values in one IN list: below every database's limit."""

_STREAM = select(*(tables.dialogues.c[name] for name in ("id", "code", "epoch", "n", "demo", "supported")))
_STREAM_WIDTH = 6


def stream(connection: Connection, code: str) -> Stream | None:
    if not code.isprintable():  # PostgreSQL has no word for a null character
        return None
    row = connection.execute(_STREAM.where(tables.dialogues.c.code == code.upper())).one_or_none()
    return None if row is None else Stream(*row)


def streams(connection: Connection, ids: Sequence[int]) -> list[Stream]:
    """Where these dialogues stand now."""
    return [Stream(*row) for row in connection.execute(_STREAM.where(tables.dialogues.c.id.in_(ids)))]


def stored(connection: Connection, stream_id: int, after: int = 0) -> list[Stored]:
    """The entries as they lie on disk, in order."""
    columns = tables.entries.c
    query = select(columns.n, columns.at, columns.seat, columns.kind, columns.body)
    own = columns.dialogue_id == stream_id, columns.n > after
    return [Stored(*row) for row in connection.execute(query.where(*own).order_by(columns.n))]


def entries(connection: Connection, stream_id: int, after: int) -> list[Entry]:
    """The entries with their texts; an erased text is `Sealed(None)`."""
    return _with_texts(connection, stream_id, stored(connection, stream_id, after))


def _with_texts(connection: Connection, stream_id: int, rows: Sequence[Stored]) -> list[Entry]:
    cited = [digest for row in rows for digest in digests(row.body)]
    found = texts(connection, stream_id, cited)
    return [Entry(row.n, row.at, row.seat, decode(row.kind, row.body, found)) for row in rows]


def tail(connection: Connection, code: str, after: int) -> tuple[Stream | None, list[Entry]]:
    """Where a dialogue stands, and its entries after number `after`, of one moment.

    In one statement, because another server's pages wait for it; a second fetches the texts, when there are any.
    """
    columns, own = tables.entries.c, tables.dialogues.c
    if not code.isprintable():  # as above
        return None, []
    behind = tables.dialogues.outerjoin(tables.entries, and_(columns.dialogue_id == own.id, columns.n > after))
    rows = connection.execute(
        _STREAM.add_columns(columns.n, columns.at, columns.seat, columns.kind, columns.body)
        .select_from(behind).where(own.code == code.upper()).order_by(columns.n)
    ).all()  # fmt: skip
    if not rows:
        return None, []
    found = Stream(*rows[0][:_STREAM_WIDTH])
    new = [Stored(*row[_STREAM_WIDTH:]) for row in rows if row[_STREAM_WIDTH] is not None]
    return found, _with_texts(connection, found.id, new)


def texts(connection: Connection, stream_id: int, cited: Sequence[bytes]) -> dict[bytes, str | None]:
    columns, found = tables.sealed_texts.c, dict[bytes, str | None]()
    for some in _in_parts(cited):
        query = select(columns.digest, columns.text).where(columns.dialogue_id == stream_id, columns.digest.in_(some))
        found |= dict(connection.execute(query).all())
    return found


def answers(connection: Connection, stream_id: int, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Answered]:
    columns, found = tables.ops.c, dict[tuple[str, str], Answered]()
    for some in _in_parts(keys):
        query = select(columns.seat, columns.op, columns.body_digest, columns.answer)
        own = columns.dialogue_id == stream_id, tuple_(columns.seat, columns.op).in_(some)
        for seat, op, digest, answer in connection.execute(query.where(*own)):
            found[seat, op] = Answered(digest, msgspec.json.decode(answer))
    return found


def supports(connection: Connection, stream_id: int, leads: Mapping[int, int]) -> dict[int, int]:
    """How many seats support each question; questions without any are left out.

    `leads` names the question that each merged one was merged into: it counts the seats of both, each of them once.
    """
    columns = tables.supports.c
    query = select(columns.question, func.count()).where(columns.dialogue_id == stream_id, columns.value)
    counts: dict[int, int] = dict(connection.execute(query.group_by(columns.question)).all())
    together: dict[int, set[str]] = {lead: set() for lead in leads.values() if counts}
    for numbers in _in_parts([*leads, *together] if counts else []):
        rows = select(columns.question, columns.seat).where(columns.dialogue_id == stream_id, columns.value)
        for question, seat in connection.execute(rows.where(columns.question.in_(numbers))):
            together[leads.get(question, question)].add(seat)
    return counts | {lead: len(seats) for lead, seats in together.items() if seats}


def lone_supports(connection: Connection, stream_id: int) -> tuple[list[LoneSupport], list[datetime]]:
    """The supports of seats that ever set just one, of those that joined by the door; and when each seat joined."""
    columns, seats = tables.supports.c, tables.seats.c
    once = select(columns.seat).where(columns.dialogue_id == stream_id).group_by(columns.seat).having(func.count() == 1)
    rows = (
        select(columns.question, columns.seat, columns.at, seats.created_at)
        .join(tables.seats, seats.id == columns.seat)
        .where(columns.dialogue_id == stream_id, columns.value, columns.seat.in_(once))
    )
    joins = select(seats.created_at).where(seats.dialogue_id == stream_id)
    return [LoneSupport(*row) for row in connection.execute(rows)], list(connection.scalars(joins))


def supported_by(connection: Connection, stream_id: int, seat: str) -> frozenset[int]:
    columns = tables.supports.c
    own = columns.dialogue_id == stream_id, columns.seat == seat, columns.value
    return frozenset(connection.scalars(select(columns.question).where(*own)))


def receipt(connection: Connection, code: str) -> tuple[Stream, int] | None:
    if not code.isprintable():
        return None
    row = connection.execute(select(tables.receipts).where(tables.receipts.c.code == code.upper())).one_or_none()
    if row is None:
        return None
    dialogue = select(tables.dialogues.c.code).where(tables.dialogues.c.id == row.dialogue_id)
    found = stream(connection, connection.execute(dialogue).scalar_one())
    return None if found is None else (found, row.question)


def dialogues(connection: Connection) -> list[DialogueRow]:
    """All dialogues, the latest first."""
    columns = tables.dialogues.c
    begins = func.coalesce(columns.starts_at, columns.created_at)
    return [_dialogue(row) for row in connection.execute(select(tables.dialogues).order_by(begins.desc(), columns.id))]


def proof(connection: Connection, stream_id: int, n: int) -> Proof:
    """That entry `n` is under the last signed head. Raises LookupError when there is no such entry."""
    columns, heads = tables.entries.c, tables.heads.c
    last = select(tables.heads).where(heads.dialogue_id == stream_id).order_by(heads.n.desc()).limit(2)
    newest = connection.execute(last).all()
    if not newest or not 1 <= n <= newest[0].n:
        raise LookupError(f"stream {stream_id} has no entry {n}")
    own = columns.dialogue_id == stream_id, columns.n <= newest[0].n
    leaves = list(connection.scalars(select(columns.leaf).where(*own).order_by(columns.n)))
    anchor = connection.execute(select(tables.dialogues.c.anchor).where(tables.dialogues.c.id == stream_id))
    return Proof(
        leaf=leaves[n - 1],
        index=n - 1,
        size=newest[0].n,
        path=tuple(path(leaves, n - 1)),
        root=newest[0].root,
        signature=newest[0].signature,
        at=newest[0].at,
        anchor=anchor.scalar_one(),
        previous=newest[1].n if len(newest) > 1 else 0,
        canonical=stored(connection, stream_id, n - 1)[0].canonical(),
    )


def _dialogue(row: Row[Any]) -> DialogueRow:
    return DialogueRow(
        row.id, row.code, row.demo, DialogueState(row.state), row.title, row.agency, row.place, row.starts_at,
        row.created_at,
    )  # fmt: skip


def _in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
