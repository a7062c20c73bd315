"""Supports that come all at once from phones that have just come in are seen, and an evening as it is has none."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.bursts import FEWEST, WINDOW, Burst, LoneSupport, bursts
from tests.cast import START, minutes, seconds

HOUR = minutes(60)


def rush(count: int, question: int = 1, at: datetime = START + HOUR, apart: float = 2.0) -> list[LoneSupport]:
    """So many phones, each of which comes in and supports the question five seconds later."""
    joined = [at + seconds(apart * place) for place in range(count)]
    return [LoneSupport(question, f"{question}-{place}", one + seconds(5), one) for place, one in enumerate(joined)]


def found(lone, *, joins=(), askers=(), leads=None, older=0) -> dict[int, Burst]:
    """`older` is how many support each question besides, `joins` when phones came in that are not among `lone`."""
    merged = leads or {}
    tally: dict[int, int] = {}
    for one in lone:
        lead = merged.get(one.question, one.question)
        tally[lead] = tally.get(lead, older) + 1
    return bursts(lone, [*joins, *(one.joined for one in lone)], frozenset(askers), merged, tally)


def test_a_rush_is_seen_with_the_facts_behind_it():
    first = START + HOUR + seconds(5)
    assert found(rush(8), older=3) == {1: Burst(8, 11, first, first + seconds(14), 8)}


@pytest.mark.parametrize("count, seen", [(FEWEST - 1, False), (FEWEST, True)])
def test_a_few_are_a_family_around_one_table(count, seen):
    assert bool(found(rush(count))) is seen


@pytest.mark.parametrize("older, seen", [(8, True), (9, False)])
def test_a_question_that_many_others_support_has_none(older, seen):
    assert bool(found(rush(8), older=older)) is seen


@pytest.mark.parametrize("others, seen", [(8, True), (9, False)])
def test_a_hall_that_comes_in_all_at_once_is_no_rush(others, seen):
    joins = [START + HOUR + seconds(place) for place in range(others)]
    assert bool(found(rush(8), joins=joins)) is seen


def test_whoever_came_long_ago_or_has_asked_is_no_part_of_it():
    early = [LoneSupport(one.question, one.seat, one.at, one.joined - minutes(2)) for one in rush(8)]
    assert found(early) == {}
    assert found(rush(8), askers=[f"1-{place}" for place in range(4)]) == {}


def test_what_comes_slowly_is_no_rush():
    assert found(rush(8, apart=30.0)) == {}
    assert found(rush(8, apart=8.0))


def test_supports_of_a_merged_question_count_for_its_lead():
    lone = [*rush(3, question=1), *rush(3, question=2)]
    assert found(lone) == {}
    assert found(lone, leads={2: 1}).keys() == {1}


@pytest.mark.parametrize("dice", range(20))
def test_an_evening_as_it_is_has_none(dice):
    """A hall of 300 comes in within some minutes; each phone looks around and supports one question, if any."""
    rolls = Random(dice)
    joins = [START + seconds(rolls.expovariate(1 / 180)) for _ in range(300)]
    ready = ((seat, joined, joined + seconds(rolls.expovariate(1 / 240))) for seat, joined in enumerate(joins))
    lone = [
        LoneSupport(rolls.randint(1, 6), str(seat), at, joined) for seat, joined, at in ready if rolls.random() < 0.4
    ]
    tally = {number: sum(one.question == number for one in lone) for number in range(1, 7)}
    assert bursts(lone, joins, frozenset(), {}, tally) == {}
    flooded = [*lone, *rush(20, at=START + HOUR)]
    tally[1] += 20
    seen = bursts(flooded, [*joins, *(one.joined for one in rush(20))], frozenset(), {}, tally)
    assert seen.keys() <= {1}
    assert bool(seen) is (tally[1] <= 40)


MOMENTS = st.integers(0, 300).map(lambda second: START + timedelta(seconds=second))
LONE = st.lists(
    st.builds(LoneSupport, st.integers(1, 2), st.text("abcdefghij", min_size=1), MOMENTS, MOMENTS), max_size=30
)


@given(LONE, st.randoms(use_true_random=False))
def test_what_is_seen_rests_on_the_rows_alone_and_says_the_truth(lone, dice):
    seen = found(lone)
    shuffled = list(lone)
    dice.shuffle(shuffled)
    assert found(shuffled) == seen
    for number, burst in seen.items():
        assert FEWEST <= burst.count <= burst.supports
        assert burst.last - burst.first <= WINDOW
        part = [one for one in lone if one.question == number and burst.first <= one.at <= burst.last]
        assert sum(timedelta() <= one.at - one.joined <= WINDOW for one in part) == burst.count
