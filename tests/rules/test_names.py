"""Words that name nothing in particular name nothing here: each thing has its own word (docs, DESIGN of the house)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, files, plant, python, statements

EMPTY_WORDS = {"manager", "service", "handler", "helper", "util", "data", "info", "process"}
EMPTY_WORDS |= {"managers", "services", "handlers", "helpers", "utils", "processes"}

# Names that a library looks for: they are its words, not ours.
_DICTATED = {
    "data_received",  # asyncio.Protocol
    "handle_data",  # html.parser.HTMLParser
    "pipe_data_received",  # asyncio.SubprocessProtocol
    "process_bind_param",  # SQLAlchemy's TypeDecorator
    "process_exited",  # asyncio.SubprocessProtocol
    "process_result_value",  # SQLAlchemy's TypeDecorator
}


def words(name: str) -> list[str]:
    """The words of a name, in snake_case, CamelCase or kebab-case."""
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)


def says_nothing(name: str) -> set[str]:
    return {word.lower() for word in words(name)} & EMPTY_WORDS


def named(root: Path) -> Iterator[tuple[str, str]]:
    """Where and what: names of files, classes and functions. A test's name is a sentence and may use any word."""
    for path in files(root, ".py", ".js", ".mjs", ".css", ".html"):
        yield path.relative_to(root).as_posix(), path.stem
    any_of_them = "|".join(EMPTY_WORDS)
    for name, tree in python(root, naming=rf"(?i)\b(?:def|class)\s+\w*(?:{any_of_them})"):
        for node in statements(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}:{node.lineno}", node.name


def empty_names(root: Path) -> list[str]:
    return [
        f"{where}: {name} says {', '.join(sorted(empty))}, which could be anything"
        for where, name in named(root)
        if not name.startswith("test_") and name not in _DICTATED and (empty := says_nothing(name))
    ]


def test_every_name_says_what_it_names():
    assert empty_names(ROOT) == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("server/utils.py", ""),
        ("web/static/js/lib/helpers.js", ""),
        ("server/rooms/room.py", "class RoomManager: ..."),
        ("server/rooms/room.py", "class HTTPHandler: ..."),
        ("live/floor.py", "def process_turn(): ..."),
        ("live/floor.py", "class Turn:\n    async def get_info(self): ..."),
    ],
)
def test_an_empty_name_is_reported(tmp_path, name, source):
    plant(tmp_path, name, source)
    assert len(empty_names(tmp_path)) == 1


def test_whole_words_only(tmp_path):
    plant(
        tmp_path, "server/store/database.py", "class Informed: ...\ndef processed(): ...\ndef process_bind_param(): ..."
    )
    plant(tmp_path, "tests/test_a.py", "def test_a_killed_process_goes_on(): ...")
    assert empty_names(tmp_path) == []
