"""`doithoai staff` on an evening in progress: the running server does it, and its own sessions end at once."""

import stat
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from websockets.exceptions import ConnectionClosed

from server.cli import app
from server.doors.operator import door_path
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue, staff_cookie

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, ["staff", *words], input=given)


def test_staff_are_added_listed_and_locked_out_beside_a_running_server(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        open_dialogue(served)
        words = ("add", "hoa", "--name", "Trần Thị Hoa", "--role", "moderator", "--password-stdin")
        added = run(*words, given="mot mat khau dai\n")
        assert added.exit_code == 0, added.output
        (person,) = served.run(served.parts.people.all_staff())
        assert (person.login, person.name, person.roles) == ("hoa", "Trần Thị Hoa", frozenset({"moderator"}))
        again = run("add", "hoa", "--name", "Khác", "--role", "clerk")
        assert (again.exit_code, "Đã có cán bộ hoa" in again.output) == (1, True)
        assert "Trần Thị Hoa" in run("list").output
        cookie = staff_cookie(served, "secretary", login="mai")
        with browser(served, cookie) as secretary:
            assert secretary.get("/d/TEST01/transcript").status_code == 200
            assert run("disable", "mai").exit_code == 0
            assert secretary.get("/d/TEST01/transcript").status_code == 404
        assert run("passwd", "nobody", "--password-stdin", given="mot mat khau dai\n").exit_code == 1


@pytest.mark.parametrize("words", [("disable", "mai"), ("passwd", "mai", "--password-stdin")])
def test_who_is_locked_out_hears_nothing_more_on_an_open_page(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Served(tmp_path) as served:
        open_dialogue(served)
        with Visitor(served, staff_cookie(served, "moderator", login="mai"), "moderator") as page:
            page.next("caught_up")
            assert run(*words, given="mot mat khau dai\n").exit_code == 0
            with pytest.raises(ConnectionClosed):
                page.next("never")


@pytest.mark.parametrize("serving", [True, False])
def test_an_agencys_account_says_for_whom_it_speaks_with_and_without_a_server(tmp_path: Path, serving: bool) -> None:
    words = ("add", "nam", "--name", "Hồ Nam", "--role", "agency")
    with Served(tmp_path) if serving else nullcontext():
        without = run(*words)
        assert (without.exit_code, "--agency" in without.output) == (1, True)
        assert run(*words, "--agency", " Sở  Xây dựng ").exit_code == 0
        assert "Sở Xây dựng" in run("list").output


def test_the_door_is_for_the_operator_alone_and_goes_with_the_server(tmp_path: Path) -> None:
    with Served(tmp_path):
        assert stat.S_IMODE(door_path(tmp_path).stat().st_mode) == 0o600
    assert not door_path(tmp_path).exists()


def test_without_a_server_the_command_writes_by_itself(tmp_path: Path) -> None:
    assert run("add", "hoa", "--name", "Trần Thị Hoa", "--role", "moderator").exit_code == 0
    assert "Trần Thị Hoa" in run("list").output
