"""The one transaction that makes something true: entries, texts, answers, read tables, chain and signed head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from live.entries import Entry
from server.store import tables
from server.store.chain import Head, Stored, Tip, sign
from server.store.codec import encode
from server.store.problems import Moved, Rewritten
from server.store.read_tables import write_read_tables
from server.store.rows import Values, insert_rows
from server.store.shapes import Deed

_dialogues, _entries = tables.dialogues.c, tables.entries.c
_OWN = _dialogues.id == bindparam("stream")
_HOLD = select(_dialogues.n, _dialogues.anchor, _dialogues.state).where(_OWN).with_for_update()
_MOVE = update(tables.dialogues).where(_OWN).values(n=bindparam("to"))
_CHAIN = select(_entries.chain).where(_entries.dialogue_id == bindparam("stream"), _entries.n == bindparam("last"))


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
        own, at = self.stream_id, self.at
        answers = [
            (own, deed.seat, deed.op, deed.body_digest, msgspec.json.encode(deed.answer).decode(), at)
            for deed in self.batch
            if deed.op is not None
        ]
        insert_rows(connection, tables.ops, answers)

    def _write_entries(self, connection: Connection, entries: Sequence[Entry], tip: Tip) -> Tip:
        own, rows, texts = self.stream_id, list[Values](), list[Values]()
        for entry in entries:
            kind, body, taken_out = encode(entry.fact, self.salt)
            leaf = Stored(entry.n, entry.at, entry.seat, kind, body).leaf()
            tip = tip.after(leaf)
            rows.append((own, entry.n, entry.at, entry.seat, kind, body, leaf, tip.chain))
            texts += [(own, text.digest, text.salt, text.text) for text in taken_out]
        insert_rows(connection, tables.entries, rows)
        insert_rows(connection, tables.sealed_texts, texts)
        if rows:
            connection.execute(_MOVE, {"stream": own, "to": tip.n})
        return tip

    def _write_head(self, connection: Connection, anchor: bytes, tip: Tip) -> Head:
        """Every commit that adds entries ends in a head, so the head before this one is at `expected_n`."""
        head = sign(self.key, anchor, self.expected_n, tip, self.at)
        insert_rows(connection, tables.heads, [(self.stream_id, head.n, head.root, head.signature, head.at)])
        return head


def hold(connection: Connection, stream_id: int) -> Row[int, bytes, str]:
    """Hold the stream's row until the commit: SQLite holds the whole file anyway, PostgreSQL this row only."""
    stream = connection.execute(_HOLD, {"stream": stream_id}).one_or_none()
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
    if known is not None and n and connection.scalar(_CHAIN, {"stream": stream_id, "last": n}) != tip.chain:
        raise Rewritten(f"stream {stream_id} has another past than the one known here")
    return tip


def _check_dense(entries: Sequence[Entry], after: int) -> None:
    for expected, entry in enumerate(entries, after + 1):
        if entry.n != expected:
            raise ValueError(f"entry {entry.n} stands where {expected} belongs")
