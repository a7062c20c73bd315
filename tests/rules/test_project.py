"""The project file, the locks and the build machine's script agree with each other."""

import os
import re
import subprocess
import tomllib

import pytest

from tests.rules.tree import ROOT

LOCKS = ["run", "demo", "dev", "bench"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").split("\n")
    return {re.split(r"[\[<>=~! ;]", line)[0] for line in lines if line and not line.startswith(("-r", "#"))}


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")


def pins(text: str) -> dict[str, str]:
    """Each pinned line (name, version, marker) with the hashes below it."""
    blocks = re.split(r"^(?=[a-zA-Z])", text, flags=re.MULTILINE)
    return {block.splitlines()[0].rstrip(" \\"): block for block in blocks if block.strip()}


def loose(text: str) -> list[str]:
    """Lines of a lock that would let another version, another file or another address in."""
    bad = [line for line in text.splitlines() if line.startswith("-") or "://" in line]
    return bad + [pin for pin, block in pins(text).items() if "==" not in pin or "--hash=sha256:" not in block]


def test_the_project_asks_for_what_is_locked_to_run():
    assert set(PROJECT["project"]["dependencies"]) == wanted("run")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_hashes_and_names_no_address(name):
    assert loose(lock_text(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_everything_that_is_asked_for(name):
    locked = {pin.split("==")[0] for pin in pins(lock_text(name))}
    assert sorted(wanted(name) - locked) == []


@pytest.mark.parametrize("smaller, larger", [("run", "demo"), ("demo", "dev"), ("run", "bench")])
def test_the_locks_agree_on_versions(smaller, larger):
    assert sorted(set(pins(lock_text(smaller))) - set(pins(lock_text(larger)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "--index-url somewhere\n",
        "starlette\n",
        "starlette==1.10.0\n",
        "starlette>=1 \\\n    --hash=sha256:00\n",
        "starlette @ https://example.vn/a.whl \\\n    --hash=sha256:00\n",
    ],
)
def test_a_loose_lock_is_reported(text):
    assert loose(text)


def test_the_build_machine_runs_every_test():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")


PIP_SAYS = """Collecting alembic==1.16.5 (from -r requirements/demo.lock (line 1))
  Downloading alembic-1.16.5-py3-none-any.whl (247 kB)
Processing ./annotated_types-0.8.0-py3-none-any.whl (from -r requirements/demo.lock (line 7))
Requirement already satisfied: anyio==4.10.0 in ./.venv/lib/python3.11/site-packages
Installing collected packages: alembic
Successfully installed alembic-1.16.5
"""


def test_what_is_installed_is_seen_to_go_on():
    counted = [str(ROOT / ".ci" / "counted"), "3"]
    told = subprocess.run(counted, input=PIP_SAYS, capture_output=True, text=True, check=True, timeout=30)
    assert told.stdout.split("\n") == ["   3 of 3", f"   {'all are here, now they are put in place':60}", ""]
    many = subprocess.run(counted, input=PIP_SAYS * 9, capture_output=True, text=True, check=True, timeout=30)
    assert [line for line in many.stdout.split("\n") if line.endswith("of 3")] == [
        "   3 of 3",
        "   10 of 3",
        "   20 of 3",
    ]


def markers_left_out(makefile: str) -> set[str]:
    fast = re.search(r"^FAST := (.*)$", makefile, re.MULTILINE)
    return set(re.findall(r"not (\w+)", fast[1])) if fast else set()


def test_the_fast_tests_leave_out_exactly_the_marked_ones():
    declared = {line.split(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    assert markers_left_out((ROOT / "Makefile").read_text(encoding="utf-8")) == declared
