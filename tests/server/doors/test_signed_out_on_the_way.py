"""Somebody who is signed out while their page is on its way in does not stay."""

from datetime import datetime

import pytest
from websockets.exceptions import ConnectionClosed

from server import clock
from server.doors.access import close_live_pages
from server.rooms.room import Room
from server.store.people import Staff
from tests.serving import Served
from tests.visitors import Visitor, browser, staff_cookie


@pytest.fixture
def late_cookie(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session that is ended just after it was found to run, before anybody acts on that."""
    cookie = staff_cookie(served, "moderator")
    people = served.parts.people
    session, ended = people.session, list[str]()

    async def found_and_then_ended(token: str, at: datetime) -> Staff | None:
        found = await session(token, at)
        if found is not None and not ended:
            ended.append(found.login)
            await people.disable(found.login, clock.now())
            close_live_pages(served.parts.rooms, found)
        return found

    monkeypatch.setattr(people, "session", found_and_then_ended)
    return cookie


def test_no_line_stays_open(served: Served, room: Room, late_cookie: str):
    with Visitor(served, late_cookie, "moderator") as page:
        with pytest.raises(ConnectionClosed) as closed:
            page.next("caught_up")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4500
    assert not room.fanout.listeners()


def test_no_feed_goes_on(served: Served, room: Room, late_cookie: str):
    with browser(served, late_cookie) as page:
        assert page.get("/d/TEST01/feed", params={"as": "moderator"}).text == 'data: {"gone":1}\n\n'
    assert not room.fanout.listeners()
