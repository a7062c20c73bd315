"""Linked sites: a list, clerks who speak for their own site only, fair turns among sites, and counts that add up."""

import pytest

from live import commands as do
from live.compose import compose
from live.lineup import following
from live.looks import reckoning
from live.mixing import lane_of
from live.reckoning import SiteReckoning
from live.refusals import Code
from live.seats import Audience, Seat
from live.sights import Stage
from live.sites import MOST, clerk_site, joined_site, linked
from live.staff_cards import staff_card
from live.states import Channel, DialogueState, Lane
from live.views import view
from tests.cast import ANNOUNCED, CLERK, HANH, MODERATOR, OPENED, STAGE, Evening, play

EA_TUL, EA_HLEO = "Điểm cầu Ea Tul", "Điểm cầu Ea H'Leo"
SITES = do.SetSites(f"{EA_TUL}\n{EA_HLEO}")
LINKED = (*OPENED, SITES)
AT_TUL = Seat("seat-tul-clerk", Audience.CLERK, "Y Bia", site=EA_TUL)
AT_HLEO = Seat("seat-hleo-clerk", Audience.CLERK, "H'Ren", site=EA_HLEO)
PHONE_AT_TUL = Seat("seat-phone-tul", Audience.PHONE, "Y Sol", "xã Ea Tul", site=EA_TUL)


def names(evening: Evening) -> list[tuple[int, str]]:
    return [(site.number, str(site.name)) for site in linked(evening.dialogue)]


def test_a_site_keeps_its_number_whatever_becomes_of_the_list():
    evening = play(*LINKED)
    assert names(evening) == [(1, EA_TUL), (2, EA_HLEO)]
    assert names(evening.play(do.SetSites(EA_HLEO))) == [(2, EA_HLEO)]
    assert names(evening.play(do.SetSites(f"Điểm cầu mới\n{EA_TUL}"))) == [(1, EA_TUL), (3, "Điểm cầu mới")]
    assert evening.send(do.SetSites(f"{EA_TUL}\n\n{EA_TUL.lower()}\nĐiểm cầu mới")) == ()


