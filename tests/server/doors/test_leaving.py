"""When pages may come back after a planned stop."""

import json

from hypothesis import given
from hypothesis import strategies as st

from server.doors import leaving
from server.doors.feed_line import texts

CROWDS = st.integers(1, 20_000)


@given(CROWDS, st.data())
def test_no_page_may_come_back_before_the_last_line_is_closed_and_the_next_process_had_its_time(pages, data):
    place = data.draw(st.integers(0, pages - 1))
    batches_after = (pages - 1) // leaving.BATCH - place // leaving.BATCH
    soonest, _ = leaving.window(place, pages)
    assert soonest == leaving.BACK_MS + round(batches_after * leaving.STEP * 1000)


@given(CROWDS)
def test_a_crowd_comes_back_a_thousand_a_second_and_a_handful_within_one(pages):
    soonest, latest = leaving.window(0, pages)
    assert latest - soonest == max(leaving.NARROWEST_MS, pages)


@given(CROWDS, st.data())
def test_what_pages_are_told_is_the_window_of_their_place(pages, data):
    place = data.draw(st.integers(0, pages - 1))
    (told,) = texts(leaving.going(place, pages))
    assert json.loads(told) == {"go": {"after_ms": list(leaving.window(place, pages)), "code": 4001}}
