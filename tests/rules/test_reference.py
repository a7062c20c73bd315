"""docs/reference.md names every setting, console command, option, refusal, dialogue command and metric, and none gone.

The names are read from the running objects, so a new one without words fails here before a person misses it.
"""

import ast
import dataclasses
import re
from collections.abc import Callable
from functools import cache

import pytest
import typer

from live.refusals import Code
from live.seats import ALLOWED, Audience
from server.cli import app
from server.doors import wire
from server.pages import health
from server.settings import Settings
from tests.rules.tree import ROOT, python

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def settings() -> list[str]:
    """The environment variables: one for each field of Settings."""
    return [f"DOITHOAI_{field.name.upper()}" for field in dataclasses.fields(Settings)]


@cache
def console_commands() -> list[str]:
    """`doithoai serve`, `doithoai model install`, ...: every leaf and every group of the Typer app."""
    return sorted(_console())


@cache
def console_options() -> list[str]:
    """`--hall`, `--no-jitter`, ...: whatever any of them may be told."""
    given = {
        word
        for command in _console().values()
        for option in getattr(command, "params", [])
        for word in (*option.opts, *option.secondary_opts)
        if word.startswith("--")
    }
    return sorted(given - {"--jitter"})  # what is so anyway needs no words beside its opposite


def _console() -> dict[str, object]:
    def below(group: object, path: str) -> dict[str, object]:
        found = {path: group}
        for word, child in getattr(group, "commands", {}).items():
            found |= below(child, f"{path} {word}")
        return found

    everything = below(typer.main.get_command(app), "doithoai")
    everything.pop("doithoai")
    return everything


def metrics() -> list[str]:
    """Every text in server/ that is the name of a metric; the counted ones get their names here as they do there."""
    counted = {f"doithoai_{what}_total" for what in health._DELIVERY}
    named = {
        str(node.value)
        for _, tree in python(ROOT, "server", naming="doithoai_")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and re.fullmatch(r"doithoai_[a-z_]*[a-z]", str(node.value))
    }
    return sorted(named | counted)


def refusals() -> list[str]:
    return [code.value for code in Code]


def dialogue_commands() -> list[str]:
    return sorted(kind.__name__ for kind in wire.COMMANDS.values())


def told_of_commands(text: str) -> dict[str, tuple[str, list[str], set[str]]]:
    """Each command of the tables: its word on the wire, its fields with "?" where they may be left out, and whose."""
    rows = re.findall(r"^\| `([A-Z]\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    plain = [(name, *(re.sub(r"\([^)]*\)", "", cell) for cell in cells)) for name, *cells in rows]
    return {
        name: (wire.strip("`"), _listed(fields.replace("–", "")), set(_listed(whose)))
        for name, wire, fields, whose in plain
    }


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def undocumented(names: list[str], text: str) -> list[str]:
    """Names that stand nowhere in the text as code, alone or at the head of an example (an option: anywhere in it)."""
    codes = re.findall(r"`([^`]+)`", text)
    before = {name: r"(.*\s)?" if name.startswith("--") else "" for name in names}
    return [
        name
        for name in names
        if not any(re.match(f"{before[name]}{re.escape(name)}(?![\\w-])", code) for code in codes)
    ]


@pytest.mark.parametrize(
    "names",
    [settings, console_commands, console_options, refusals, dialogue_commands, metrics],
    ids=lambda names: names.__name__,
)
def test_everything_is_in_the_reference(names: Callable[[], list[str]]):
    everything = names()
    assert everything, f"{names.__name__} found nothing at all"
    missing = undocumented(everything, REFERENCE)
    assert not missing, f"docs/reference.md does not name: {', '.join(missing)}"


def test_no_setting_in_the_reference_is_gone():
    named = set(re.findall(r"DOITHOAI_[A-Z_]*[A-Z]", REFERENCE))
    assert sorted(named - set(settings())) == []


def test_no_option_and_no_metric_in_the_reference_is_gone():
    assert sorted(set(re.findall(r"`(--[a-z][a-z0-9-]*)", REFERENCE)) - {*console_options(), "--help"}) == []
    assert sorted(set(re.findall(r"`(doithoai_[a-z_]+)", REFERENCE)) - set(metrics())) == []


def test_the_fields_of_each_command_and_whose_it_is_are_told_as_they_are():
    told = told_of_commands(REFERENCE)
    assert told.keys() == set(dialogue_commands())
    audiences = {audience.value for audience in Audience}
    for word, kind in wire.COMMANDS.items():
        sent, fields, whose = told[kind.__name__]
        assert sent == word or sent.startswith("none: "), kind
        shape = dataclasses.fields(kind)
        marked = [f"{one.name}{'' if one.default is dataclasses.MISSING else '?'}" for one in shape]
        assert fields == marked, kind
        if whose <= audiences:  # else it is said in a sentence
            assert whose == {audience.value for audience in ALLOWED[kind]}, kind


def test_a_wrong_row_of_a_command_is_read_as_it_stands():
    row = "| `Ask` | `ask` | text, topic? (free), site | clerk, phone (once) |\n"
    assert told_of_commands(row) == {"Ask": ("ask", ["text", "topic?", "site"], {"clerk", "phone"})}


def test_a_name_without_words_is_reported():
    text = "`DOITHOAI_DATA_DIR` is where. `doithoai serve --port 80` serves. `closed`: too late. `AskAgain`"
    assert undocumented(["DOITHOAI_DATA_DIR", "doithoai serve", "closed"], text) == []
    assert undocumented(["DOITHOAI_DATA", "doithoai", "open", "Ask"], text) == ["DOITHOAI_DATA", "open", "Ask"]
