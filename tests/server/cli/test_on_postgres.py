"""The command line on a database that servers share: no door, no lock, and copies by PostgreSQL's own tools."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result
from websockets.exceptions import ConnectionClosed

from server.cli import app, serving
from server.settings import Settings
from server.store.problems import AlreadyOpen, OtherKeys
from tests.machines import Postgres
from tests.serving import Served
from tests.visitors import Visitor, open_dialogue, staff_cookie
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
SECRET = "mot-bi-mat-chung-cua-moi-may-chu-00001"


@pytest.fixture
def served(tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    url = postgres.database()
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET": SECRET, "SOUND": "0"}
    for name, value in environment.items():
        monkeypatch.setenv(f"DOITHOAI_{name}", value)
    with Served(tmp_path, database_url=url, secret=SECRET) as served:
        yield served
    postgres.drop(url)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_whoever_is_locked_out_from_any_machine_is_out_of_every_open_page(served: Served) -> None:
    open_dialogue(served)
    with Visitor(served, staff_cookie(served, "moderator"), "moderator") as page:
        page.next("caught_up")
        assert run("staff", "disable", "moderator").exit_code == 0
        with pytest.raises((ConnectionClosed, ConnectionResetError)):
            page.next("never")
    assert not (served.settings.data_dir / "operator.sock").exists()


def test_the_journal_is_verified_and_exported_beside_the_server(served: Served) -> None:
    open_dialogue(served)
    checked = run("verify")
    assert checked.exit_code == 0
    assert "TEST01" in checked.output
    assert "question" in run("export", "TEST01").output
    assert '"kind": "dialogue_described"' in run("export", "TEST01", "--journal").output


def test_new_epochs_make_every_open_page_start_afresh(served: Served) -> None:
    room = open_dialogue(served)
    before = room.epoch
    with Visitor(served) as page:
        page.next("caught_up")
        assert "TEST01" in run("migrate", "--new-epochs").output
        page.next("resync")
    until(lambda: room.epoch != before, "the room to know")
    with Visitor(served, query=f"&since={room.n}&epoch={before}") as page:
        assert {patch[0] for patch in page.next("patches")["patches"]} == {"fill"}


@pytest.mark.parametrize("words, tool", [(("backup", "copy.db"), "pg_dump"), (("restore", __file__), "pg_restore")])
def test_copies_are_made_with_its_own_tools(served: Served, words: tuple[str, ...], tool: str) -> None:
    refused = run(*words)
    assert refused.exit_code == 1
    assert tool in str(refused.exception)


def test_what_stands_in_the_way_is_said_before_anything_starts(served: Served, tmp_path: Path) -> None:
    def chosen(**more: Any) -> Settings:
        here: dict[str, Any] = {"data_dir": tmp_path / "b", "database_url": served.settings.database_url}
        keys = {"secret": SECRET, "signing_key": served.settings.signing_key}
        return Settings(**here | keys | {"sound": False} | more)

    serving.check_alone(chosen())
    with pytest.raises(OtherKeys, match="same secret"):
        serving.check_alone(chosen(secret=SECRET[::-1]))
    with pytest.raises(AlreadyOpen, match="DOITHOAI_SOUND=0"):
        serving.check_alone(chosen(sound=True))
