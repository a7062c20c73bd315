"""What README, CONTRIBUTING and the guides name is there: files, commands, targets of make, variables, buttons.

A guide that leads somebody to what is gone is worse than none.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.test_reference import console_commands, console_options, settings
from tests.rules.tree import ROOT, files, plant

GUIDES = (
    "README.md", "CONTRIBUTING.md", "docs/huong-dan.md", "docs/operations.md", "docs/security.md", "docs/benchmarks.md",
)  # fmt: skip
_FILE = re.compile(r"[\w.-]+(?:/[\w.*-]+)*/?")
_KINDS = (".py", ".js", ".md", ".html", ".css", ".c", ".service", ".conf", ".env", ".in", ".toml")
MADE = {"data", ".venv", "_name.html"}
"""What is there only once somebody has run it, or stands for any name."""


def spoken(text: str) -> Iterator[str]:
    """What stands as code: between marks, in blocks, and as the target of a link."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    yield from re.findall(r"\]\(([^)#]+)\)", text)


def gone(root: Path, guide: str) -> Iterator[str]:
    """What a guide names and is not there."""
    text = (root / guide).read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))
    names = {path.name for path in files(root, vendored=True)}
    for code in spoken(text):
        words = code.partition("#")[0].split()
        yield from (f"make {word}" for word in _targets(words) if word not in targets)
        yield from (f"doithoai {word}" for word in _commands(words) if f"doithoai {word}" not in console_commands())
        if _commands(words):
            yield from (word for word in words if word.startswith("--") and word not in console_options())
        yield from (name for name in re.findall(r"DOITHOAI_[A-Z_]*[A-Z]", code) if name not in settings())
        yield from (word for word in words if _is_file(word) and not _is_there(root, guide, word, names))


def unseen(root: Path, text: str) -> Iterator[str]:
    """Words of the interface that a guide quotes and no page has: Vietnamese between “ and ”."""
    pages = "".join(path.read_text(encoding="utf-8") for path in files(root, ".html", ".js", under="web"))
    for quoted in re.findall(r"“([^”]+)”", text):
        if not quoted.isascii() and quoted not in pages:
            yield quoted


def _targets(words: list[str]) -> list[str]:
    return [word for word in words[1:] if re.fullmatch(r"[a-z.][\w./-]*", word)] if words[:1] == ["make"] else []


def _commands(words: list[str]) -> list[str]:
    """The word, or the two, behind `doithoai`."""
    at = next((place for place, word in enumerate(words) if word == "doithoai" or word.endswith("bin/doithoai")), None)
    if at is None:
        return []
    names = [word for word in words[at + 1 : at + 3] if re.fullmatch(r"[a-z]+", word)]
    if not names:
        return []
    return [" ".join(names)] if f"doithoai {' '.join(names)}" in console_commands() else names[:1]


def _is_file(word: str) -> bool:
    """A path of this tree: it begins with a folder of ours, or is a name with an ending of ours."""
    first, *others = word.split("/")
    if not _FILE.fullmatch(word) or first in MADE:
        return False
    ours = {path.name for path in ROOT.iterdir() if path.is_dir()} | {".ci"}
    return first in ours if others else word.endswith(_KINDS)


def _is_there(root: Path, guide: str, word: str, names: set[str]) -> bool:
    beside = (root / guide).parent
    if "/" not in word:
        return word in names
    return any(any(place.glob(word.rstrip("/"))) for place in (root, beside))


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_nothing_that_is_gone(guide: str):
    assert sorted(set(gone(ROOT, guide))) == []


@pytest.mark.parametrize("guide", [*GUIDES, "docs/reference.md"])
def test_a_button_that_a_guide_quotes_is_on_a_page(guide: str):
    assert sorted(set(unseen(ROOT, (ROOT / guide).read_text(encoding="utf-8")))) == []


def test_every_number_of_the_table_of_one_question_is_in_its_file():
    """The way of one question in README: beside each path the functions that it names are in that file."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| (.*?) \|", text, re.MULTILINE)
    assert len(rows) == 10
    for row in rows:
        folder = found = ROOT
        for word in re.findall(r"`([^`]+)`", row):
            if "." in word or word.endswith("/"):
                folder = (ROOT / word).parent if "/" in word else folder
                found = ROOT / word if "/" in word else folder / word
                found = found if found.exists() else ROOT / "server" / word
                assert found.exists(), word
            else:
                assert re.search(rf"\bdef {word}\b", found.read_text(encoding="utf-8")), word


@pytest.mark.parametrize(
    "said, wrong",
    [
        ("Say `make fly`.", ["make fly"]),
        ("    make run      # sets everything up\n", []),
        ("`doithoai fly` and `doithoai model install vi --quickly`", ["--quickly", "doithoai fly"]),
        ("`DOITHOAI_WINGS=1 make run`", ["DOITHOAI_WINGS"]),
        ("see [there](docs/none.md) and `live/none.py`, not `live/seats.py`", ["docs/none.md", "live/none.py"]),
        ("`/d/CODE/live` and `data/models` and `https://a.example/b`", []),
    ],
)
def test_what_is_not_there_is_reported(tmp_path: Path, said: str, wrong: list[str]):
    plant(tmp_path, "README.md", said)
    plant(tmp_path, "Makefile", "run:\n\techo\n")
    plant(tmp_path, "live/seats.py", "")
    plant(tmp_path, "docs/a.md", "")
    assert sorted(gone(tmp_path, "README.md")) == wrong


def test_a_button_that_is_on_no_page_is_reported(tmp_path: Path):
    plant(tmp_path, "web/templates/a.html", '<button>{{ _("Gửi câu hỏi") }}</button>')
    assert list(unseen(tmp_path, "Press “Gửi câu hỏi” or “Gửi đi”, then “OK”.")) == ["Gửi đi"]
