"""Limits count by seat and by address, and say how long to wait."""

from collections import defaultdict
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from live.seats import Audience, Seat
from server.doors.limits import JOIN_ADDRESS, OPS, Limits, address
from tests.waiting import until


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
    assert 0 < limits.wait(OPS, "a") <= OPS.get_expiry()
    limits.forget(OPS, "a")
    assert limits.wait(OPS, "a") == 0


@given(st.lists(st.tuples(st.floats(0, 15), st.sampled_from("abc")), max_size=80))
def test_nobody_gets_twice_the_limit_in_any_window(tries: list[tuple[float, str]]):
    now, taken = 1_000_000.0, defaultdict[str, list[float]](list)
    with patch("time.time", lambda: now):
        limits = Limits()
        for later, who in tries:
            now += later
            if not limits.wait(OPS, who):
                taken[who].append(now)
                assert sum(at > now - OPS.get_expiry() for at in taken[who]) < 2 * OPS.amount


def test_who_has_not_come_for_two_windows_is_forgotten():
    now = 1_000_000.0
    with patch("time.time", lambda: now):
        limits = Limits()
        limits.wait(OPS, "somebody")
        assert any("somebody/" in key for key in limits._storage.expirations)
        now += 2 * OPS.get_expiry() + 1
        limits.wait(OPS, "somebody else")
        until(lambda: not any("somebody/" in key for key in limits._storage.expirations), "the package has swept")


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
