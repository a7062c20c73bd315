"""A page that goes from one server to another ends as the page of the other: patches are for known moments only."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from live import commands as do
from live.seats import Audience, Seat
from server import clock
from server.rooms.moments import KEPT, Moments
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.journal import Journal
from tests.cast import MODERATOR
from tests.server.rooms.listening_line import KeptLine, listen
from tests.server.rooms.page import Page
from tests.waiting import until_async

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
READER = Seat("", Audience.PHONE)


@pytest.fixture
async def far(room: Room, journal: Journal, render: Render) -> AsyncIterator[Room]:
    """The same dialogue's room on another server."""
    rooms = Rooms(journal, render)
    found = await rooms.get(room.code)
    assert found is not None
    yield found
    await rooms.close()


async def look(room: Room, journal: Journal) -> None:
    stream = await journal.stream(room.code)
    assert stream is not None
    await room.reach(stream)


async def take(page: Page, line: KeptLine) -> None:
    for _ in range(20):
        await asyncio.sleep(0)  # a broadcast goes on in the next turns of the loop
    for message in line.messages:
        if "patches" in message:
            page.take(message)
    line.frames.clear()


async def fresh(room: Room) -> dict[str, str]:
    listener, line = listen(READER)
    room.fanout.join(listener, None, "", clock.now())
    page = Page()
    await take(page, line)
    room.fanout.leave(listener)
    return page.markup


async def change(room: Room, dice: random.Random) -> None:
    """Something that moves what a phone sees: new questions, and the same few put here and there."""
    queued = room.dialogue.queue
    if len(queued) < 3 or dice.random() < 0.3:
        await room.handle(do.Ask(f"Câu {room.n}", name="Bà Sáu"), MODERATOR)
        await room.handle(do.Approve(max(room.dialogue.questions)), MODERATOR)
    else:
        moved, before = dice.sample(list(queued), 2)
        await room.handle(do.Place(moved, before), MODERATOR)


@pytest.mark.parametrize("seed", range(12))
async def test_a_page_that_changes_servers_at_any_moment_is_right(
    room: Room, far: Room, journal: Journal, seed: int
) -> None:
    dice, page, at = random.Random(seed), Page(), room
    listener, line = listen(READER)
    at.welcome(listener, None, "")
    for _ in range(25):
        await change(dice.choice([room, far]), dice)
        if dice.random() < 0.4:
            await look(dice.choice([room, far]), journal)
        await take(page, line)
        if dice.random() < 0.4:
            at.fanout.leave(listener)
            at = far if at is room else room
            listener, line = listen(READER)
            at.welcome(listener, page.n, at.epoch)
    for each in (room, far):
        await look(each, journal)
    await until_async(lambda: room.n == far.n, "both to have looked")
    await take(page, line)
    assert page.markup == await fresh(room) == await fresh(far)


async def test_a_page_between_two_moments_is_given_anew(room: Room, far: Room, journal: Journal) -> None:
    start = far.n
    early, _ = listen(READER)
    far.welcome(early, None, "")
    for number in (1, 2):
        await room.handle(do.Ask(f"Câu {number}", name="Bà Sáu"), MODERATOR)
    await look(far, journal)
    between, line = listen(READER)
    far.welcome(between, start + 1, far.epoch)
    assert {patch[0] for patch in line.messages[0]["patches"]} == {"fill"}
    known, line = listen(READER)
    far.welcome(known, start, far.epoch)
    assert not any(patch[0] == "fill" for patch in line.messages[0].get("patches", []) if patch[1] != "mine")


async def test_a_page_that_knows_more_makes_the_server_look(room: Room, far: Room) -> None:
    await room.handle(do.Ask("Câu một", name="Bà Sáu"), MODERATOR)
    listener, _ = listen(READER)
    far.welcome(listener, room.n, far.epoch)
    await until_async(lambda: far.n == room.n, "the other to have looked")


def test_only_the_latest_moments_are_kept() -> None:
    moments = Moments(0)
    for n in range(1, KEPT + 10):
        moments.add(n)
    assert 0 not in moments
    assert 10 in moments
    assert KEPT + 9 in moments
