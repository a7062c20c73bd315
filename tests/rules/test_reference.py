"""docs/reference.md names every setting, console command, option, refusal, dialogue command and metric, and none gone.

The names are read from the running objects, so a new one without words fails here before a person misses it.
"""

import ast
import dataclasses
import importlib
import re
from collections.abc import Callable
from enum import Enum
from types import ModuleType

import pytest

from tests.rules.tree import ROOT, python


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name and f"{name}.".startswith(f"{missing.name}."):
            pytest.fail(f"There is no module {name} yet, so its part of docs/reference.md cannot be checked.")
        raise


def _part(module: ModuleType, name: str) -> object:
    if not hasattr(module, name):
        pytest.fail(f"{module.__name__} has no {name} yet, so its part of docs/reference.md cannot be checked.")
    return getattr(module, name)


def settings() -> list[str]:
    """The environment variables: one for each field of Settings."""
    kind = _part(_module("server.settings"), "Settings")
    fields = getattr(kind, "__struct_fields__", None) or [
        field.name
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]  # whatever Settings is, fields() says so if it is no dataclass
    ]
    return [f"DOITHOAI_{name.upper()}" for name in fields]


def console_commands() -> list[str]:
    """`doithoai serve`, `doithoai model install`, ...: every leaf and every group of the Typer app."""
    return sorted(_console())


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
    import typer

    cli = _module("server.cli")
    apps = [part for part in vars(cli).values() if isinstance(part, typer.Typer)]
    if not apps:
        pytest.fail("server.cli holds no Typer app yet, so the console commands cannot be checked.")

    def below(group: object, path: str) -> dict[str, object]:
        found = {path: group}
        for word, child in getattr(group, "commands", {}).items():
            found |= below(child, f"{path} {word}")
        return found

    everything = {
        name: command for app in apps for name, command in below(typer.main.get_command(app), "doithoai").items()
    }
    everything.pop("doithoai", None)
    return everything


def metrics() -> list[str]:
    """Every text in server/ that is the name of a metric; the counted ones get their names here as they do there."""
    health = _module("server.pages.health")
    delivery = _part(health, "_DELIVERY")
    assert isinstance(delivery, dict)
    counted = {f"doithoai_{what}_total" for what in delivery}
    named = {
        str(node.value)
        for _, tree in python(ROOT, "server")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and re.fullmatch(r"doithoai_[a-z_]*[a-z]", str(node.value))
    }
    return sorted(named | counted)


def refusals() -> list[str]:
    codes = _part(_module("live.refusals"), "Code")
    assert isinstance(codes, type)
    assert issubclass(codes, Enum)
    return [str(code.value) for code in codes]


def dialogue_commands() -> list[str]:
    module = _module("live.commands")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
    return sorted({kind.__name__ for kind in kinds if f"{kind.__module__}.".startswith("live.commands.")})


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


def reference() -> str:
    page = ROOT / "docs" / "reference.md"
    if not page.exists():
        pytest.fail("docs/reference.md does not exist yet: it names every setting, command and refusal.")
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "names",
    [settings, console_commands, console_options, refusals, dialogue_commands, metrics],
    ids=lambda names: names.__name__,
)
def test_everything_is_in_the_reference(names: Callable[[], list[str]]):
    everything = names()
    assert everything, f"{names.__name__} found nothing at all"
    missing = undocumented(everything, reference())
    assert not missing, f"docs/reference.md does not name: {', '.join(missing)}"


def test_no_setting_in_the_reference_is_gone():
    named = set(re.findall(r"DOITHOAI_[A-Z_]*[A-Z]", reference()))
    assert sorted(named - set(settings())) == []


def test_no_option_and_no_metric_in_the_reference_is_gone():
    assert sorted(set(re.findall(r"`(--[a-z][a-z0-9-]*)", reference())) - {*console_options(), "--help"}) == []
    assert sorted(set(re.findall(r"`(doithoai_[a-z_]+)", reference())) - set(metrics())) == []


def test_the_fields_of_each_command_and_whose_it_is_are_told_as_they_are():
    from live.seats import ALLOWED, Audience
    from server.doors.wire import COMMANDS

    told = told_of_commands(reference())
    assert told.keys() == {kind.__name__ for kind in COMMANDS.values()}
    audiences = {audience.value for audience in Audience}
    for word, kind in COMMANDS.items():
        wire, fields, whose = told[kind.__name__]
        assert wire == word or wire.startswith("none: "), kind
        shape = dataclasses.fields(kind)  # type: ignore[arg-type]  # every command is a dataclass
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
