"""Colours that carry words stand out enough from what is behind them, in both themes (WCAG 2.2, 1.4.3, 1.4.11)."""

import re

import pytest

from tests.rules.tree import ROOT

TOKENS = (ROOT / "web/static/css/tokens.css").read_text(encoding="utf-8")
WORDS = ["ink", "quiet-ink", "teal", "teal-deep", "amber", "red", "blue", "green"]
GROUNDS = ["paper", "raised", "sunken"]
WASHES = [(name, f"{name}-wash") for name in ("teal", "amber", "red", "green")]


def block(after: str) -> dict[str, str]:
    """The colours of the first rule after `after`."""
    rule = TOKENS[TOKENS.index(after) + len(after) :].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule))


THEMES = {"light": block(":root {"), "dark": block(':root[data-theme="dark"] {')}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read(theme, ground, word):
    assert contrast(THEMES[theme][word], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word, wash", [*WASHES, *(("ink", wash) for _, wash in WASHES), ("on-teal", "teal")])
def test_words_on_a_wash_can_be_read(theme, word, wash):
    assert contrast(THEMES[theme][word], THEMES[theme][wash]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_can_be_seen(theme, ground):
    assert contrast(THEMES[theme]["edge"], THEMES[theme][ground]) >= 3


def test_a_chosen_dark_and_the_system_dark_are_the_same():
    assert block(":root:not([data-theme]) {") == THEMES["dark"]
    assert THEMES["dark"].keys() == THEMES["light"].keys()
