"""Two servers on one PostgreSQL, as two machines would be: own folders, the same secret and signing key."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from server.rooms import backplane
from tests.machines import Postgres, Redis
from tests.serving import Served
from tests.waiting import until

SECRET = "mot-bi-mat-chung-cua-ca-hai-may-chu-0001"


def server(folder: Path, name: str, url: str, **more: Any) -> Served:
    """One of them; the first called "a" takes the sound."""
    key = folder / "signing.key"
    shared: dict[str, Any] = {"database_url": url, "secret": SECRET, "signing_key": key, "sound": name == "a"}
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


def _has_redis(served: Served) -> bool:
    plane = served.parts.backplane
    return plane is not None and plane.wakes is not None and plane.wakes.connected


@pytest.fixture
def two_with_redis(tmp_path: Path, shared_url: str, redis_server: Redis) -> Iterator[tuple[Served, Served]]:
    more = {"redis_url": redis_server.url}
    with server(tmp_path, "a", shared_url, **more) as first, server(tmp_path, "b", shared_url, **more) as second:
        for served in (first, second):
            until(partial(_has_redis, served), "Redis to be found")
        yield first, second


@pytest.fixture
def redis_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is not asked by itself: what arrives has come by Redis. Ask for it before the servers."""
    monkeypatch.setattr(backplane, "LOOK", 3600)
