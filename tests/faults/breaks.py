"""Rules of the house, broken on purpose in a child of a test: the suite must notice (test_the_suite_bites.py)."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete

from server.doors.limits import Limits
from server.rooms.fanout import Fanout
from server.rooms.listeners import Listener
from server.rooms.turn import Turn, Waiting
from server.store import appending, engines, tables
from transcription import durable


def changed(owner: object, name: str, act: object) -> None:
    """Put `act` in the place of something of the product, in this child only: the product has no switch for it."""
    setattr(owner, name, act)


def unlimited() -> None:
    """No broken rule: a handful of phones does the work of hundreds."""
    changed(Limits, "command", lambda *_: 0.0)


def answer_before_commit() -> None:
    """Answers are given when decided; the disk follows."""
    take = Turn.take

    def hasty(turn: Turn, waiting: Waiting) -> None:
        take(turn, waiting)
        if turn.answers and turn.answers[-1][0] is waiting and not waiting.answer.done():
            waiting.answer.set_result(turn.answers[-1][1])

    changed(Turn, "take", hasty)


def forget_ops() -> None:
    """An op is written, and neither looked for nor unique: what comes again is done again."""
    write, ops = appending.Append._write_answers, tables.ops.c

    def over(append: appending.Append, connection: Connection) -> None:
        for deed in append.batch:
            own = ops.dialogue_id == append.stream_id, ops.seat == deed.seat, ops.op == deed.op
            connection.execute(delete(tables.ops).where(*own))
        write(append, connection)

    changed(Turn, "left_nothing", property(lambda _: []))
    changed(appending.Append, "_write_answers", over)


def join_outside_the_turn() -> None:
    """A page is drawn in one turn of the loop, and begins to listen in a later one: when the next change has gone by.

    Not so many turns later: how many pass while the disk works differs each time, and a run must be repeatable.
    """
    join = Fanout.join
    kept: list[asyncio.Future[None]] = []

    async def later(fanout: Fanout, listener: Listener, at: datetime) -> None:
        drawn = fanout.dialogue
        while fanout.dialogue is drawn:  # noqa: ASYNC110 - the product has no event to wait for, and needs none
            await asyncio.sleep(0)
        join(fanout, listener, fanout.dialogue.n, fanout.epoch, at)

    def slow(fanout: Fanout, listener: Listener, since: int | None, epoch: str, at: datetime) -> None:
        listener.line.push(fanout.whole(listener.audience, listener.language))
        kept.append(asyncio.ensure_future(later(fanout, listener, at)))

    changed(Fanout, "join", slow)


def sync_now_and_then() -> None:
    """SQLite's NORMAL: a commit is on the disk at the next checkpoint."""
    pragmas = tuple(pragma.replace("FULL", "NORMAL") for pragma in engines._ALWAYS)
    changed(engines, "_ALWAYS", pragmas)


def small_checkpoints() -> None:
    """No broken rule: a checkpoint every few commits, so that tests meet many."""
    changed(engines, "_WRITER", ("secure_delete=ON", "wal_autocheckpoint=20"))


def names_left_to_chance() -> None:
    """New files of a recording are synced, the folder that names them is not."""
    changed(durable, "sync", lambda _directory: None)


BREAKS: dict[str, Callable[[], None]] = {
    change.__name__: change
    for change in (
        unlimited,
        answer_before_commit,
        forget_ops,
        join_outside_the_turn,
        sync_now_and_then,
        small_checkpoints,
        names_left_to_chance,
    )
}
