"""Formatting, lint and types hold for the whole tree: `make test` finds what `make check` would."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.tree import ROOT

_BIN = Path(sys.executable).parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy"])
def test_the_tool_has_nothing_to_say(tool):
    name, *words = tool.split()
    done = subprocess.run([_BIN / name, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
