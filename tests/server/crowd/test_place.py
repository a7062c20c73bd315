"""A page that is sent everything finds no fault; one from which anything is kept finds it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from server.crowd.place import Place

numbers = st.lists(st.integers(1, 200), unique=True, min_size=2, max_size=30).map(sorted)


def at(n: int) -> Place:
    place = Place()
    place.whole(n, "first")
    place.caught_up(n, "first")
    return place


def follow(place: Place, stream: list[int], skipped: int | None = None) -> Place:
    for after, n in zip([0, *stream], stream, strict=False):
        if n != skipped:
            place.change(after, n)
    return place


@given(numbers)
def test_a_whole_stream_has_no_fault(stream: list[int]) -> None:
    place = follow(at(0), stream)
    assert (place.n, place.holes, place.repeats, place.strangers) == (stream[-1], 0, 0, 0)


@given(numbers, st.data())
def test_one_missing_change_is_found(stream: list[int], data: st.DataObject) -> None:
    skipped = data.draw(st.sampled_from(stream[:-1]))
    assert follow(at(0), stream, skipped).holes > 0


@given(numbers, st.data())
def test_who_comes_back_where_they_left_misses_nothing(stream: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(stream) - 1))
    place = follow(at(0), stream[:cut])
    place.caught_up(stream[cut] - 1, "first")  # entries that changed nothing here moved the position
    place.new_line()
    assert place.change(stream[cut - 1], stream[cut])
    assert (place.holes, place.repeats) == (0, 0)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_change_that_came_already_is_counted_and_no_hole(n: int, back: int) -> None:
    assume(back <= n)
    place = at(n)
    assert place.change(0, n - back)
    assert (place.n, place.repeats, place.holes) == (n, 1, 0)


def test_another_life_of_the_journal_needs_the_whole_page() -> None:
    place = at(5)
    place.caught_up(3, "second")
    assert place.strangers == 1
    place = at(5)
    place.whole(3, "second")
    place.caught_up(3, "second")
    assert (place.strangers, place.n) == (0, 3)
