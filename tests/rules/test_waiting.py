"""No test sleeps: it says what it waits for (tests/waiting.py), or it drives the clock itself."""

import ast
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, plant, python

_ALLOWED_IN = "tests/waiting.py"


def sleeps(node: ast.AST) -> bool:
    """A call of sleep or wait_for_timeout; `asyncio.sleep(0)` only lets others run, and may."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    lets_others_run = [ast.dump(arg) for arg in node.args] == [ast.dump(ast.Constant(0))]
    return name == "wait_for_timeout" or (name == "sleep" and not lets_others_run)


def sleeping_tests(root: Path) -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', 0)} sleeps: use tests.waiting.until"
        for name, tree in python(root, "tests", naming=r"\bsleep\b|wait_for_timeout")
        for node in ast.walk(tree)
        if name != _ALLOWED_IN and sleeps(node)
    ]


def test_no_test_sleeps():
    assert sleeping_tests(ROOT) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(0.1)",
        "from time import sleep\nsleep(1)",
        "async def test_a(): await asyncio.sleep(0.01)",
        "def test_a(page): page.wait_for_timeout(500)",
    ],
)
def test_a_sleeping_test_is_reported(tmp_path, source):
    plant(tmp_path, "tests/server/test_rooms.py", source)
    assert len(sleeping_tests(tmp_path)) == 1


def test_letting_others_run_is_no_sleep(tmp_path):
    plant(tmp_path, "tests/server/test_rooms.py", "async def test_a(): await asyncio.sleep(0)")
    assert sleeping_tests(tmp_path) == []