def test_a_list_is_short_and_made_before_the_end():
    assert play(*OPENED).refusal(do.SetSites("x" * 81)) is Code.TOO_LONG
    assert play(*OPENED).refusal(do.SetSites("\n".join(f"Điểm cầu {n}" for n in range(300)))) is Code.TOO_LONG
    assert play(*OPENED).refusal(do.SetSites("\n".join(f"Nơi {n}" for n in range(MOST + 1)))) is Code.ENOUGH_SITES
    play(*OPENED, do.SetSites("\n".join(f"Nơi {n}" for n in range(MOST))))
    ended = play(*OPENED, do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    assert ended.refusal(SITES) is Code.WRONG_STATE


def test_a_clerk_is_seated_at_a_site_that_is_there_and_back_in_the_hall():
    evening = play(*LINKED, do.SeatClerk("staff:7", 2))
    assert (clerk_site(evening.dialogue, "staff:7"), clerk_site(evening.dialogue, "staff:8")) == (EA_HLEO, "")
    assert evening.refusal(do.SeatClerk("staff:7", 3)) is Code.UNKNOWN_SITE
    assert evening.refusal(do.SeatClerk("", 1)) is Code.EMPTY
    evening.play(do.SetSites(EA_TUL))
    assert clerk_site(evening.dialogue, "staff:7") == EA_HLEO, "who sits at a site that left speaks for no other place"
    assert clerk_site(evening.play(do.SeatClerk("staff:7")).dialogue, "staff:7") == ""


def test_what_the_clerk_of_a_site_types_in_is_the_sites():
    evening = play(*LINKED, (AT_TUL, do.Ask("Điện yếu", channel=Channel.HALL_MIC, read_back=True)))
    card = staff_card(evening.dialogue, 1)
    assert (card.site, card.channel, card.read_back) == (EA_TUL, Channel.SITE, True)
    assert evening.dialogue.questions[1].entered_by == AT_TUL.id


def test_a_phone_that_joined_at_a_site_asks_from_there_and_says_nothing_else():
    evening = play(*LINKED, (PHONE_AT_TUL, do.Ask("Nước đục", site=EA_HLEO, channel=Channel.HALL_CARD)))
    question = evening.dialogue.questions[1]
    assert (str(question.site), question.channel, lane_of(question)) == (EA_TUL, Channel.ONLINE, Lane.SITE)
    assert (joined_site(evening.dialogue, 1), joined_site(evening.dialogue, 9)) == (EA_TUL, "")
    assert joined_site(evening.play(do.SetSites("")).dialogue, 1) == ""


@pytest.mark.parametrize(
    "command",
    [
        do.Withdraw(1),
        do.AddToQuestion(1, "Thêm một ý"),
        do.NameSpeaker(1, "Y Sol"),
        do.Ask("Của nơi khác", site=EA_TUL, read_back=True),
        do.Ask("Phiếu nơi khác", card=1),
        do.PrintCard(EA_TUL),
    ],
)
def test_the_clerk_of_another_site_is_turned_away(command):
    played = (*LINKED, (AT_TUL, do.PrintCard()), (AT_TUL, do.Ask("Điện yếu", read_back=True)))
    assert play(*played).refusal(command, by=AT_HLEO) is Code.OTHER_SITE
    assert play(*played).refusal(command, by=AT_TUL) is None
    assert play(*played).refusal(command, by=CLERK) is None, "the desk of the main hall helps everybody"


def test_a_site_that_is_not_on_the_list_is_refused_and_one_on_it_is_spelt_as_there():
    evening = play(*LINKED)
    assert evening.refusal(do.Ask("Điện yếu", site="Điểm cầu lạ"), by=CLERK) is Code.UNKNOWN_SITE
    assert evening.refusal(do.PrintCard("Điểm cầu lạ"), by=CLERK) is Code.UNKNOWN_SITE
    evening.play((CLERK, do.Ask("Điện yếu", site="điểm cầu  ea tul")))
    assert str(evening.dialogue.questions[1].site) == EA_TUL
    assert play(*OPENED).refusal(do.Ask("Điện yếu", site="Điểm cầu lạ"), by=CLERK) is None, "no list, any name"


def test_sites_take_turns_within_their_share():
    far = [(AT_TUL, do.Ask(f"Ea Tul {n}", read_back=True)) for n in range(3)] + [
        (AT_HLEO, do.Ask("Ea H'Leo", read_back=True))
    ]
    approved = [do.Approve(n + 1) for n in range(5)]
    evening = play(do.DeclareMixing(online=1, site=1), *LINKED, *far, (HANH, do.Ask("Trên mạng")), *approved)
    order: list[int] = []
    while left := tuple(n for n in evening.dialogue.queue if n not in order):
        found = following(evening.dialogue, tuple(order), left)
        assert found is not None
        order.append(found)
    assert order == [5, 1, 4, 2, 3], "the hall of Ea H'Leo does not wait behind everybody of Ea Tul"


def test_every_hall_screen_knows_from_which_site_the_question_comes():
    evening = play(*LINKED, (AT_TUL, do.Ask("Điện yếu", read_back=True)), do.Approve(1), do.CallNext())
    for seat in (STAGE, HANH, MODERATOR):
        (stage,) = [i.thing for r in view(evening.dialogue, seat.audience) if r.name == "stage-place" for i in r.items]
        assert isinstance(stage, Stage)
        assert stage.site == EA_TUL


def test_the_sites_add_up_to_all_that_was_received():
    evening = play(
        *LINKED,
        (AT_TUL, do.Ask("Một", read_back=True)),
        (AT_TUL, do.Ask("Hai", read_back=True)),
        (HANH, do.Ask("Ba")),
        (AT_TUL, do.Withdraw(2)),
    )
    card = reckoning(evening.dialogue)
    assert card.sites == (
        SiteReckoning(EA_TUL, 2, 1, 1),
        SiteReckoning(EA_HLEO, 0, 0, 0),
        SiteReckoning("", 1, 1, 0),
    )
    whole = card.reckoning
    sums = [sum(getattr(row, name) for row in card.sites) for name in ("received", "waiting", "settled")]
    assert sums == [whole.received, whole.waiting, whole.settled]
    assert reckoning(play(*OPENED, do.Ask("Một")).dialogue).sites == ()


def test_the_minutes_name_every_site_and_leave_its_attendance_to_be_filled_in():
    evening = play(*LINKED, (AT_TUL, do.Ask("Một", read_back=True)), do.Approve(1), do.CallNext())
    said = {block.key: str(block.text) for block in compose(evening.dialogue)}
    assert "hội trường (…… người), điểm cầu Ea Tul (…… người), điểm cầu Ea H'Leo (…… người)" in said["attendees"]
    assert f"trong đó từ các điểm cầu: {EA_TUL}: 1; {EA_HLEO}: 0" in said["counts"]
    assert f"(điểm cầu, {EA_TUL}; câu số 1)" in said["q1.heading"]


def test_sites_set_in_a_rehearsal_go_with_it():
    evening = play(*ANNOUNCED, do.MoveDialogue(DialogueState.REHEARSAL), SITES, do.MoveDialogue(DialogueState.READY))
    assert names(evening) == []
