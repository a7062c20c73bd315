"""Whoever is signed out on one server loses every line on the other: at the first look that begins after it.

A look comes every half second (`LOOK`), so that is within a second; looks are counted here instead of seconds, because
a test on a crowded machine may hear of the end much later than it happened.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from server.rooms.backplane import LOOK
from tests.server.doors.test_feed import Reader
from tests.server.doors.test_sound import Microphone
from tests.server.sharing.test_two_servers import Two, there
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue, staff_cookie

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
WITHIN = 1.0
"""Seconds, as it is promised."""


class Looks:
    """Counts a server's looks at whose sessions were ended, and notes in which one it cut somebody's lines."""

    def __init__(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        plane = served.parts.backplane
        assert plane is not None
        self.begun, self.cut_in = 0, list[int]()
        endings, signed_out = plane._people.endings, plane._signed_out

        async def counted() -> dict[int, int]:
            self.begun += 1
            return await endings()

        async def noted(ended: frozenset[int]) -> None:
            self.cut_in.append(self.begun)
            await signed_out(ended)

        monkeypatch.setattr(plane._people, "endings", counted)
        monkeypatch.setattr(plane, "_signed_out", noted)


def a_socket(served: Served, cookie: str, there: ExitStack) -> Callable[[], Any]:
    page = there.enter_context(Visitor(served, cookie, "secretary"))
    page.next("caught_up")
    return lambda: page.next("never")


def a_feed(served: Served, cookie: str, there: ExitStack) -> Callable[[], Any]:
    client = there.enter_context(browser(served, cookie))
    page = Reader(there.enter_context(client.stream("GET", "/d/TEST01/feed?as=secretary&lang=vi")))
    page.next("caught_up")
    return lambda: page.next("never")


def a_microphone(served: Served, cookie: str, there: ExitStack) -> Callable[[], Any]:
    microphone = there.enter_context(Microphone(served, cookie))
    microphone.start()
    sent = [0]

    def next_tenth() -> None:
        sent[0] += 1
        microphone.send((sent[0] - 1) * 1600)

    def until_it_ends() -> None:
        for _ in range(100_000):
            next_tenth()

    next_tenth()
    return until_it_ends


@pytest.mark.parametrize("kind", [a_socket, a_feed, a_microphone])
def test_a_session_ended_on_one_ends_its_lines_on_the_other_within_a_second(
    two: Two, monkeypatch: pytest.MonkeyPatch, kind: Callable[[Served, str, ExitStack], Callable[[], Any]]
) -> None:
    here, elsewhere = two if kind is a_microphone else (two[1], two[0])  # only the first records
    open_dialogue(here)
    there(elsewhere)
    cookie = staff_cookie(here, "secretary")
    assert LOOK <= WITHIN / 2, "half for the wait, half for the look"
    with ExitStack() as opened, Visitor(here) as stranger:
        hear_on = kind(here, cookie, opened)
        looks = Looks(here, monkeypatch)
        elsewhere.run(elsewhere.parts.people.end_session(cookie.removeprefix("staff="), there(elsewhere).clock()))
        begun = looks.begun
        with pytest.raises((ConnectionClosed, ConnectionResetError, StopIteration)):
            hear_on()
        assert looks.cut_in[0] <= begun + 1
        assert stranger.next("caught_up"), "and nobody else is cut"
