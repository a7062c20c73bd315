"""Two servers on one PostgreSQL, as two machines would be: own folders, the same secret and signing key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.machines import Postgres
from tests.serving import Served

SECRET = "mot-bi-mat-chung-cua-ca-hai-may-chu-0001"


def server(folder: Path, name: str, url: str, **more: Any) -> Served:
    """One of them; the first called "a" takes the sound."""
    shared = {"database_url": url, "secret": SECRET, "signing_key": folder / "signing.key", "sound": name == "a"}
    return Served(folder / name, **shared | more)


@pytest.fixture
def shared_url(postgres: Postgres) -> Iterator[str]:
    url = postgres.database()
    yield url
    postgres.drop(url)


@pytest.fixture
def two(tmp_path: Path, shared_url: str) -> Iterator[tuple[Served, Served]]:
    """Without a Redis: whatever holds here holds when it is dead."""
    with server(tmp_path, "a", shared_url) as first, server(tmp_path, "b", shared_url) as second:
        yield first, second
