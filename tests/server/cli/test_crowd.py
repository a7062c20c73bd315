"""The made-up crowd comes through the real doors, and never by mistake to somebody else's server."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli import app
from tests.serving import Served
from tests.visitors import open_dialogue

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("url", ["http://192.0.2.1:8000", "https://doithoai.example", "http://127.0.0.1.example"])
def test_a_crowd_stays_on_this_machine_unless_told_otherwise(url: str) -> None:
    result = CliRunner().invoke(app, ["crowd", "--url", url])
    assert result.exit_code == 1
    assert "Chưa gửi gì" in result.output
    assert "--beyond-loopback" in result.output


def test_phones_of_a_crowd_join_ask_and_miss_nothing(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        words = ["crowd", "--url", served.url, "--code", "TEST01", "--phones", "4", "--pause", "0.5", "--seconds", "3"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        assert room.dialogue.questions
        assert {str(question.name) for question in room.dialogue.questions.values()} <= {
            f"Người thử {n}" for n in range(4)
        }


def test_a_dialogue_that_is_not_there_is_said(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        result = CliRunner().invoke(
            app, ["crowd", "--url", served.url, "--code", "NOPE", "--phones", "1", "--seconds", "1"]
        )
        assert result.exit_code == 1
        assert "Không vào được phiên NOPE" in result.output
