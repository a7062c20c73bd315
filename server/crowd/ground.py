"""A dialogue of the crowd's own: opened before the crowd comes, paused when it has gone, by a moderator's commands."""

import asyncio
from time import monotonic

from server.crowd.doors import CannotEnter
from server.crowd.evening import Evening
from server.crowd.moderator import Moderator
from server.crowd.outbox import Op, Told
from server.crowd.stand import Stand

_PATIENCE = 30.0


class _Desk(Moderator):
    """`told` is set by each answer."""

    def __init__(self, stand: Stand, cookie: str, place: int) -> None:
        super().__init__(stand, cookie, place)
        self.told = asyncio.Event()

    def came(self, op: Op, told: Told) -> None:
        super().came(op, told)
        self.told.set()


async def opened(evening: Evening) -> None:
    """Announce the draft and open it. Raises CannotEnter."""
    await _move(evening, "announced", "open")


async def rested(evening: Evening) -> None:
    """Nobody waits in front of a door that will not open: the page says that it is paused."""
    await _move(evening, "paused")


async def _move(evening: Evening, *states: str) -> None:
    stand = evening.stand
    desk = _Desk(stand, evening.staff[0], 0)
    desk.open()
    try:
        async with asyncio.timeout(_PATIENCE):
            for to in states:
                op = desk.command("move_dialogue", monotonic(), to=to)
                await desk.told.wait()
                desk.told.clear()
                if op.answer is None or op.answer["code"]:
                    raise CannotEnter(f"move_dialogue {to}: {op.answer}")
    except TimeoutError:
        raise CannotEnter(f"move_dialogue: no answer in {_PATIENCE:g} s") from None
    finally:
        desk.end()
