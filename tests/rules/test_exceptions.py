"""Whoever silences a tool, or catches whatever comes, says why on the same line; the first names the rule too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, comments, files, plant, python, statements

_DIRECTIVE = re.compile(r"#\s*(?P<tool>type:\s*ignore|noqa|pragma|fmt:|mypy:|ruff:)(?P<rest>.*)")
_CODES = re.compile(r"^\s*(?:\[[\w\-, ]+\]|:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)")
_FORMATTER = {"off", "on", "skip"}


def unexplained(comment: str) -> str | None:
    """What is missing behind a directive; nothing when it is complete or the comment is an ordinary one."""
    found = _DIRECTIVE.search(comment)
    if not found:
        return None
    tool, rest = found["tool"], found["rest"]
    if tool.startswith("fmt") and rest.strip() in _FORMATTER:
        return None
    if tool == "noqa" or tool.startswith("type"):
        codes = _CODES.match(rest)
        if not codes:
            return f"{tool} names no rule"
        rest = rest[codes.end() :]
    return None if _says_why(rest) else f"{tool} gives no reason beside it"


def _says_why(words: str) -> bool:
    return len(re.findall(r"\w+", words)) >= 3


def catches(tree: ast.Module) -> Iterator[int]:
    """The lines at which whatever comes is caught: by a bare `except`, or one of the two widest classes."""
    for node in statements(tree):
        if isinstance(node, ast.ExceptHandler):
            caught: list[ast.expr | None] = [*node.type.elts] if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or ast.unparse(one) in {"Exception", "BaseException"} for one in caught):
                yield node.lineno


def unexplained_catches(root: Path) -> list[str]:
    found = []
    for name, tree in python(root, naming=r"except\s*:|Exception\b"):
        lines = list(catches(tree))
        said = dict(comments(root / name)) if lines else {}
        silent = [line for line in lines if not _says_why(said.get(line, "").removeprefix("# noqa: BLE001"))]
        found += [f"{name}:{line}: catches whatever comes and gives no reason beside it" for line in silent]
    return found


def unexplained_exceptions(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {missing}"
        for path in files(root, ".py")
        if _DIRECTIVE.search(path.read_text(encoding="utf-8"))
        for line, comment in comments(path)
        if (missing := unexplained(comment))
    ]


def test_every_exception_has_its_reason():
    assert unexplained_exceptions(ROOT) == []


def test_whoever_catches_whatever_comes_says_why():
    assert unexplained_catches(ROOT) == []


@pytest.mark.parametrize("caught", ["", " Exception", " (OSError, BaseException)", " Exception as problem"])
def test_a_wide_catch_without_a_reason_is_reported(tmp_path, caught):
    for name, why in (("bad", "  # logged"), ("good", "  # logged; the next one may succeed")):
        plant(tmp_path, f"server/{name}.py", f"try:\n    run()\nexcept{caught}:{why}\n    pass\n")
    (found,) = unexplained_catches(tmp_path)
    assert found.startswith("server/bad.py:3:")


@pytest.mark.parametrize(
    "comment",
    [
        "# type: ignore",
        "# type: ignore[attr-defined]",
        "# noqa",
        "# noqa: S608",
        "# noqa: BLE001 because",
        "# pragma: no cover",
        "# type: ignore because the stubs are wrong",
    ],
)
def test_a_bare_exception_is_reported(tmp_path, comment):
    plant(tmp_path, "server/app.py", f"x = 1  {comment}\n")
    assert len(unexplained_exceptions(tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # type: ignore[attr-defined]  # the stubs of segno forget it",
        "x = 1  # noqa: S608, S609 - the column comes from our own table",
        "x = 1  # the type of ignore is plain",
        "x = '# noqa'",
        "x = 1  # fmt: skip",
    ],
)
def test_a_reasoned_one_is_not(tmp_path, line):
    plant(tmp_path, "server/app.py", line + "\n")
    assert unexplained_exceptions(tmp_path) == []
