"""The made-up crowd comes through the real doors, never by mistake to somebody else's server, and misses nothing."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from live.states import DialogueState, QuestionState
from server.cli import app
from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import open_dialogue, staff_cookie
from tests.waiting import until

pytestmark = pytest.mark.slow


def run(words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, ["crowd", *words.split()], input=given)


def counted(output: str, what: str) -> int:
    found = re.search(rf"{re.escape(what)} +(\d+)", output)
    assert found, output
    return int(found[1])


@pytest.mark.parametrize("url", ["http://192.0.2.1:8000", "https://doithoai.example", "http://127.0.0.1.example"])
def test_a_crowd_stays_on_this_machine_unless_told_otherwise(url: str) -> None:
    result = run(f"--url {url}")
    assert result.exit_code == 1
    assert "Chưa gửi gì" in result.output
    assert "--beyond-loopback" in result.output


def test_real_data_is_not_touched_without_a_yes(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        result = run(f"--url {served.url} --code TEST01 --phones 2 --seconds 1")
        assert (result.exit_code, "thêm --yes" in result.output) == (1, True)
        assert not room.dialogue.questions
        agreed = run(f"--url {served.url} --code TEST01 --phones 2 --seconds 2 --asks 3 --yes")
        assert agreed.exit_code == 0, agreed.output
        assert {str(question.name) for question in room.dialogue.questions.values()} <= {"Người thử 0", "Người thử 1"}
        assert room.dialogue.questions
        assert "chưa kiểm việc lộ câu" in agreed.output


def test_a_dialogue_that_is_not_there_is_said(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        result = run(f"--url {served.url} --code NOPE --phones 1 --seconds 1")
        assert result.exit_code == 1
        assert "Không vào được phiên NOPE" in result.output


def test_without_a_server_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    result = run("--url http://127.0.0.1:1 --phones 1 --seconds 1")
    assert result.exit_code == 1
    assert "Hãy chạy máy chủ trước" in result.output


def test_on_a_shared_database_a_dialogue_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SECRET": "bi-mat " * 8}
    for name, value in given.items():
        monkeypatch.setenv(f"DOITHOAI_{name}", value)
    result = run("--url http://127.0.0.1:1 --phones 1 --seconds 1")
    assert (result.exit_code, "hãy nêu --code và --login" in result.output) == (1, True)


def _own(served: Served) -> Room:
    (room,) = [room for room in served.parts.rooms.open_rooms() if room.demo]
    return room


@pytest.mark.timeout(120)
def test_two_hundred_phones_in_storms_on_bad_lines_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    with Served(tmp_path) as served:
        people = "--phones 200 --seated 120 --slow 4 --stalled 4 --dead 4 --arrivals 200 --moderators 2"
        acts = "--seconds 8 --asks 10 --supports 10 --withdraws 2 --leads 3 --storm-every 2.5 --storm-share 80"
        result = run(f"--url {served.url} {people} {acts}")
        assert result.exit_code == 0, result.output
        room = _own(served)
        questions = room.dialogue.questions.values()
        assert f"ĐẠT, không mất gì: {len(questions)} câu đã báo nhận" in result.output
        assert room.dialogue.state is DialogueState.PAUSED
        assert {QuestionState.RECEIVED, QuestionState.WITHDRAWN} < {question.state for question in questions}
        assert any(question.called_at for question in questions), "a moderator called somebody to the stage"
        assert counted(result.output, "bão / storms") == 3
        assert "chưa kiểm" not in result.output
        staff = served.run(served.parts.people.all_staff())
        assert all(person.disabled_at for person in staff), "the crowd's accounts are locked again"
        assert max(len(text) for text in result.output.splitlines() if "│" in text or " p99 " in text) <= 80


def test_an_account_that_is_somebody_elses_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    with Served(tmp_path) as served:
        staff_cookie(served, "moderator", login="thu-tai-1")
        result = run(f"--url {served.url} --phones 1 --seconds 1")
        assert (result.exit_code, "là của Nhân vật thu-tai-1" in result.output) == (1, True)
        (person,) = served.run(served.parts.people.all_staff())
        assert person.disabled_at is None


def test_a_crowd_that_is_stopped_says_what_it_knows_and_pauses_its_dialogue(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        words = f"--url {served.url} --phones 5 --seconds 50 --asks 5".split()
        environment = os.environ | {"DOITHOAI_DATA_DIR": str(tmp_path)}
        crowd = subprocess.Popen(
            [sys.executable, "-m", "server", "crowd", *words], env=environment, stdout=subprocess.PIPE, text=True
        )
        rooms = served.parts.rooms
        until(lambda: any(room.dialogue.questions for room in rooms.open_rooms()), "a question", 30)
        crowd.send_signal(signal.SIGINT)
        told, _ = crowd.communicate(timeout=30)
        assert crowd.returncode == 130, told
        assert "Dừng sớm" in told
        assert counted(told, "nhận / accepted") > 0
        assert _own(served).dialogue.state is DialogueState.PAUSED
