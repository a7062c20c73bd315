"""The one transaction that makes something true: entries, texts, answers, read tables, chain and signed head."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from live.entries import Entry
from server.store import tables
from server.store.chain import Head, Stored, Tip, sign
from server.store.codec import encode
from server.store.problems import Moved, Rewritten
from server.store.read_tables import write_read_tables
from server.store.shapes import Deed


@dataclass(frozen=True, slots=True)
class Append:
    """A batch on its way to the disk. Called in the writer's thread with an open transaction."""

    stream_id: int
    expected_n: int
    batch: Sequence[Deed]
    at: datetime
    key: Ed25519PrivateKey
    salt: Callable[[], bytes]
    known: Tip | None

    def __call__(self, connection: Connection) -> tuple[Head, Tip]:
        """Write everything. Raises Moved when the stream is elsewhere, or an op or a receipt is taken; Rewritten."""
        entries = [entry for deed in self.batch for entry in deed.entries]
        _check_dense(entries, self.expected_n)
        stream = self._lock(connection)
        tip = find_tip(connection, self.stream_id, stream.anchor, self.known, self.expected_n)
        try:
            self._write_answers(connection)
            tip = self._write_entries(connection, entries, tip)
            write_read_tables(connection, self.stream_id, stream.state, self.batch, self.at)
        except IntegrityError as taken:
            raise Moved(f"stream {self.stream_id}: an op or a receipt is there already") from taken
        if not entries:
            return Head(tip.n, tip.frontier.root(), b"", self.at), tip
        return self._write_head(connection, stream.anchor, tip), tip

    def _lock(self, connection: Connection) -> Row[int, bytes, str]:
        stream = hold(connection, self.stream_id)
        if stream.n != self.expected_n:
            raise Moved(f"stream {self.stream_id} is at {stream.n}, not at {self.expected_n}")
        return stream

    def _write_answers(self, connection: Connection) -> None:
        answers = [
            {
                "dialogue_id": self.stream_id,
                "seat": deed.seat,
                "op": deed.op,
                "body_digest": deed.body_digest,
                "answer": msgspec.json.encode(deed.answer).decode(),
                "at": self.at,
            }
            for deed in self.batch
            if deed.op is not None
        ]
        if answers:
            connection.execute(insert(tables.ops), answers)

    def _write_entries(self, connection: Connection, entries: Sequence[Entry], tip: Tip) -> Tip:
        own = {"dialogue_id": self.stream_id}
        rows, texts = list[dict[str, Any]](), list[dict[str, Any]]()
        for entry in entries:
            kind, body, taken_out = encode(entry.fact, self.salt)
            leaf = Stored(entry.n, entry.at, entry.seat, kind, body).leaf()
            tip = tip.after(leaf)
            row = {"n": entry.n, "at": entry.at, "seat": entry.seat, "kind": kind, "body": body}
            rows.append(own | row | {"leaf": leaf, "chain": tip.chain})
            texts += [own | {"digest": text.digest, "salt": text.salt, "text": text.text} for text in taken_out]
        if rows:
            connection.execute(insert(tables.entries), rows)
            connection.execute(update(tables.dialogues).where(tables.dialogues.c.id == self.stream_id).values(n=tip.n))
        if texts:
            connection.execute(insert(tables.sealed_texts), texts)
        return tip

    def _write_head(self, connection: Connection, anchor: bytes, tip: Tip) -> Head:
        """Every commit that adds entries ends in a head, so the head before this one is at `expected_n`."""
        head = sign(self.key, anchor, self.expected_n, tip, self.at)
        connection.execute(insert(tables.heads), {"dialogue_id": self.stream_id, **asdict(head)})
        return head


def hold(connection: Connection, stream_id: int) -> Row[int, bytes, str]:
    """Hold the stream's row until the commit: SQLite holds the whole file anyway, PostgreSQL this row only."""
    columns = tables.dialogues.c
    query = select(columns.n, columns.anchor, columns.state).where(columns.id == stream_id).with_for_update()
    stream = connection.execute(query).one_or_none()
    if stream is None:
        raise LookupError(f"there is no stream {stream_id}")
    return stream


def find_tip(connection: Connection, stream_id: int, anchor: bytes, known: Tip | None, n: int) -> Tip:
    """The end of the chain at `n`: what is remembered, brought up to date with what others wrote. Raises Rewritten."""
    tip = known if known is not None and known.n <= n else Tip(anchor)
    if tip.n < n:
        columns = tables.entries.c
        tail = select(columns.leaf).where(columns.dialogue_id == stream_id, columns.n > tip.n, columns.n <= n)
        for leaf in connection.scalars(tail.order_by(columns.n)):
            tip = tip.after(leaf)
    if tip.n != n:
        raise LookupError(f"stream {stream_id} says it is at {n}, but its entries end at {tip.n}: run doithoai verify")
    if known is not None and n:
        columns = tables.entries.c
        there = select(columns.chain).where(columns.dialogue_id == stream_id, columns.n == n)
        if connection.scalar(there) != tip.chain:
            raise Rewritten(f"stream {stream_id} has another past than the one known here")
    return tip


def _check_dense(entries: Sequence[Entry], after: int) -> None:
    for expected, entry in enumerate(entries, after + 1):
        if entry.n != expected:
            raise ValueError(f"entry {entry.n} stands where {expected} belongs")
