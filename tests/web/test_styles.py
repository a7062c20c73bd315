"""What a browser without `:has` makes of the styles: it drops a whole rule for one selector that it does not know."""

import re

import pytest

from tests.rules.tree import ROOT

STYLES = sorted((ROOT / "web" / "static" / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NESTED = re.compile(r"\([^()]*\)")


def selectors(style: str) -> list[list[str]]:
    """The selectors of each rule, with what stands in brackets left away but for a mark of `:has`."""
    return [
        [one.strip() for one in flat(rule).split(",")] for rule in re.findall(r"([^{};]+)\{", COMMENT.sub("", style))
    ]


def flat(rule: str) -> str:
    rule = rule.replace(":has(", "§(")
    while rule != (inner := NESTED.sub(lambda found: "§" if "§" in found[0] else "", rule)):
        rule = inner
    return rule


def dragged_along(style: str) -> list[list[str]]:
    return [rule for rule in selectors(style) if len({"§" in one for one in rule}) > 1]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_selector_with_has_stands_by_itself(style):
    assert dragged_along(style.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "style, found",
    [
        (".a, .b {}", 0),
        (".a:has(.b) {}", 0),
        (".a:has(.b), .c:has(.d, .e) {}", 0),
        (".a, .b:has(.c) {}", 1),
        ("@media (width > 1px) { .a, :not(.b:has(.c)) .d {} }", 1),
        ("/* .a, .b:has(.c) {} */ .a {}", 0),
    ],
)
def test_a_mixed_list_is_found(style, found):
    assert len(dragged_along(style)) == found
