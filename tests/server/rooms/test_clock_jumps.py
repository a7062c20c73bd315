"""The clock of the machine jumps by an hour, forwards or back: order, numbers, queue and turns do not follow it."""

from datetime import timedelta

import pytest

from live import commands as do
from live.dialogue import replay
from live.states import Part
from server import clock
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted
from server.store.journal import Journal
from tests.cast import HANH, MODERATOR, TUAN

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("jumps", [(HOUR,), (-HOUR,), (HOUR, -HOUR), (-HOUR, HOUR, -HOUR)])
async def test_order_is_that_of_the_numbers_whatever_the_clock_says(
    room: Room, journal: Journal, render: Render, jumps: tuple[timedelta, ...]
) -> None:
    now = [clock.now()]
    room.clock = lambda: now[0]
    begun = room.n
    for place, jump in enumerate([timedelta(), *jumps], 1):
        now[0] += jump
        answer = await room.handle(do.Ask(f"Câu {place}"), HANH if place % 2 else TUAN, f"op-{place}")
        assert isinstance(answer, Accepted)
        assert answer.receipt is not None
        assert answer.receipt["number"] == place
        await room.handle(do.Approve(place), MODERATOR)
    entries = await journal.entries(room.stream.id)
    assert [entry.n for entry in entries] == [*range(1, room.n + 1)]
    assert room.n > begun
    assert list(room.dialogue.queue) == [*range(1, len(jumps) + 2)]
    assert replay(entries) == room.dialogue
    again = await Rooms(journal, render).get("TEST01")
    assert again is not None
    assert again.dialogue == room.dialogue
    await again.close()


async def test_a_turn_never_runs_backwards(room: Room) -> None:
    now = [clock.now()]
    room.clock = lambda: now[0]
    await room.handle(do.Ask("Câu"), HANH)
    await room.handle(do.Approve(1), MODERATOR)
    await room.handle(do.CallNext(), MODERATOR)
    await room.handle(do.StartClock(Part.ASKING), MODERATOR)
    now[0] -= HOUR
    await room.handle(do.StopClock(), MODERATOR)
    turn = room.dialogue.turn
    assert turn is not None
    assert turn.ran >= timedelta()
    await room.handle(do.StartClock(Part.ASKING), MODERATOR)
    now[0] += timedelta(seconds=30)
    await room.handle(do.StopClock(), MODERATOR)
    assert room.dialogue.turn is not None
    assert room.dialogue.turn.ran >= timedelta(seconds=30)
