"""A page of the crowd behaves as the real one does: comes back, waits as told, and stays away when sent away."""

import asyncio
import json
from random import Random
from time import monotonic
from typing import Any

import pytest

from server.crowd.doors import Target
from server.crowd.line import Pace
from server.crowd.outbox import Op
from server.crowd.page import ANSWER, OPENING, QUIET, LivePage
from server.crowd.phone import Phone
from server.crowd.stand import Stand

pytestmark = pytest.mark.anyio


class SilentLine:
    """A line that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.left = self.politely = False

    def send(self, payload: bytes) -> None:
        self.sent.append(json.loads(payload))

    def leave(self, *, politely: bool = False) -> None:
        self.left, self.politely = True, politely


def open_page(pace: Pace = Pace.STEADY, seed: int = 0) -> tuple[Phone, SilentLine]:
    stand = Stand(Target("http://127.0.0.1:1"), "T", "kt1", asyncio.get_running_loop(), Random(seed))
    page = Phone(stand, "seat=x", 0, pace)
    line = SilentLine()
    page.line = line  # type: ignore[assignment]  # the three methods that a page uses
    page.opened()
    tell(page, n=4, epoch="e", patches=[["fill", "queue", ""]])
    tell(page, caught_up=4, epoch="e")
    assert page.live
    return page, line


def tell(page: LivePage, **message: Any) -> None:
    page.heard(json.dumps(message, separators=(",", ":")).encode())


def comes_back_in(page: LivePage) -> float | None:
    return None if page._timer is None else page._timer.when() - asyncio.get_running_loop().time()


@pytest.mark.parametrize("seed", range(5))
async def test_who_is_told_to_go_stays_until_the_line_closes_and_comes_back_in_time(seed: int) -> None:
    page, line = open_page(seed=seed)
    tell(page, go={"after_ms": [1500, 4000], "code": 4001})
    assert page.live
    assert not line.left
    page.lost(4001)
    wait = comes_back_in(page)
    assert wait is not None
    assert 1.4 < wait <= 4.0
    assert page.stand.tally.cut_healthy == 0
    page.end()


@pytest.mark.parametrize("pace, well, ill", [(Pace.STEADY, 1, 0), (Pace.SLOW, 0, 1)])
async def test_who_is_cut_off_is_counted_and_comes_back_at_once(pace: Pace, well: int, ill: int) -> None:
    page, _ = open_page(pace)
    page.lost(4008)
    assert (page.stand.tally.cut_healthy, page.stand.tally.cut_sick) == (well, ill)
    wait = comes_back_in(page)
    assert wait is not None
    assert wait <= 0.5
    page.end()


async def test_who_is_sent_away_for_good_does_not_come_back() -> None:
    page, _ = open_page()
    page.lost(4504)
    assert (page.ended, comes_back_in(page)) == (True, None)
    assert page.stand.tally.gone == {4504: 1}


@pytest.mark.parametrize("message", [{"resync": 1}, {"n": 9, "after": 7, "patches": []}])
async def test_a_page_with_a_hole_asks_for_the_whole(message: dict[str, Any]) -> None:
    page, line = open_page()
    tell(page, **message)
    assert line.left
    assert page.place.n == -1
    assert page.place.holes == ("after" in message)
    page.end()


async def test_a_dead_link_is_asked_then_left() -> None:
    page, line = open_page()
    now = monotonic()
    page.look(now + QUIET - 1)
    assert line.sent == []
    page.look(now + QUIET + 1)
    page.look(now + QUIET + 2)
    assert line.sent == [{"ping": 1}]
    page.look(now + QUIET + ANSWER + 1)
    assert line.left
    page.end()


async def test_a_line_that_never_opens_is_given_up() -> None:
    page, line = open_page()
    page.live = False
    page.look(monotonic() + OPENING + 1)
    assert line.left
    assert page.stand.tally.failed == 1
    page.end()


async def test_words_of_others_on_a_private_frame_are_overheard() -> None:
    page, _ = open_page()
    page.ask(monotonic())
    tell(page, patches=[["fill", "mine", "(kt1-1)"]])
    assert page.stand.faults.overheard == 0
    tell(page, patches=[["fill", "mine", "(kt1-1) (kt1-2)"]])
    assert page.stand.faults.overheard == 1
    page.end()


async def test_a_question_counts_as_found_with_its_receipt_only() -> None:
    page, line = open_page()
    page.ask(monotonic())
    (sent,) = line.sent
    tell(page, ok=sent["op"], n=5, receipt={"number": 3, "code": "ABCD-EFGH", "url": "/r/ABCD-EFGH"})
    page.audit()
    tell(page, patches=[["fill", "mine", '<li id="mine-3"><a href="/r/WXYZ-0000">']])
    assert page.missing() == [3]
    tell(page, patches=[["fill", "mine", '<li id="mine-3"><a href="/r/ABCD-EFGH">']])
    assert page.missing() == []
    page.end()


async def test_what_was_not_answered_before_a_cut_is_sent_again_on_the_new_line() -> None:
    page, line = open_page()
    page.send(Op("support", {"question": 1, "on": True}, monotonic()))
    page.lost(0)
    page.line = again = SilentLine()  # type: ignore[assignment]  # the same three methods of a line
    page.opened()
    tell(page, caught_up=4, epoch="e")
    assert line.sent == again.sent != []
    page.end()
