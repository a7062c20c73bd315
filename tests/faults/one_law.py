"""Runs the room's state machine on so many seeds, without shrinking: `python -m tests.faults.one_law SEEDS`."""

import sys

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.server.rooms.test_room_laws import AnyCrash

if __name__ == "__main__":
    run_state_machine_as_test(
        AnyCrash,
        settings=settings(
            max_examples=int(sys.argv[1]),
            stateful_step_count=12,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
