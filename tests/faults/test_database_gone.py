"""A whole server whose database goes and comes back: it says so, pages stay open, and nobody restarts it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machines import Postgres
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]


@pytest.fixture
def served(tmp_path: Path, own_postgres: Postgres) -> Iterator[Served]:
    with Served(tmp_path, database_url=own_postgres.database(), secret="x" * 40) as served:
        yield served


def test_open_pages_outlive_the_database(served: Served, own_postgres: Postgres) -> None:
    open_dialogue(served)
    cookie = citizen_cookie(served, "Bà Sáu")
    with browser(served) as watcher, Visitor(served, cookie) as phone:
        phone.next("caught_up")
        assert watcher.get("/readyz").status_code == 200
        own_postgres.crash()
        assert watcher.get("/readyz").status_code == 503
        assert watcher.get("/d/TEST01").status_code == 200  # what is known is still true
        answer = phone.send("ask", text="Bao giờ sửa cầu?", op="op-1")
        assert "busy" in answer
        assert "receipt" not in answer
        own_postgres.start()
        until(lambda: "ok" in phone.send("ask", text="Bao giờ sửa cầu?", op="op-1"), "the question to be taken")
        assert phone.send("ask", text="Bao giờ sửa cầu?", op="op-1")["receipt"]["number"] == 1
        assert watcher.get("/readyz").status_code == 200
