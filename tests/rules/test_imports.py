"""Imports point inwards: live and transcription know nothing of ours, server knows both, nobody knows server.app."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import PRODUCT, ROOT, files, plant, python, statements

# What the heart may use: values, text and arithmetic. Nothing that reads a clock, throws dice, opens a file or waits.
PURE = {
    "__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "operator",
    "re", "types", "typing", "unicodedata",
}  # fmt: skip

# Who alone may import what, among the product's files.
ONLY_IN = {
    "vosk": "transcription/vosk_engine.py", "faster_whisper": "transcription/whisper_engine.py",
    "sqlalchemy": "server/store/", "alembic": "server/store/",
}  # fmt: skip


def imported(tree: ast.Module, name: str) -> Iterator[str]:
    """Full names of all that a file imports; `from a import b` counts as a and a.b, since b may be a module."""
    package = Path(name).parent.parts
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def wrong_arrow(name: str, module: str) -> str | None:
    """Why the file may not import the module, or nothing."""
    home, top = name.split("/", maxsplit=1)[0], module.split(".", maxsplit=1)[0]
    if home == "live" and top != "live" and top not in PURE:
        return "live/ uses values of the standard library only"
    if home == "transcription" and top in {"live", "server", "web"}:
        return "transcription/ knows nothing of ours"
    if home in PRODUCT and top in {"tests", "bench"}:
        return "the product does not need its tests"
    if f"{module}.".startswith("server.app.") and not name.startswith(("server/cli", "server/app", "tests/", "bench/")):
        return "server.app puts everything together: only the command line and tests may know it"
    if home in PRODUCT and not name.startswith(ONLY_IN.get(top, "")):
        return f"only {ONLY_IN[top]} may import {top}"
    return None


def wrong_imports(root: Path) -> list[str]:
    return [
        f"{name} imports {module}: {reason}"
        for name, tree in python(root, *PRODUCT, "tests", "bench")
        for module in dict.fromkeys(imported(tree, name))
        if (reason := wrong_arrow(name, module))
    ]


def test_imports_point_inwards():
    assert wrong_imports(ROOT) == []


def test_there_is_no_python_in_web():
    assert [str(path) for path in files(ROOT, ".py", under="web")] == []


def test_the_allowed_modules_all_belong_to_the_standard_library():
    assert sorted(PURE - set(sys.stdlib_module_names)) == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("live/clock.py", "import time"),
        ("live/dice.py", "from random import random"),
        ("live/doors.py", "import server.rooms"),
        ("live/shape.py", "import msgspec"),
        ("transcription/glue.py", "from live.commands import Hear"),
        ("transcription/engine.py", "import vosk"),
        ("transcription/deep/glue.py", "def late():\n    from server import settings"),
        ("server/rooms/room.py", "from sqlalchemy import select"),
        ("server/pages/phone.py", "from server import app"),
        ("server/pages/phone.py", "from ..app import create_app"),
        ("server/doors/sockets.py", "from tests.cast import BO"),
    ],
)
def test_a_wrong_arrow_is_reported(tmp_path, name, source):
    plant(tmp_path, name, source)
    findings = wrong_imports(tmp_path)
    assert findings
    assert all(name in finding for finding in findings)


@pytest.mark.parametrize(
    "name, source",
    [
        ("live/floor.py", "from collections.abc import Mapping\nfrom live.seats import Seat\nfrom . import entries"),
        ("transcription/vosk_engine.py", "import vosk"),
        ("server/store/tables.py", "from sqlalchemy import Table"),
        ("server/cli/serve.py", "from server.app import create_app"),
        ("server/pages/phone.py", "from server.appearance import colours"),
        ("tests/server/test_app.py", "from server.app import create_app\nimport vosk"),
    ],
)
def test_a_right_arrow_is_not(tmp_path, name, source):
    plant(tmp_path, name, source)
    assert wrong_imports(tmp_path) == []
