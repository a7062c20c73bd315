"""Percentiles, deliveries and leaks are what a plain count over everything would say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.crowd.hearing import Hearing, Kind
from server.crowd.shown import FAULTS
from server.crowd.tally import Deliveries, Faults, Watch
from server.crowd.waits import Waits


@given(st.lists(st.floats(1e-5, 500), min_size=1), st.sampled_from([0.5, 0.9, 0.99, 1.0]))
def test_a_percentile_is_right_to_two_percent(times: list[float], share: float) -> None:
    waits = Waits()
    waits.add_all(times)
    exact = sorted(times)[math.ceil(share * len(times)) - 1]
    found = waits.at(share)
    assert found is not None
    assert exact * 0.98 <= found <= exact * 1.0201
    assert waits.largest == max(times)


def test_nothing_has_no_percentile() -> None:
    assert Waits().at(0.5) is None


def test_a_delivery_counts_from_the_command_of_the_same_number_also_for_the_latest() -> None:
    waits, hearing = Waits(), Hearing("kt1")
    deliveries = Deliveries(waits)
    heard = hearing.of(b'{"n":7,"after":5,"patches":[]}')
    deliveries.arrived(heard, 10.2)
    deliveries.reckon(10.3)
    assert waits.count == 0
    deliveries.commanded(7, 10.0)
    deliveries.commanded(6, 1.0)
    deliveries.arrived(heard, 10.4)
    deliveries.reckon(10.5)
    assert (waits.count, round(waits.largest, 6)) == (2, 0.4)
    deliveries.arrived(heard, 19.0)
    deliveries.reckon(19.5)
    assert (waits.count, waits.largest) == (3, 9.0)


@pytest.mark.parametrize("let, seen, leaks", [(1.0, 2.0, 0), (2.0, 1.0, 1), (None, 1.0, 1)])
def test_a_text_that_everybody_sees_before_it_is_approved_is_a_leak(let: float | None, seen: float, leaks: int) -> None:
    watch = Watch()
    watch.seen((4,), seen)
    if let is not None:
        watch.let(4, let)
    assert watch.leaks() == 0, "nobody here knows what was approved"
    watch.blind = False
    assert watch.leaks() == leaks


def test_what_others_approved_is_no_leak() -> None:
    watch = Watch()
    watch.blind = False
    watch.seen((4,), 1.0)
    watch.public(4)
    assert watch.leaks() == 0


@pytest.mark.parametrize(
    "payload, kind, markers",
    [
        (b'{"n":3,"after":1,"patches":[["append","queue","(kt1-12) (kt1-3)"]]}', Kind.CHANGE, (12, 3)),
        (b'{"n":3,"epoch":"e","patches":[["fill","queue","(kt2-12)"]]}', Kind.WHOLE, ()),
        (b'{"patches":[["fill","mine","(kt1-1)"]]}', Kind.PRIVATE, (1,)),
        (b'{"caught_up":3,"epoch":"e"}', Kind.CAUGHT_UP, ()),
        (b'{"now":{"tally":{"1":2}}}', Kind.SIGNAL, ()),
        (b'{"busy":"x","after_ms":800}', Kind.ANSWER, ()),
        (b'{"pong":1}', Kind.OTHER, ()),
    ],
)
def test_a_message_is_understood_once_for_all_who_get_it(payload: bytes, kind: Kind, markers: tuple[int, ...]) -> None:
    hearing = Hearing("kt1")
    heard = hearing.of(payload)
    assert (heard.kind, heard.markers) == (kind, markers)
    shared = kind in {Kind.CHANGE, Kind.WHOLE, Kind.SIGNAL}
    assert (hearing.of(bytes(payload)) is heard) is shared


def test_every_fault_has_words() -> None:
    assert FAULTS.keys() == Faults().all().keys()
    assert not Faults()
    assert Faults(holes=1)
