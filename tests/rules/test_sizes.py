"""Nothing grows beyond what one can read at a sitting. The numbers to aim at (CONTRIBUTING.md) are half of these."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, plant, python, statements

FUNCTION = 40
PYTHON, TEST, TEMPLATE, PARTIAL, SCRIPT, STYLE = 300, 500, 120, 60, 200, 300


def limit(name: str) -> int | None:
    """How many lines the file may have; nothing for a kind without a limit."""
    path = Path(name)
    if path.suffix == ".py":
        return TEST if path.parts[0] == "tests" else PYTHON
    if path.suffix in {".html", ".xml", ".txt"} and name.startswith("web/templates/"):
        return PARTIAL if path.name.startswith("_") else TEMPLATE
    return {".js": SCRIPT, ".mjs": SCRIPT, ".css": STYLE}.get(path.suffix)


def long_files(root: Path) -> list[str]:
    found = []
    for path in files(root, ".py", ".html", ".xml", ".txt", ".js", ".mjs", ".css"):
        name = path.relative_to(root).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        most = limit(name)
        if most is not None and lines > most:
            found.append(f"{name} has {lines} lines, at most {most}: two subjects want two files")
    return found


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without decorators and docstring: explaining is free."""
    first = function.body[0]
    explains = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explains else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def long_functions(root: Path) -> list[str]:
    def found() -> Iterator[str]:
        for name, tree in python(root):
            # A migration is one flat list of columns, and is never touched again.
            if "/migrations/versions/" in name:
                continue
            for node in statements(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION:
                    yield f"{name}:{node.lineno}: {node.name} has {length(node)} lines, at most {FUNCTION}"

    return list(found())


def test_no_file_is_too_long():
    assert long_files(ROOT) == []


def test_no_function_is_too_long():
    assert long_functions(ROOT) == []


@pytest.mark.parametrize(
    "name, most",
    [
        ("server/app.py", PYTHON),
        ("tests/live/test_floor.py", TEST),
        ("web/templates/phone/show.html", TEMPLATE),
        ("web/templates/live/_question.html", PARTIAL),
        ("web/static/js/live/channel.js", SCRIPT),
        ("web/static/css/question.css", STYLE),
    ],
)
def test_a_file_one_line_too_long_is_reported(tmp_path, name, most):
    plant(tmp_path, name, "\n" * most)
    assert long_files(tmp_path) == []
    plant(tmp_path, name, "\n" * (most + 1))
    assert long_files(tmp_path) == [f"{name} has {most + 1} lines, at most {most}: two subjects want two files"]


def test_vendored_files_may_be_long(tmp_path):
    plant(tmp_path, "web/static/vendor/morph/morph.js", "\n" * 5000)
    assert long_files(tmp_path) == []


def test_a_function_one_line_too_long_is_reported_and_its_docstring_is_free(tmp_path):
    docstring = '    """One.\n\n    Two.\n    """\n'
    plant(tmp_path, "live/a.py", f"def decide():\n{docstring}" + "    pass\n" * (FUNCTION - 1))
    assert long_functions(tmp_path) == []
    plant(tmp_path, "live/a.py", f"async def decide():\n{docstring}" + "    pass\n" * FUNCTION)
    assert long_functions(tmp_path) == [f"live/a.py:1: decide has {FUNCTION + 1} lines, at most {FUNCTION}"]
