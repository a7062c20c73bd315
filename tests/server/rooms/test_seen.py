"""How many phones have shown a question: counted once for each line, told now and then, to moderators alone."""

import pytest

from live import commands as do
from live.seats import Audience
from server.rooms.fanout import Fanout
from server.rooms.render import Render
from server.rooms.seen import MOST, Seen
from server.rooms.signals import Signals
from tests.cast import OPENED, play

THREE = (*OPENED, *(do.Ask(f"Câu {n}?") for n in range(3)), do.Approve(1), do.Approve(2))


class Later:
    """Work that waits until the test says that its time has come."""

    def __init__(self) -> None:
        self.due: list[object] = []

    def __call__(self, _seconds, work):
        self.due.append(work)


@pytest.fixture(scope="module")
def render():
    return Render()


@pytest.fixture
def counting(render):
    fanout = Fanout("TEST01", "e", render, play(*THREE).dialogue)
    later = Later()
    return Seen(Signals(fanout, Later()), fanout, later), later


def test_a_line_counts_a_question_once_and_another_line_again(counting):
    seen, _ = counting
    known = seen.add([1, 2, 1], 0)
    assert seen.add([1, 2], known) == known
    assert seen.counts == {1: 1, 2: 1}
    seen.add([2], 0)
    assert seen.counts == {1: 1, 2: 2}


@pytest.mark.parametrize(
    "said", [None, "1", {"1": 2}, [3], [99], [-1], [0], [2**62], ["1"], [True], [1.0], [[1]], [None], [4] * 10_000]
)
def test_what_is_no_public_question_is_not_counted(counting, said):
    seen, later = counting
    assert seen.add(said, 0) == 0
    assert (seen.counts, later.due) == ({}, [])


def test_one_message_brings_only_so_many(counting):
    seen, _ = counting
    assert seen.add([99] * MOST + [1], 0) == 0


def test_a_crowd_is_told_once_in_a_while(counting):
    seen, later = counting
    for _ in range(500):
        seen.add([1], 0)
    assert len(later.due) == 1
    later.due.pop()()
    assert seen._signals.current(Audience.MODERATOR) == {"seen": {"1": 500}}
    seen.add([2], 0)
    assert len(later.due) == 1


def test_nobody_but_moderators_is_told(counting):
    seen, later = counting
    seen.add([1], 0)
    later.due.pop()()
    knowing = {audience for audience in Audience if "seen" in seen._signals.current(audience)}
    assert knowing == {Audience.MODERATOR}
