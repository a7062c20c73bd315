"""What every test shares: the event loop, how Hypothesis searches, what counts as slow, and the big machines."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.machines import Postgres, Redis

# The same examples on every machine: a red test is red for everybody, and again tomorrow. A loaded machine is no
# reason to fail, so nothing here measures time. HYPOTHESIS_PROFILE=explore looks for new examples instead, and "few" is
# for `make check`, which is run before every commit.
settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("few", parent=settings.get_profile("ci"), max_examples=10)
settings.register_profile("explore", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Starting a server makes a test slow, however quick it is: hundreds of them are a minute of `make check`."""
    for item in items:
        if isinstance(item, pytest.Function) and "served" in item.fixturenames:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run, for tests that do not hurt it."""
    machine = Postgres()
    yield machine.start()
    machine.remove()


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL to be killed, frozen and started again."""
    machine = Postgres()
    yield machine.start()
    machine.remove()


@pytest.fixture
def redis_server() -> Iterator[Redis]:
    """A Redis to be killed, frozen, flushed and started again."""
    machine = Redis()
    yield machine.start()
    machine.remove()
