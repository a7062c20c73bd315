"""Waiting on a process that others keep from working is no reason to end it."""

import os
import subprocess
import sys

import pytest

from tests.waiting import until
from transcription.patience import Patience, processor_seconds


class Machine:
    """A clock and a process, told what happens on them."""

    def __init__(self):
        self.now = self.used = 0.0
        self.patience = Patience(lambda: self.now, lambda: self.used)

    def passes(self, seconds, share):
        """A second at a time, so long, of which the process works this share."""
        for _ in range(seconds):
            self.now += 1
            self.used += share
            self.patience.look()
        return self.patience.seconds


@pytest.mark.parametrize(
    "share, counted",
    [(1.0, 60), (1.9, 60), (0.3, 18), (0.05, 3), (0.0, 60), (0.01, 60)],
    ids=["it turns in a circle", "on two cores", "others have the machine", "nearly all of it", "it sleeps", "almost"],
)
def test_a_minute_counts_as_what_the_process_was_given_of_it(share, counted):
    assert Machine().passes(60, share) == pytest.approx(counted)


def test_the_processor_time_of_the_process_before_is_not_counted_back():
    machine = Machine()
    machine.passes(10, 1.0)
    machine.used = 0.0
    assert machine.passes(10, 1.0) == pytest.approx(20)


def test_the_processor_seconds_of_a_process_are_those_the_system_tells():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as circle:
        until(lambda: processor_seconds(circle.pid) >= 0.05, "a process that turns in a circle to have used some time")
        circle.kill()
    assert processor_seconds(circle.pid) == 0.0
    assert processor_seconds(None) == 0.0
    assert processor_seconds(os.getpid()) > 0
