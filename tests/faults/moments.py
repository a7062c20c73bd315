"""Moments of a command's way at which a process ends as if by kill -9: no finally, no close, no goodbye.

Each is put in from outside, in a child that a test started; the product knows nothing of it. The moments inside a
commit are the disk's (disk.py).
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from live.entries import QuestionReceived
from server.doors.fast_lane import FastLane
from server.rooms.fanout import Fanout
from server.store.appending import Append
from server.store.journal import Journal
from tests.faults.breaks import changed


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _countdown(count: int) -> Callable[[], None]:
    left = [count]

    def once_more() -> None:
        left[0] -= 1
        if left[0] <= 0:
            _end()

    return once_more


def before_insert(count: int) -> None:
    once_more, write = _countdown(count), Append.__call__

    def ending(append: Append, connection: Any) -> Any:
        once_more()
        return write(append, connection)

    changed(Append, "__call__", ending)


def after_insert(count: int) -> None:
    once_more, write = _countdown(count), Append.__call__

    def ending(append: Append, connection: Any) -> Any:
        written = write(append, connection)
        once_more()
        return written

    changed(Append, "__call__", ending)


def in_a_long_commit(count: int) -> None:
    """With a question written and not committed, half a second long; sooner when an answer leaves nevertheless."""
    write, push, left, asked = Append.__call__, FastLane.push, threading.Event(), [count]

    def ending(append: Append, connection: Any) -> Any:
        written = write(append, connection)
        asked[0] -= any(isinstance(entry.fact, QuestionReceived) for deed in append.batch for entry in deed.entries)
        if asked[0] <= 0:
            left.clear()
            left.wait(0.5)
            _end()
        return written

    async def soon() -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        left.set()

    def answering(lane: FastLane, frame: bytes, *more: Any) -> Any:
        pushed = push(lane, frame, *more)
        if b'"ok"' in frame[:16] and b'"receipt"' in frame:
            kept.append(asyncio.ensure_future(soon()))
        return pushed

    kept: list[asyncio.Future[None]] = []
    changed(Append, "__call__", ending)
    changed(FastLane, "push", answering)


def after_commit(count: int) -> None:
    """On disk, and nobody knows. Also where several servers write: they decide behind each other."""
    once_more, written = _countdown(count), Journal._written

    async def ending(journal: Journal, *given: Any) -> Any:
        found = await written(journal, *given)
        once_more()
        return found

    changed(Journal, "_written", ending)


def before_broadcast(count: int) -> None:
    once_more, publish = _countdown(count), Fanout.publish

    def ending(fanout: Fanout, *given: Any, **more: Any) -> Any:
        once_more()
        return publish(fanout, *given, **more)

    changed(Fanout, "publish", ending)


def before_first_page(count: int) -> None:
    """The answers have been written, the news has been drawn, and no page was told of it."""
    once_more, bring, bring_owner = _countdown(count), Fanout._bring_all, Fanout._bring_owner

    def ending(fanout: Fanout, *given: Any) -> Any:
        once_more()
        return bring(fanout, *given)

    def ending_for_one(fanout: Fanout, *given: Any) -> Any:
        once_more()
        return bring_owner(fanout, *given)

    changed(Fanout, "_bring_all", ending)
    changed(Fanout, "_bring_owner", ending_for_one)


def during_broadcast(count: int) -> None:
    """After a patch was written to some pages and before it is written to the others."""
    once_more, push = _countdown(count), FastLane.push

    def ending(lane: FastLane, frame: bytes, *more: Any) -> Any:
        if b'"patches"' in frame:
            once_more()
        return push(lane, frame, *more)

    changed(FastLane, "push", ending)


def after_answer(count: int) -> None:
    """When the answer has left, a few turns of the loop after it was written."""
    once_more, push = _countdown(count), FastLane.push

    async def soon() -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        once_more()

    def ending(lane: FastLane, frame: bytes, *more: Any) -> Any:
        pushed = push(lane, frame, *more)
        if b'"ok"' in frame[:16]:
            kept.append(asyncio.ensure_future(soon()))
        return pushed

    kept: list[asyncio.Future[None]] = []
    changed(FastLane, "push", ending)


MOMENTS: dict[str, Callable[[int], None]] = {
    moment.__name__: moment
    for moment in (
        before_insert, after_insert, in_a_long_commit, after_commit, before_broadcast, before_first_page,
        during_broadcast, after_answer,
    )
}  # fmt: skip
