"""Commit, then the answers, then the news: in this order also while many pages are being told of something else."""

import asyncio
from dataclasses import replace

import pytest

from live import commands as do
from server import clock
from server.rooms import rounds
from server.rooms.listeners import CLOSED_ABOVE, Listener, Pushed
from server.rooms.room import Room
from server.rooms.turn import Accepted
from tests.cast import HANH, MODERATOR, SECRETARY, STAGE
from tests.server.rooms.crashing import ticks
from tests.server.rooms.listening_line import KeptLine
from tests.waiting import until_async

pytestmark = pytest.mark.anyio


class NotedLine(KeptLine):
    """Notes in a common list when it is told of a change."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:
        if b'"after"' in frame or b'"patches"' in frame:
            self._order.append("news")
        return super().push(frame, most)


async def asked(room: Room, place: int, order: list[str]) -> None:
    answer = await room.handle(do.Ask(f"Câu {place}"), replace(HANH, id=f"seat-{place}"), f"op-{place}")
    assert isinstance(answer, Accepted)
    order.append("answer")


@pytest.mark.parametrize("under_way", [False, True])
async def test_all_answers_of_a_commit_leave_before_any_page_hears_of_it(
    room: Room, monkeypatch: pytest.MonkeyPatch, under_way: bool
) -> None:
    monkeypatch.setattr(rounds, "SLICE", 10)
    order: list[str] = []
    seats = [replace(MODERATOR, id=f"moderator-{place}") for place in range(60)]
    seats += [replace(HANH, id=f"seat-{place}") for place in range(5)]
    for seat in seats:
        room.fanout.join(Listener(NotedLine(order), seat, "vi"), None, "", clock.now())
    for place in range(100):
        room.fanout.join(Listener(KeptLine(), replace(STAGE, id=f"stage-{place}"), "vi"), None, "", clock.now())
    order.clear()
    if under_way:  # a line of the transcript, on its way to a hundred screens
        await room.handle(do.WriteLine("Xã đã ghi nhận."), SECRETARY)
        while room.fanout._rounds._walk is None:
            await ticks(1)
        order.clear()
    await asyncio.gather(*(asked(room, place, order) for place in range(5)))
    await until_async(lambda: order.count("news") >= 65, "everybody to have heard")
    assert order[:5] == ["answer"] * 5
