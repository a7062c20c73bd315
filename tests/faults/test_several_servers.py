"""Several processes on one PostgreSQL and Redis, one of them killed: in the middle of a burst, and at every point."""

import random
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from server.settings import Settings
from tests.faults.born import Cradle
from tests.faults.moments import MOMENTS
from tests.faults.shared_evening import PHONES, QUESTIONS, SECRET, Evening
from tests.machines import Postgres, Redis

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.fixture
def evening(tmp_path: Path, postgres: Postgres, redis_server: Redis) -> Evening:
    settings = Settings(data_dir=tmp_path, database_url=postgres.database(), secret=SECRET)
    return Evening.begun(settings, redis_server.url)


@pytest.mark.parametrize("killed", [0, 1])
def test_a_server_killed_in_the_middle_of_a_burst_loses_nothing(evening: Evening, killed: int) -> None:
    with ExitStack() as running:
        servers = [running.enter_context(evening.server(place)) for place in (0, 1)]

        def kill(phones: list[threading.Thread]) -> None:
            while len(evening.receipts) < PHONES * QUESTIONS // 3:
                phones[0].join(0.005)
            servers[killed].kill()

        evening.burst(kill)
    evening.check()


@pytest.mark.slow
@pytest.mark.parametrize("point", MOMENTS)
def test_a_server_killed_at_this_point_is_followed_by_the_other(evening: Evening, point: str) -> None:
    """What it had committed is answered there by the op; what it had not is done there, once."""
    first = Cradle(evening.settings.data_dir / "0", None, ("unlimited",), **evening.shared(0))
    evening.ports[0] = first.port
    with first as dying, evening.server(1):
        dying.born(point, random.Random(point).randint(1, 6))
        evening.burst()
        dying.gone()
    evening.check()
