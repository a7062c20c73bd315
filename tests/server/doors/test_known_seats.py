"""A hall that comes back asks for its seats together, and a database that fails once is asked again."""

import asyncio
from collections.abc import Collection

import pytest

from server import clock
from server.doors.known_seats import KnownSeats
from server.store.database import Database
from server.store.journal import Journal
from server.store.people import Joining, People
from server.store.problems import NotStored
from tests.waiting import until_async

pytestmark = pytest.mark.anyio


class CountedPeople(People):
    """`asked` says what each statement asked for: all seats of a dialogue, or so many tokens."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.asked: list[str | int] = []
        self.broken = False

    async def seats(self, code: str) -> dict[bytes, str]:
        self.asked.append(code)
        if self.broken:
            raise NotStored("the database does not answer")
        return await super().seats(code)

    async def seats_with(self, digests: Collection[bytes]) -> dict[bytes, str]:
        self.asked.append(len(digests))
        if self.broken:
            raise NotStored("the database does not answer")
        return await super().seats_with(digests)


@pytest.fixture
async def people(database: Database, journal: Journal) -> CountedPeople:
    for code in ("TEST01", "OTHER1"):
        await journal.create(code, at=clock.now())
    return CountedPeople(database)


async def seated(people: People, count: int) -> dict[str, str]:
    """So many more citizens: their tokens, and the ids of their seats."""
    found = {}
    for _ in range(count):
        token = clock.secret()
        await people.take_seat("TEST01", token, Joining("Bà Sáu", "xã Ea Mô"), clock.now())
        seat = await people.seat("TEST01", token)
        assert seat is not None
        found[token] = seat.id
    return found


async def found_together(seats: KnownSeats, tokens: list[str], code: str = "TEST01") -> list[str | None]:
    return await asyncio.gather(*(seats.find(code, token) for token in tokens))


async def test_a_whole_hall_is_found_with_one_statement(people: CountedPeople) -> None:
    hall = await seated(people, 40)
    seats = KnownSeats(people)
    assert await found_together(seats, list(hall)) == list(hall.values())
    assert await found_together(seats, list(hall)) == list(hall.values())
    assert people.asked == ["TEST01"]
    assert [seats.known("TEST01", token) for token in hall] == list(hall.values())


async def test_those_who_sat_down_since_and_strangers_are_looked_for_together(people: CountedPeople) -> None:
    seats = KnownSeats(people)
    await seats.find("TEST01", clock.secret())
    late, strangers = await seated(people, 20), [clock.secret() for _ in range(20)]
    people.asked.clear()
    assert await found_together(seats, [*late, *strangers]) == [*late.values(), *[None] * 20]
    assert people.asked == [40]
    assert await found_together(seats, [*late]) == [*late.values()]
    assert people.asked == [40], "who was found once is known"


async def test_whoever_sits_down_while_a_look_is_under_way_is_in_the_next(people: CountedPeople) -> None:
    """A look that has begun may have begun before the seat was there: its "nobody" is not for those who come now."""
    seats = KnownSeats(people)
    await seats.find("TEST01", clock.secret())
    people.asked.clear()
    first = asyncio.create_task(seats.find("TEST01", clock.secret()))
    await until_async(lambda: people.asked, "the first look to begin")
    (token, seat), *_ = (await seated(people, 1)).items()
    assert await seats.find("TEST01", token) == seat
    assert await first is None
    assert people.asked == [1, 1]


async def test_a_read_that_failed_is_tried_again_by_whoever_comes_next(people: CountedPeople) -> None:
    hall = await seated(people, 3)
    seats = KnownSeats(people)
    people.broken = True
    failed = await asyncio.gather(*(seats.find("TEST01", token) for token in hall), return_exceptions=True)
    assert all(isinstance(one, NotStored) for one in failed)
    people.broken = False
    assert await found_together(seats, list(hall)) == list(hall.values())
    assert people.asked == ["TEST01", "TEST01"]
    people.broken = True
    with pytest.raises(NotStored):
        await seats.find("TEST01", clock.secret())
    people.broken = False
    assert await seats.find("TEST01", clock.secret()) is None


async def test_one_token_is_another_seat_in_another_dialogue(people: CountedPeople) -> None:
    (token, seat), *_ = (await seated(people, 1)).items()
    seats = KnownSeats(people)
    assert await found_together(seats, [token], "OTHER1") == [None]
    assert await found_together(seats, [token]) == [seat]
