"""Whoever silences a tool names the rule and says why, on the same line."""

import re
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, comments, files, plant

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
    return None if len(re.findall(r"\w+", rest)) >= 3 else f"{tool} gives no reason beside it"


def unexplained_exceptions(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {missing}"
        for path in files(root, ".py")
        for line, comment in comments(path)
        if (missing := unexplained(comment))
    ]


def test_every_exception_has_its_reason():
    assert unexplained_exceptions(ROOT) == []


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
