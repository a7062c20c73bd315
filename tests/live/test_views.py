"""Pages of each audience, and the fewest patches between two of them. The law itself is in test_laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.differences import changes
from live.seats import Audience
from live.sights import Caption, PublicCard, ReckoningCard, Stage
from live.staff_cards import StaffCard
from live.states import Outcome, Part, Role
from live.states import QuestionState as Q
from live.views import REGIONS, Item, Region, View, view
from tests.cast import CLERK, HANH, OPENED, TO_STATE, TUAN, Evening, evening_in, play
from tests.live.page import Page

LETTERS = "abcdefg"


def page(name: str, keys: list[str], *, said: str = "") -> View:
    return (Region(name, tuple(Item(key, Caption(ord(key), Role.CHAIR, said, draft=True)) for key in keys)),)


def keys(evening: Evening, audience: Audience, region: str) -> list[str]:
    return [item.key for r in view(evening.dialogue, audience) if r.name == region for item in r.items]


@given(st.permutations(LETTERS), st.permutations(LETTERS), st.integers(0, 7), st.integers(0, 7))
def test_any_order_becomes_any_other(first, second, shown, later):
    before, after = page("queue", list(first)[:shown]), page("queue", list(second)[:later])
    assert Page(before).patch(changes(before, after)) == Page(after)


@given(st.permutations(LETTERS), st.sampled_from(LETTERS), st.integers(0, 6))
def test_one_question_dragged_elsewhere_is_one_move(order, dragged, to):
    rest = [key for key in order if key != dragged]
    before, after = page("queue", list(order)), page("queue", [*rest[:to], dragged, *rest[to:]])
    assert [change.verb for change in changes(before, after)] == ["move"] * (before != after)


def test_the_same_page_wants_no_patch_and_another_text_one_replacement():
    before, after = page("queue", ["a", "b"]), page("queue", ["a", "b"], said="Khác")
    assert changes(before, before) == []
    assert [change.verb for change in changes(before, after)] == ["replace", "replace"]


@given(
    st.lists(st.sampled_from("xyz"), min_size=7, max_size=7), st.lists(st.sampled_from("xyz"), min_size=7, max_size=7)
)
def test_a_thing_that_changes_its_region_is_taken_away_before_it_is_put_elsewhere(first, second):
    def split(places: list[str]) -> View:
        return tuple(page(name, [k for k, p in zip(LETTERS, places, strict=True) if p == name])[0] for name in "xyz")

    before, after = split(first), split(second)
    assert Page(before).patch(changes(before, after)) == Page(after)


def test_every_audience_has_its_page():
    assert set(REGIONS) == set(Audience)
    for audience in Audience:
        assert [region.name for region in view(play().dialogue, audience)] == list(REGIONS[audience])


@pytest.mark.parametrize(
    "state, phone, moderator",
    [
        (Q.RECEIVED, None, "review"),
        (Q.IN_REVIEW, None, "review"),
        (Q.APPROVED, None, "approved"),
        (Q.QUEUED, "next", "queue"),
        (Q.ON_DECK, "next", "deck"),
        (Q.ON_STAGE, None, None),
        (Q.ANSWERED, "done", "done"),
        (Q.PARTLY_ANSWERED, "done", "done"),
        (Q.WRITTEN_DUE, "done", "done"),
        (Q.FORWARDED_UP, "done", "done"),
        (Q.MERGED, None, "done"),
        (Q.REFUSED, None, "done"),
        (Q.REROUTED, None, "done"),
        (Q.WITHDRAWN, None, "done"),
    ],
)
def test_a_question_is_shown_where_its_state_says(state, phone, moderator):
    evening = evening_in(state)
    for audience, expected in ((Audience.PHONE, phone), (Audience.MODERATOR, moderator)):
        shown = [name for name in REGIONS[audience] if "q-1" in keys(evening, audience, name)]
        assert shown == ([expected] if expected else [])
    (stage,) = [
        item.thing for r in view(evening.dialogue, Audience.STAGE) if r.name == "stage-place" for item in r.items
    ]
    assert isinstance(stage, Stage)
    assert (stage.number == 1) is (state is Q.ON_STAGE)


def test_a_name_is_shown_to_all_by_consent_only_and_to_staff_always():
    for seat, name in ((HANH, HANH.name), (TUAN, "")):
        evening = play(*OPENED, (seat, do.Ask("Bao giờ?")), do.Approve(1))
        (public,) = [i.thing for r in view(evening.dialogue, Audience.PHONE) if r.name == "next" for i in r.items]
        (staff,) = [i.thing for r in view(evening.dialogue, Audience.MODERATOR) if r.name == "queue" for i in r.items]
        assert isinstance(public, PublicCard)
        assert isinstance(staff, StaffCard)
        assert (public.asker.name, public.asker.locality, staff.name) == (name, seat.locality, seat.name)


def test_a_clerk_sees_the_cards_of_the_hall_and_no_phone_s_question():
    evening = play(*OPENED, (HANH, do.Ask("Một")), (CLERK, do.Ask("Hai")), (CLERK, do.Ask("Ba")))
    assert keys(evening, Audience.CLERK, "done") == ["q-3", "q-2"]


def test_what_was_settled_last_stands_first():
    evening = play(*OPENED, *TO_STATE[Q.ANSWERED], do.Ask("Hai"), do.Approve(2), do.CallNext())
    evening.play(do.StartClock(Part.ASKING), do.GiveOutcome(2, Outcome.ANSWERED))
    assert keys(evening, Audience.PHONE, "done") == ["q-2", "q-1"]


def test_the_reckoning_is_on_the_desk_of_those_who_answer_for_it():
    for audience in (Audience.MODERATOR, Audience.CHAIR):
        (card,) = [
            i.thing
            for r in view(evening_in(Q.MERGED).dialogue, audience)
            if r.name == "reckoning-place"
            for i in r.items
        ]
        assert isinstance(card, ReckoningCard)
        assert (card.reckoning.received, card.reckoning.waiting, card.reckoning.merged) == (2, 1, 1)
