"""What is kept beside the entries, in the same transaction, so that a list or a status needs no replay."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, tuple_, update

from live.entries import DialogueDescribed, DialogueMoved, Entry, MinutesMoved, QuestionReceived
from live.states import DialogueState, MinutesState
from server.store import tables
from server.store.rows import insert_rows
from server.store.shapes import Deed
from server.store.wiping import wipe_rehearsal


def write_read_tables(connection: Connection, stream_id: int, state: str, batch: Sequence[Deed], at: datetime) -> None:
    """Bring the read tables up to the batch, whose entries are in their table already. Raises IntegrityError.

    `state` is the dialogue's before the batch. Moves divide it: a rehearsal's rows must be gone before what follows.
    """
    changed: dict[str, Any] = {}
    if any(deed.supports for deed in batch):
        changed["supported"] = tables.dialogues.c.supported + 1
    for part in _parts(batch):
        _write_supports(connection, stream_id, part, at)
        _write_receipts(connection, stream_id, part)
        for entry in _entries(part):
            if isinstance(entry.fact, DialogueMoved):
                if state == DialogueState.REHEARSAL:
                    wipe_rehearsal(connection, stream_id, entry.n)
                state = changed["state"] = entry.fact.to.value
            elif isinstance(entry.fact, MinutesMoved) and entry.fact.to is MinutesState.PUBLISHED:
                state = changed["state"] = DialogueState.PUBLISHED.value
            elif isinstance(entry.fact, DialogueDescribed) and state != DialogueState.REHEARSAL:
                changed |= described(entry.fact)
    if changed:
        connection.execute(update(tables.dialogues).where(tables.dialogues.c.id == stream_id).values(**changed))


def _parts(batch: Sequence[Deed]) -> Iterator[Sequence[Deed]]:
    """The batch cut behind each deed that moves the dialogue."""
    start = 0
    for end, deed in enumerate(batch, 1):
        if end == len(batch) or any(isinstance(entry.fact, DialogueMoved) for entry in deed.entries):
            yield batch[start:end]
            start = end


def _entries(batch: Sequence[Deed]) -> list[Entry]:
    return [entry for deed in batch for entry in deed.entries]


def _write_supports(connection: Connection, stream_id: int, batch: Sequence[Deed], at: datetime) -> None:
    """One row per question and seat, holding the value it has now: never an increment."""
    wanted = {(support.question, support.seat): support.on for deed in batch for support in deed.supports}
    if not wanted:
        return
    columns = tables.supports.c
    old = columns.dialogue_id == stream_id, tuple_(columns.question, columns.seat).in_(list(wanted))
    connection.execute(delete(tables.supports).where(*old))
    connection.execute(
        insert(tables.supports),
        [
            {"dialogue_id": stream_id, "question": question, "seat": seat, "value": on, "at": at}
            for (question, seat), on in wanted.items()
        ],
    )


def _write_receipts(connection: Connection, stream_id: int, batch: Sequence[Deed]) -> None:
    """Where each receipt leads; a question that was typed in without one has none."""
    facts = (entry.fact for entry in _entries(batch))
    rows = [
        (str(fact.receipt).upper(), stream_id, fact.question)
        for fact in facts
        if isinstance(fact, QuestionReceived) and fact.receipt
    ]
    insert_rows(connection, tables.receipts, rows)


def described(fact: DialogueDescribed) -> dict[str, Any]:
    """The columns that a notice fills."""
    texts = {"title": str(fact.title), "agency": str(fact.agency), "place": str(fact.place)}
    return {**texts, "starts_at": fact.starts_at}
