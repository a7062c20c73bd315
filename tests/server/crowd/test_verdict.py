"""Whatever a server breaks on purpose, the verdict names it and the exit code is 1; an honest one passes."""

import re

import pytest
from typer.testing import CliRunner

from server.cli import app
from server.crowd.shown import FAULTS
from tests.server.crowd.false_server import FalseServer, Sin

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("sin", list(Sin), ids=lambda sin: sin.name.lower())
def test_the_verdict_names_what_was_broken(sin: Sin) -> None:
    words = "--phones 6 --seconds 1.5 --asks 8 --supports 0 --withdraws 0 --storm-every 0.7 --no-jitter --patience 2"
    staff = "--login lan --password-stdin --moderators 1 --leads 0" if sin is Sin.LEAKS else ""
    with FalseServer(sin) as server:
        command = ["crowd", "--url", server.url, "--code", "T", *words.split(), *staff.split()]
        result = CliRunner().invoke(app, command, input="mot mat khau\n")
    assert result.exit_code == (1 if sin.value else 0), result.output
    if not sin.value:
        assert "ĐẠT, không mất gì" in result.output
        assert not re.search(r"^  \d+ ", result.output, re.MULTILINE)
    else:
        assert re.search(rf"^  \d+ {FAULTS[sin.value][0]} / {FAULTS[sin.value][1]}$", result.output, re.MULTILINE)
