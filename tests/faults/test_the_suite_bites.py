"""A rule of the house is broken on purpose, and the law that guards it must fail: else a green suite proves nothing.

Each break (breaks.py) is put into a child of this test; the product has no switch for it. That the power-loss test
notices a commit without a sync is shown beside it, in test_power_loss.py.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.born import ROOT, Cradle
from tests.faults.hall import Hall

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(240)]

SEEDS = 100
"""Examples in which a law has to notice."""
HOLES = ("a hole", "a page is not the page now")
"""The laws that guard the join; either may be the first to notice."""


def law(breaks: str, module: str, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.faults.broken", breaks, module, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_laws_of_a_room_fail_when_pages_join_outside_the_turn() -> None:
    found = law("join_outside_the_turn", "tests.faults.one_law", str(SEEDS))
    assert found.returncode == 1, f"{SEEDS} seeds, and nobody noticed"
    assert any(reason in found.stderr for reason in HOLES), found.stderr[-3000:]


def test_the_same_seeds_find_nothing_when_no_rule_is_broken() -> None:
    found = law("", "tests.faults.one_law", "30")
    assert found.returncode == 0, found.stderr[-3000:]


@pytest.mark.parametrize(
    "rule, story, said",
    [
        ("answer_before_commit", "one_crash", "acknowledged, and not on disk"),
        ("forget_ops", "one_return", "the same op got another answer"),
    ],
)
def test_a_story_that_is_always_the_same_notices_the_broken_rule(rule: str, story: str, said: str) -> None:
    """The first crash between an answer and its commit; the first op that comes again."""
    found = law(rule, f"tests.faults.{story}")
    assert found.returncode == 1, "nobody noticed"
    assert said in found.stderr, found.stderr[-3000:]
    whole = law("", f"tests.faults.{story}")
    assert whole.returncode == 0, whole.stderr[-3000:]


def test_the_killed_server_shows_an_answer_before_its_commit(tmp_path: Path) -> None:
    """The same break, in the real server that is really killed; unbroken, the same point is harmless."""
    dice = random.Random(5)
    for breaks in (("unlimited",), ("unlimited", "answer_before_commit")):
        hall = Hall.prepare(tmp_path / breaks[-1], phones=3)
        with Cradle(hall.data_dir, breaks=breaks) as server:
            server.born("in_a_long_commit", 3)
            for phone in hall.busy_with(server, 60, dice):
                phone.join()
            server.gone()
        if breaks == ("unlimited",):
            hall.check()
        else:
            with pytest.raises(AssertionError, match="acknowledged, and not on disk"):
                hall.check()
