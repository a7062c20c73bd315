"""For tests of what must hold on SQLite and on PostgreSQL alike: `pytestmark = [pytest.mark.anyio, BOTH]`."""

import pytest

BOTH = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
