"""Each page of docs/decisions says what was asked and decided, why and at what price, under a number of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, plant, texts

PARTS = ("Question", "Decision", "Why", "Price")
MOST = 30
"""Lines. A decision that needs more is two, or a guide."""
_CITED = re.compile(r"\b[Dd]ecisions?[ /](\d{4})\b|docs/decisions/(\d{4})")


def unfit(folder: Path) -> Iterator[str]:
    """What is wrong with the pages themselves."""
    numbers: dict[str, str] = {}
    for page in sorted(folder.glob("*.md")):
        text, number = page.read_text(encoding="utf-8"), page.name[:4]
        if number in numbers:
            yield f"{page.name}: {numbers[number]} has this number already"
        numbers[number] = page.name
        if not re.match(rf"# {number} \S", text):
            yield f"{page.name}: it does not begin with '# {number} Title'"
        if left_out := [part for part in PARTS if f"\n**{part}" not in text]:
            yield f"{page.name}: it has no **{'**, no **'.join(left_out)}**"
        if len(text.splitlines()) > MOST:
            yield f"{page.name}: more than {MOST} lines"


def astray(root: Path) -> Iterator[str]:
    """Decisions that are named somewhere and are not there."""
    there = {page.name[:4] for page in (root / "docs" / "decisions").glob("*.md")}
    for name, lines in texts(root):
        for number, line in enumerate(lines, 1):
            for found in _CITED.finditer(line):
                if (cited := found[1] or found[2]) not in there:
                    yield f"{name}:{number}: there is no decision {cited}"


def test_every_decision_has_its_number_and_its_parts():
    assert list(unfit(ROOT / "docs" / "decisions")) == []


def test_no_decision_is_named_that_is_not_there():
    assert list(astray(ROOT)) == []


NAMED = "decision"  # apart from its number, so that this file names none
WHOLE = "# 0007 A title\n\n**Question.** a\n\n**Decision.** b\n\n**Why.** c\n\n**Price.** d\n"


@pytest.mark.parametrize(
    "text, wrong",
    [
        (WHOLE, []),
        (WHOLE.replace("# 0007", "# 0008"), ["it does not begin with '# 0007 Title'"]),
        (WHOLE.replace("# 0007 A", "# 0007: A"), ["it does not begin with '# 0007 Title'"]),
        (WHOLE.replace("**Why.** c", ""), ["it has no **Why**"]),
        (WHOLE + "more\n" * MOST, [f"more than {MOST} lines"]),
    ],
    ids=["whole", "number", "colon", "part", "long"],
)
def test_a_page_that_lacks_something_is_reported(tmp_path, text, wrong):
    plant(tmp_path, "0007-a-title.md", text)
    assert list(unfit(tmp_path)) == [f"0007-a-title.md: {what}" for what in wrong]


def test_a_number_taken_twice_and_one_that_is_not_there_are_reported(tmp_path):
    for name in ("0007-a.md", "0007-b.md"):
        plant(tmp_path, f"docs/decisions/{name}", WHOLE)
    plant(tmp_path, "server/app.py", f"# {NAMED} 0007, and not {NAMED} 0099\n")
    assert list(unfit(tmp_path / "docs" / "decisions")) == ["0007-b.md: 0007-a.md has this number already"]
    assert list(astray(tmp_path)) == [f"server/app.py:1: there is no {NAMED} 0099"]
