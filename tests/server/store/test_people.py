"""Staff, sessions and seats: what ends a session, and that a seat belongs to one dialogue and one device."""

from datetime import UTC, datetime, timedelta

import pytest

from server.store.database import Database
from server.store.journal import Journal
from server.store.people import Joining, LoginTaken, People
from tests.server.both import BOTH

pytestmark = [pytest.mark.anyio, BOTH]

AT = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def people(database: Database, journal: Journal) -> People:
    await journal.create("TEST01", at=AT)
    await journal.create("TEST02", at=AT)
    people = People(database)
    await people.add_staff("binh", "Trần Bình", "hash", frozenset({"moderator", "clerk"}), AT)
    return people


async def session(people: People) -> str:
    found = await people.credentials("binh")
    assert found is not None
    return await people.begin_session(found[0].id, AT, HOUR)


async def test_a_login_is_taken_once(people):
    with pytest.raises(LoginTaken):
        await people.add_staff("binh", "Người khác", "x", frozenset(), AT)
    (person,) = await people.all_staff()
    assert (person.name, person.roles) == ("Trần Bình", {"moderator", "clerk"})


async def test_a_session_lasts_until_its_hour(people):
    token = await session(people)
    assert (await people.session(token, AT + HOUR - timedelta(seconds=1))) is not None
    assert await people.session(token, AT + HOUR) is None
    assert await people.session(token[:-1] + "x", AT) is None


async def test_sign_out_ends_this_session_only(people):
    one, other = await session(people), await session(people)
    await people.end_session(one, AT)
    assert await people.session(one, AT) is None
    assert await people.session(other, AT) is not None


@pytest.mark.parametrize("change", ["disable", "password"])
async def test_locking_out_or_a_new_password_ends_every_session(people, change):
    tokens = [await session(people), await session(people)]
    if change == "disable":
        assert await people.disable("binh", AT)
        assert await people.credentials("binh") is None
    else:
        assert await people.set_password("binh", "other hash", AT)
        found = await people.credentials("binh")
        assert found is not None
        assert found[1] == "other hash"
    assert [await people.session(token, AT) for token in tokens] == [None, None]


async def test_somebody_unlocked_signs_in_anew(people):
    token = await session(people)
    await people.disable("binh", AT)
    assert await people.enable("binh", AT)
    assert await people.credentials("binh") is not None
    assert await people.session(token, AT) is None


async def test_nobody_is_changed_for_an_unknown_login(people):
    assert not await people.disable("an", AT)
    assert not await people.set_password("an", "x", AT)


async def test_better_hashing_keeps_the_sessions(people):
    token = await session(people)
    await people.rehash(1, "better hash")
    assert await people.session(token, AT) is not None


async def test_joining_again_changes_the_seat(people):
    assert await people.take_seat("test01", "t" * 43, Joining("Ông Ba", "xã Ea Mô"), AT)
    first = await people.seat("TEST01", "t" * 43)
    assert await people.take_seat("TEST01", "t" * 43, Joining("Ông Bảy", "xã Ea Mô", publish_name=True), AT)
    second = await people.seat("TEST01", "t" * 43)
    assert first is not None
    assert second is not None
    assert (second.id, second.joined.name, second.joined.publish_name) == (first.id, "Ông Bảy", True)


async def test_one_device_has_unlinked_seats_in_two_dialogues(people):
    for code in ("TEST01", "TEST02"):
        await people.take_seat(code, "t" * 43, Joining("Ông Ba", "xã Ea Mô"), AT)
    one, two = await people.seat("TEST01", "t" * 43), await people.seat("TEST02", "t" * 43)
    assert one is not None
    assert two is not None
    assert one.id != two.id


async def test_there_is_no_seat_where_there_is_no_dialogue(people):
    assert not await people.take_seat("NOWHERE", "t" * 43, Joining("Ông Ba", "xã Ea Mô"), AT)
    assert await people.seat("NOWHERE", "t" * 43) is None


async def test_tokens_never_lie_in_the_database_in_clear(people, database, tmp_path):
    token = await session(people)
    await people.take_seat("TEST01", "t" * 43, Joining("Ông Ba", "xã Ea Mô"), AT)
    await database.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in kept
    assert b"t" * 43 not in kept
