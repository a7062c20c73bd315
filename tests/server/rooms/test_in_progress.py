"""Words in progress of several sources: the desk sees all, readers follow one to its final."""

from hypothesis import given
from hypothesis import strategies as st

from server.rooms.in_progress import QUIET, InProgress


class Wall:
    """A clock that moves when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def words(*said: tuple[str, str]) -> InProgress:
    found = InProgress(Wall())
    for source, text in said:
        found.hear(source, text, private=False)
    return found


def draft(of: InProgress) -> dict[str, str]:
    return {one["source"]: one["text"] for one in of.draft}


def test_two_who_speak_at_once_do_not_take_each_others_words_away() -> None:
    both = words(("hall", "thưa"), ("chair", "vâng"), ("hall", "thưa bà con"), ("chair", "vâng tôi"))
    assert both.caption == {"source": "hall", "text": "thưa bà con"}
    assert draft(both) == {"hall": "thưa bà con", "chair": "vâng tôi"}


def test_the_final_of_one_leaves_the_words_of_the_other() -> None:
    both = words(("hall", "thưa"), ("chair", "vâng"), ("chair", ""))
    assert both.caption == {"source": "hall", "text": "thưa"}
    both.hear("hall", "", private=False)
    assert both.caption == {"source": "hall", "text": ""}
    assert both.draft == []


def test_after_its_final_the_other_one_is_read_with_all_it_has_said() -> None:
    both = words(("hall", "thưa"), ("chair", "vâng"), ("hall", ""))
    assert both.caption == {"source": "chair", "text": "vâng"}
    both.hear("hall", "tôi hỏi", private=False)
    assert both.caption == {"source": "chair", "text": "vâng"}


def test_a_source_that_says_no_more_gives_way_to_one_that_speaks() -> None:
    wall = Wall()
    both = InProgress(wall)
    both.hear("hall", "thưa", private=False)
    wall.now += QUIET
    assert both.caption["text"] == "thưa", "nobody else speaks"
    both.hear("chair", "vâng", private=False)
    assert both.caption == {"source": "chair", "text": "vâng"}
    both.hear("hall", "thưa bà con", private=False)
    assert both.caption["source"] == "chair"


def test_private_words_hold_nobody_back_and_stay_private_to_their_end() -> None:
    both = words(("hall", "thưa"))
    both.hear("hall", "số của tôi", private=True)
    assert both.caption["text"] == ""
    both.hear("chair", "vâng", private=False)
    assert both.caption == {"source": "chair", "text": "vâng"}
    both.hear("hall", "số của tôi là", private=False)
    both.hear("chair", "", private=False)
    assert both.caption["text"] == ""


SAID = st.lists(st.tuples(st.sampled_from(["hall", "chair", "site"]), st.sampled_from(["", "một", "một hai"])))


@given(SAID)
def test_readers_always_see_one_sources_own_words_and_change_only_when_it_has_ended(
    said: list[tuple[str, str]],
) -> None:
    found = words()
    for source, text in said:
        before = found.caption
        found.hear(source, text, private=False)
        after = found.caption
        assert after["text"] == draft(found).get(after["source"], "")
        assert bool(after["text"]) == bool(found.draft), "while anybody speaks somebody is read"
        if before["text"] and after["source"] != before["source"]:
            assert (source, text) == (before["source"], "")
