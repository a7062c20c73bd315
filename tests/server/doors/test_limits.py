"""Limits count by seat and by address, and say how long to wait."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from live.seats import Audience, Seat
from server.doors.limits import JOIN_ADDRESS, OPS, SHORTEST_WAIT, Limits, Rate, address


def test_a_seat_has_its_own_count_in_each_dialogue():
    limits, seat = Limits(), Seat("a", Audience.PHONE)
    assert [limits.command("ONE", seat) for _ in range(OPS.amount)] == [0] * OPS.amount
    assert limits.command("ONE", seat) > 0
    assert limits.command("TWO", seat) == 0
    assert limits.command("ONE", Seat("b", Audience.PHONE)) == 0


def test_the_wait_is_within_the_window():
    limits = Limits()
    for _ in range(OPS.amount):
        assert limits.wait(OPS, "a") == 0
    assert 0 < limits.wait(OPS, "a") <= OPS.seconds
    limits.forget(OPS, "a")
    assert limits.wait(OPS, "a") == 0


@given(st.lists(st.tuples(st.integers(0, 7), st.sampled_from("abc")), max_size=60))
def test_in_any_window_there_are_so_many_and_no_more(tries: list[tuple[int, str]]):
    rate, now, taken = Rate("tries", 3, 10), 0.0, defaultdict[str, list[float]](list)
    limits = Limits(lambda: now)
    for later, who in tries:
        now += later
        within = [at for at in taken[who] if at > now - rate.seconds]
        wait = limits.wait(rate, who)
        assert bool(wait) is (len(within) == rate.amount)
        if wait:
            assert wait == max(SHORTEST_WAIT, within[0] + rate.seconds - now)
        else:
            taken[who].append(now)


def test_who_has_not_come_for_a_window_is_forgotten():
    now = 0.0
    limits = Limits(lambda: now)
    for number in range(5_000):
        now += 1.0
        limits.wait(OPS, f"somebody {number}")
        assert limits.known() <= OPS.seconds + 2


def test_a_full_hall_may_join_within_a_minute_from_one_address():
    limits = Limits()
    assert all(limits.wait(JOIN_ADDRESS, "10.0.0.1") == 0 for _ in range(600))
    assert limits.wait(JOIN_ADDRESS, "10.0.0.1") > 0


@pytest.mark.parametrize(
    "host, counted",
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_ipv6_household_is_one_address(host, counted):
    assert address(HTTPConnection({"type": "http", "headers": [], "client": (host, 1)})) == counted


def test_somebody_without_an_address_is_counted_too():
    assert address(HTTPConnection({"type": "http", "headers": [], "client": None})) == ""
