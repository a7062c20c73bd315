"""What every test shares: the event loop's kind and how Hypothesis searches. Nothing else belongs here."""

import os

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine: a red test is red for everybody, and again tomorrow. A loaded machine is no
# reason to fail, so nothing here measures time. HYPOTHESIS_PROFILE=explore looks for new examples instead.
settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
