"""Limits count by seat and by address, and say how long to wait."""

import pytest
from starlette.requests import HTTPConnection

from live.seats import Audience, Seat
from server.doors.limits import JOIN_ADDRESS, OPS, Limits, address


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
