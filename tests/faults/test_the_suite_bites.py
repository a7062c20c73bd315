"""A rule of the house is broken on purpose, and the law that guards it must fail: else a green suite proves nothing.

Each break (breaks.py) is put into a child of this test; the product has no switch for it. That the power-loss test
notices a commit without a sync is shown beside it, in test_power_loss.py.
"""

import subprocess
import sys

import pytest

from tests.faults.born import ROOT

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(240)]

SEEDS = 100
"""Examples in which a law has to notice."""
BITES = {
    "answer_before_commit": (
        "acknowledged, and not on disk",
        "acknowledged without a disk",
        "the room is not what",
        "what the room holds is not",
        "Data generation behaved differently",  # The same steps led to another room: an answer raced its commit.
    ),
    "forget_ops": ("the same op did something again", "a question came twice", "acknowledged, and not on disk"),
    "join_outside_the_turn": ("a hole", "a page is not the page now"),
}
"""The laws that guard each rule; any one of them may be the first to notice."""


def law(breaks: str, seeds: int = SEEDS) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "tests.faults.broken", breaks, "tests.faults.one_law", str(seeds)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("rule", BITES)
def test_the_laws_of_a_room_fail_when_a_rule_is_broken(rule: str) -> None:
    found = law(rule)
    assert found.returncode == 1, f"{SEEDS} seeds, and nobody noticed: {rule}"
    assert any(reason in found.stderr for reason in BITES[rule]), found.stderr[-3000:]


def test_the_same_seeds_find_nothing_when_no_rule_is_broken() -> None:
    found = law("", 30)
    assert found.returncode == 0, found.stderr[-3000:]
