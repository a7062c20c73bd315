"""A seat's own things: told to its pages when they change, also to one that was away, at each office apart."""

from collections.abc import Iterable

import pytest

from live import commands as do
from live.seats import Audience, Seat
from server.rooms.room import Room
from tests.cast import BY_JUNE, HANH, MODERATOR, SECRETARY, TUAN
from tests.server.rooms.listening_line import KeptLine, listen, told

pytestmark = pytest.mark.anyio


def come(room: Room, seat: Seat) -> KeptLine:
    listener, line = listen(seat)
    room.fanout.join(listener, None, "", room.clock())
    return line


def mine(line: KeptLine) -> list[str]:
    """What the page was told of its own things, in order."""
    patches = [patch for message in line.messages for patch in message.get("patches", ())]
    return [str(patch[2]) for patch in patches if patch[:2] == ["fill", "mine"]]


async def act(room: Room, *deeds: tuple[do.Command, Seat]) -> None:
    for command, seat in deeds:
        await room.handle(command, seat)
    await told()


async def test_a_page_that_was_away_for_a_change_is_told_when_it_is_taken_back(room: Room) -> None:
    await act(room, (do.Ask("Bao giờ sửa cầu?"), HANH))
    first = come(room, HANH)
    (waiting,) = mine(first)
    room.fanout.end_seat(HANH.id)
    await act(room, (do.StartReview(1), MODERATOR), (do.Approve(1), MODERATOR))
    back = come(room, HANH)
    (approved,) = mine(back)
    assert approved != waiting
    await act(room, (do.Undo(room.n), MODERATOR))
    assert mine(back)[-1] != approved, "it still shows a place in the queue"


async def test_nobody_is_told_of_the_questions_of_others(room: Room) -> None:
    await act(room, (do.Ask("Bao giờ sửa cầu?"), HANH), (do.Ask("Bao giờ có nước?"), TUAN))
    pages = {seat.id: come(room, seat) for seat in (HANH, TUAN)}
    await act(room, (do.Approve(2), MODERATOR), (do.Withdraw(1, "xin rút"), HANH))
    assert [len(mine(page)) for page in pages.values()] == [2, 2]
    assert "Bao giờ sửa cầu?" not in "".join(mine(pages[TUAN.id]))


async def test_whoever_has_two_offices_is_told_at_each_what_is_its_own(room: Room) -> None:
    """One person of staff is one seat; what is asked of an agency is no act of a moderator."""
    agency = Seat(MODERATOR.id, Audience.AGENCY, MODERATOR.name, agency="Phòng Kinh tế")
    await act(room, (do.Ask("Bao giờ sửa cầu?"), HANH), (do.Approve(1), MODERATOR))
    desk, office = come(room, MODERATOR), come(room, agency)
    before = len(mine(desk)), len(mine(office))

    async def news(deeds: Iterable[tuple[do.Command, Seat]]) -> tuple[int, int]:
        await act(room, *deeds)
        return len(mine(desk)) - before[0], len(mine(office)) - before[1]

    assert await news([(do.WriteLine("Chào bà con."), SECRETARY)]) == (0, 0)
    assert await news([(do.Assign(1, "Phòng Kinh tế", BY_JUNE), MODERATOR)]) == (1, 1)
    assert await news([(do.WriteLine("Xin mời."), SECRETARY)]) == (1, 1)
