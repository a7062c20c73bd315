"""Entries that another process told of: taken where they follow, in whatever order and however often they came."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from live.entries import Entry
from server.rooms import news
from server.rooms.news import News, carried
from tests.server.store.deeds import question
from tests.server.store.every_fact import ANY_FACT

NOW = datetime(2026, 3, 12, 0, 30, 0, 250, tzinfo=UTC)
FEW = st.lists(ANY_FACT, min_size=1, max_size=6)


@given(FEW, st.randoms(use_true_random=False), st.sets(st.integers(1, 6)), st.integers(0, 6))
def test_what_follows_without_a_hole_is_taken_and_nothing_else(facts, dice, lost, after):
    entries = [Entry(n, NOW, "staff:1", fact) for n, fact in enumerate(facts, start=1)]
    told = [one for entry in entries if entry.n not in lost for one in carried([entry])] * 2
    dice.shuffle(told)
    heard = News()
    heard.hear("life", told)
    following = []
    for entry in entries[after:]:
        if entry.n in lost:
            break
        following.append(entry)
    assert heard.next_after("life", after) == following
    assert heard.next_after("life", after) == []


@given(FEW)
def test_what_was_told_of_another_life_of_the_journal_is_not_taken(facts):
    heard = News()
    heard.hear("before", carried([Entry(n, NOW, "staff:1", fact) for n, fact in enumerate(facts, start=1)]))
    assert heard.next_after("after", 0) == []


def test_long_news_are_left_to_the_journal():
    short, long = (Entry(n, NOW, "phone:1", question(n, text="dài " * n)) for n in (10, news.LONGEST))
    assert len(carried([short])) == 1
    assert carried([short, long]) == []
