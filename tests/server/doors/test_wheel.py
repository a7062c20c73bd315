"""One wheel looks after all lines: the silent and the stalled are cut, and nobody is blamed for our own stall."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import SO_RCVBUF, SOL_SOCKET, socket

import pytest

from live.seats import Audience
from server.doors.fast_lane import FastLane
from server.doors.wheel import LATE, SLOTS, Wheel
from server.rooms.listeners import LONGEST_STALL, PATCHES_STOP, Listener, Pushed
from server.rooms.room import Room
from tests.server.doors.test_lines import HEAD, seen
from tests.serving import Served
from tests.visitors import Visitor
from tests.waiting import until


@contextmanager
def silent(served: Served) -> Iterator[socket]:
    """A page that opened its line and never says another word, not even to a ping."""
    with socket() as bare:
        bare.setsockopt(SOL_SOCKET, SO_RCVBUF, 4_096)
        bare.connect(("127.0.0.1", served.port))
        bare.sendall((HEAD + "\r\n").format(port=served.port).encode())
        seen(bare, b"caught_up")
        yield bare


async def _turns(wheel: Wheel, times: int, late: float = 0.0) -> None:
    for _ in range(times):
        wheel.turn(0.0, late)
        late = 0.0


def saying_goodbye(line: FastLane) -> bool:
    return line.closing is not None


async def _phones(room: Room) -> list[Listener]:
    return [listener for listener in room.fanout.listeners() if listener.audience is Audience.PHONE]


def test_who_answers_no_ping_is_cut_and_who_answers_stays(served: Served, room: Room) -> None:
    wheel = served.parts.wheel
    with silent(served), Visitor(served) as phone:
        phone.next("caught_up")
        served.run(_turns(wheel, SLOTS))
        phone.socket.ping().wait(10)  # by now the answer to the wheel's own ping is there, too
        served.run(_turns(wheel, SLOTS))
        until(lambda: len(served.run(_phones(room))) == 1, "the silent one to be gone")
        phone.socket.send('{"ping":1}')
        assert phone.next("pong")
    until(lambda: len(served.run(_phones(room))) == 0, "everybody to be gone")
    assert not any(wheel._slots)


def test_nobody_is_judged_right_after_our_own_stall(served: Served, room: Room) -> None:
    wheel = served.parts.wheel
    with silent(served):
        served.run(_turns(wheel, SLOTS))
        served.run(_turns(wheel, SLOTS - 1, late=LATE + 2))
        assert len(served.run(_phones(room))) == 1
        served.run(_turns(wheel, SLOTS + 1))
        until(lambda: len(served.run(_phones(room))) == 0, "the silent one to be gone after a round of grace")


def test_a_line_of_which_the_network_takes_nothing_is_cut_with_come_back(served: Served, room: Room) -> None:
    wheel = served.parts.wheel

    async def fill() -> FastLane:
        (listener,) = await _phones(room)
        line = listener.line
        assert isinstance(line, FastLane)
        while line.push(b"\x81\x7e\x10\x00" + b" " * 4_096, PATCHES_STOP) is Pushed.SENT:
            pass
        return line

    async def turn(after: float) -> None:
        for line in wheel.full:
            assert isinstance(line, FastLane)
            wheel.turn(line._full_since + after, 0.0)
            break

    with silent(served) as bare:
        line = served.run(fill())
        assert line.buffered() <= PATCHES_STOP + 5_000, "what a stalled phone costs is bounded"
        served.run(turn(LONGEST_STALL - 1))
        assert not saying_goodbye(line)
        served.run(turn(LONGEST_STALL + 1))
        assert saying_goodbye(line)
        assert (room.fanout.counted.cut, wheel.full) == (1, {line})
        found = b""
        while not found.endswith(b"\x88\x02\x0f\xa8"):  # 4008
            found += bare.recv(65_536)
    until(lambda: not wheel.full, "the wheel to forget it")


def test_a_line_that_drains_is_brought_up_to_date_without_having_spoken(served: Served, room: Room) -> None:
    with silent(served) as bare:

        async def fill() -> None:
            (listener,) = await _phones(room)
            while listener.line.push(b"\x81\x7e\x10\x00" + b" " * 4_096, PATCHES_STOP) is Pushed.SENT:
                pass
            room.signals.set("caption", {"source": "hall", "text": "kính thưa"})
            room.signals.tell()

        served.run(fill())
        assert "kính thưa".encode() in seen(bare, b'"caption"')


def test_the_wheel_spreads_new_lines_over_its_slots() -> None:
    wheel = Wheel()

    class Nobody:
        def beat(self, ping: bytes, *, judged: bool) -> None: ...
        def still_full(self, now: float, *, judged: bool) -> None: ...

    for _ in range(SLOTS * 3):
        wheel.add(Nobody())
    assert {len(slot) for slot in wheel._slots} == {3}


@pytest.mark.parametrize("lags", [[0.0, 0.4, 0.1], [0.02]])
def test_the_wheel_remembers_the_longest_standstill_until_it_is_read(lags: list[float]) -> None:
    wheel = Wheel()
    for lag in lags:
        wheel.turn(0.0, lag)
    assert (wheel.worst_lag(), wheel.worst_lag()) == (max(lags), 0.0)
