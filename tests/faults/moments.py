"""Moments of a command's way at which a process ends as if by kill -9: no finally, no close, no goodbye.

Each is put in from outside, in a child that a test started; the product knows nothing of it. The moments inside a
commit are the disk's (disk.py).
"""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any

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


def after_commit(count: int) -> None:
    once_more, append = _countdown(count), Journal.append

    async def ending(journal: Journal, *given: Any) -> Any:
        head = await append(journal, *given)
        once_more()
        return head

    changed(Journal, "append", ending)


def before_broadcast(count: int) -> None:
    once_more, publish = _countdown(count), Fanout.publish

    def ending(fanout: Fanout, *given: Any, **more: Any) -> Any:
        once_more()
        return publish(fanout, *given, **more)

    changed(Fanout, "publish", ending)


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
    for moment in (before_insert, after_insert, after_commit, before_broadcast, during_broadcast, after_answer)
}
