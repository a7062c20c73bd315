"""Phones that stop reading, and phones that are dead to their last TCP acknowledgement: what they cost, and whom.

In this process, so that what waits for each of them can be looked at; the sockets and the kernel between are real.
"""

import asyncio
import ctypes
import json
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from socket import SOL_SOCKET, socket

import pytest

from live import commands as do
from live.seats import Audience
from server.doors.fast_lane import FastLane
from server.rooms.listeners import LONGEST_STALL, PATCHES_STOP, SIGNALS_STOP
from server.rooms.room import Room
from tests.cast import SECRETARY
from tests.server.doors.test_wheel import saying_goodbye, silent
from tests.server.rooms.page import Page
from tests.serving import Served
from tests.visitors import Visitor, citizen_cookie, open_dialogue
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]

STEADY, STALLED, DEAD = 4, 3, 3
LINES = 100
WORDS = "Xã đã cho người xuống xem, việc nào xong thì báo ngay. " * 30
"""Of one line; with its markup a change of some 2 KB, so that all of them are some 200 KB."""
ONE_CHANGE = 4 * 1024
SO_ATTACH_FILTER, BPF_RET = 26, 0x06
"""linux/socket.h and linux/bpf_common.h."""
COME_BACK = b"\x88\x02\x0f\xa8"
"""A close frame with 4008."""


def die(bare: socket) -> None:
    """From now on this phone's own TCP answers nothing: a filter drops whatever comes, as in bench/load/swarm.c."""
    nothing = ctypes.create_string_buffer(struct.pack("HBBI", BPF_RET, 0, 0, 0))
    bare.setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", 1, ctypes.addressof(nothing)))


class Steady(threading.Thread):
    """A phone that reads everything as it comes, until its page shows the last line."""

    def __init__(self, served: Served, last: str) -> None:
        super().__init__()
        self.page, self.right = Page(), False
        self._visitor = Visitor(served)
        self._last = last

    def run(self) -> None:
        with self._visitor as visitor:
            while not self.right:
                message = visitor.next("patches", "caught_up")
                self.page.take(message)
                self.right = self._last in str(message)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as served:
        yield served


async def lines_of(room: Room) -> list[FastLane]:
    lines = [one.line for one in room.fanout.listeners() if one.audience is Audience.PHONE]
    return [line for line in lines if isinstance(line, FastLane)]


def working(served: Served, room: Room, phone: Visitor) -> None:
    """Lines are written, as many as are far too much for a phone that takes none, and a citizen asks meanwhile."""
    for number in range(LINES):
        served.run(room.handle(do.WriteLine(f"{WORDS}Dòng số {number}."), SECRETARY))
        if number % 20 == 0:
            asked = phone.send("ask", text=f"Câu {number}")
            assert "ok" in phone.send("withdraw", question=asked["receipt"]["number"])


def test_the_ill_cost_little_delay_nobody_and_are_right_when_they_come_back(served: Served) -> None:
    room = open_dialogue(served)
    with ExitStack() as there:
        ill = [there.enter_context(silent(served)) for _ in range(STALLED + DEAD)]
        for bare in ill[STALLED:]:
            die(bare)
        lines, since = served.run(lines_of(room)), f"&since={room.n}&epoch={room.epoch}"
        assert len(lines) == len(ill)
        steady = [Steady(served, f"Dòng số {LINES - 1}.") for _ in range(STEADY)]
        for one in steady:
            one.start()
        working(served, room, there.enter_context(Visitor(served, citizen_cookie(served, "Bà Sáu"))))
        for one in steady:
            one.join(60)
        assert all(one.right for one in steady), "somebody waited for the ill"

        waiting = [line.buffered() for line in lines]
        assert min(waiting) > SIGNALS_STOP, f"nobody was really stalled: {waiting}"
        assert max(waiting) <= PATCHES_STOP + ONE_CHANGE, f"patches stop at 32 KB: {waiting}"
        assert not any(saying_goodbye(line) or line.transport.is_closing() for line in lines), (
            "while they all still hung"
        )
        assert served.parts.wheel.full >= set(lines)
        assert (room.fanout.counted.cut, room.fanout.counted.skipped > 0) == (0, True)

        served.run(fifteen_seconds_later(lines))
        assert room.fanout.counted.cut == len(ill)
        assert all(saying_goodbye(line) for line in lines)
        for bare in ill[:STALLED]:
            assert rest_of(bare).endswith(COME_BACK)
        until(lambda: not set(lines) & served.parts.wheel.full, "the dead to be cut, whose goodbye nobody hears", 20)
        comes_back_right(served, room, since)


async def fifteen_seconds_later(lines: list[FastLane]) -> None:
    for line in lines:
        line.still_full(asyncio.get_running_loop().time() + LONGEST_STALL + 1, judged=True)


def rest_of(bare: socket) -> bytes:
    found = b""
    while not found.endswith(COME_BACK) and (chunk := bare.recv(65_536)):
        found += chunk
    return found


def comes_back_right(served: Served, room: Room, since: str) -> None:
    """Somebody who was ill from the beginning has every line, by what was missed or by a whole page."""
    with Visitor(served, query=since) as back:
        came = ""
        while "caught_up" not in (message := back.next()):
            came += json.dumps(message, ensure_ascii=False)
        assert message["caught_up"] == room.n
        assert f"Dòng số {LINES - 1}." in came
