"""How late words are: measured from the mouth, told to staff, counted for Prometheus."""

from prometheus_client import CollectorRegistry, generate_latest

from server.doors.wheel import Wheel
from server.rooms.delays import LOOK_BACK, OLD, Delays, Trend


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_what_is_told_is_the_middle_of_late_with_half_a_round_trip():
    clock = Clock()
    delays = Delays(clock)
    delays.round_trip = lambda: 0.4
    assert delays.of("TEST01") is None
    for late in (0.8, 1.0, 9.0):
        delays.sent("TEST01", "partial", clock.now - late)
    assert delays.of("TEST01") == 1.2
    assert delays.of("OTHER1") is None
    clock.now += OLD + 1
    assert delays.of("TEST01") is None, "an old figure says nothing of the present"


def test_every_step_is_a_histogram():
    clock = Clock()
    delays = Delays(clock)
    delays.recognised("final", clock.now - 0.9)
    delays.sent("TEST01", "final", clock.now - 1.4)
    registry = CollectorRegistry()
    registry.register(delays)
    told = generate_latest(registry).decode()
    name = "doithoai_words_delay_seconds"
    assert f'{name}_bucket{{kind="final",le="1.0",step="recognised"}} 1.0' in told
    assert f'{name}_bucket{{kind="final",le="1.0",step="sent"}} 0.0' in told
    assert f'{name}_bucket{{kind="final",le="+Inf",step="screen"}} 1.0' in told
    assert f'{name}_count{{kind="final",step="sent"}} 1.0' in told


def test_it_catches_up_while_less_is_unread_than_some_seconds_ago():
    clock = Clock()
    trend = Trend(clock)
    seen = []
    for lag in (0, 6, 12, 11, 9, 5, 5, 5, 5):
        seen.append(trend.look(lag))
        clock.now += LOOK_BACK / 2
    assert seen == [False, False, False, False, True, True, True, False, False]


def test_a_round_trip_is_the_middle_one_and_nobody_can_lie_it_away():
    wheel = Wheel()
    assert wheel.round_trip() is None
    for seconds in (0.1, 0.3, 0.2, -5.0, 1e9, float("nan")):
        wheel.answered(seconds)
    assert wheel.round_trip() == 0.2
