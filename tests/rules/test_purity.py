"""live/ has no clock, no dice, no files and never waits: the same commands give the same facts, for ever."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, plant, python

_CLOCKS = {"now", "today", "utcnow"}
_CLOCK_OWNERS = {"date", "datetime", "dt"}
_IMPURE = {
    "open": "opens a file",
    "print": "prints",
    "input": "asks the terminal",
    "eval": "runs text",
    "exec": "runs text",
    "__import__": "imports behind the rules' back",
    "id": "is an address in memory: different in each process",
    "hash": "throws dice: the hash of a text differs in each process",
}
_WAITING = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)


def impurity(node: ast.AST) -> str | None:
    match node:
        case ast.Attribute(attr=attr, value=ast.Name(id=owner) | ast.Attribute(attr=owner)) if (
            attr in _CLOCKS and owner in _CLOCK_OWNERS
        ):
            return f"{owner}.{attr} reads the clock: take now as a parameter"
        case ast.Call(func=ast.Name(id=name)) if name in _IMPURE:
            return f"{name}() {_IMPURE[name]}"
        case ast.Global() | ast.Nonlocal():
            return "changes a name outside itself"
    return "waits: only the server may" if isinstance(node, _WAITING) else None


def pieces(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, but for the inside of __hash__: there hash() is what the language asks for."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.FunctionDef) and child.name == "__hash__"):
            yield child
            yield from pieces(child)


def impurities(root: Path) -> list[str]:
    def found() -> Iterator[str]:
        for name, tree in python(root, "live"):
            for node in pieces(tree):
                if reason := impurity(node):
                    yield f"{name}:{getattr(node, 'lineno', 0)}: {reason}"

    return list(found())


def test_the_heart_is_pure():
    assert impurities(ROOT) == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\nat = datetime.datetime.now()",
        "from datetime import datetime\nmake = datetime.utcnow",
        "from datetime import date\nday = date.today()",
        "words = open('words.txt')",
        "async def decide(): ...",
        "def decide(room):\n    async def inner():\n        await room",
        "key = hash('Bo')",
        "key = id([])",
        "n = 0\ndef count():\n    global n\n    n += 1",
    ],
)
def test_an_impure_heart_is_reported(tmp_path, source):
    plant(tmp_path, "live/questions.py", source)
    assert impurities(tmp_path)


def test_a_time_that_was_passed_in_is_pure(tmp_path):
    plant(
        tmp_path, "live/floor.py", "def left(turn, now):\n    return turn.until - now\nnumber = turn.id\nat = entry.now"
    )
    assert impurities(tmp_path) == []


def test_an_object_may_say_its_own_hash(tmp_path):
    plant(tmp_path, "live/texts.py", "class Sealed:\n    def __hash__(self):\n        return hash(self.text)")
    assert impurities(tmp_path) == []
