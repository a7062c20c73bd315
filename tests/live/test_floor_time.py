"""Who has had the floor and for how long: read off its clock, told to those who lead, and changing no order."""

from datetime import timedelta

import pytest

from live import commands as do
from live.floor_shares import FloorShares, floor_shares
from live.floor_time import FloorTime, HadFloor
from live.seats import Audience
from live.staff_cards import clerk_card, staff_card
from live.states import Channel, DialogueState, Lane, Outcome, Part
from live.views import view
from tests.cast import ANNOUNCED, CLERK, HANH, OPENED, TUAN, Evening, Step, play, seconds

CARD = do.Ask("Bao giờ sửa cầu?", "", Channel.HALL_CARD, "Trần Thị Hạnh", "xã Ea Mô", read_back=True)
QUEUED: tuple[Step, ...] = (
    *OPENED,
    *((HANH, do.Ask("Câu một")), (TUAN, do.Ask("Câu hai")), (HANH, do.Ask("Câu ba")), (CLERK, CARD), (CLERK, CARD)),
    *(do.Approve(n) for n in range(1, 6)),
)
ANSWERED = Outcome.ANSWERED
ASKING, ANSWERING, STOP = do.StartClock(Part.ASKING), do.StartClock(Part.ANSWERING), do.StopClock()


def called(number: int) -> do.Call:
    return do.Call(number, reason="Thử")


def had(evening: Evening, number: int) -> HadFloor | None:
    card = staff_card(evening.dialogue, number)
    assert card.dossier is not None
    return card.dossier.had


def test_a_waiting_question_tells_what_its_asker_has_had_and_those_of_others_nothing():
    evening = play(*QUEUED)
    assert [had(evening, n) for n in range(1, 6)] == [None] * 5
    evening.play(called(1))
    assert had(evening, 3) == HadFloor(0, timedelta(), now=True)
    evening.play(ASKING, seconds(200), ANSWERING, seconds(90), do.GiveOutcome(1, ANSWERED))
    assert had(evening, 3) == HadFloor(1, seconds(200))
    assert [had(evening, n) for n in (1, 2, 4, 5)] == [None] * 4, "answered, somebody else's, and two cards"


def test_two_cards_of_one_name_may_be_two_people():
    evening = play(*QUEUED, called(4), ASKING, seconds(60), do.GiveOutcome(4, ANSWERED))
    assert had(evening, 5) is None
    evening.play(called(5), ASKING, seconds(30), do.ReturnToQueue(5, absent=True))
    assert had(evening, 5) == HadFloor(1, seconds(30)), "of this very card it is known"
    assert clerk_card(evening.dialogue, 5).dossier is None, "the clerk's desk is not told"


def test_pauses_are_left_out_and_what_went_beyond_the_limit_counts():
    evening = play(*QUEUED, called(1), ASKING, seconds(170), STOP, seconds(600), ASKING, seconds(100))
    evening.play(do.MoveDialogue(DialogueState.PAUSED), seconds(300), do.MoveDialogue(DialogueState.OPEN))
    evening.play(ANSWERING, seconds(400), do.ExtendClock(60), seconds(50), do.GiveOutcome(1, ANSWERED))
    assert evening.dialogue.floor_time == {1: FloorTime(1, seconds(270), seconds(450))}


@pytest.mark.parametrize(
    "steps, time",
    [
        ((do.ReturnToQueue(1, absent=True),), None),
        ((do.ReturnToQueue(1),), None),
        ((ASKING, seconds(5), do.ReturnToQueue(1)), FloorTime(1, seconds(5))),
        ((do.GiveOutcome(1, ANSWERED),), FloorTime(1)),
        ((do.Reroute(1, "Ban Tiếp công dân", "Xin gửi đơn.", "Thử"),), FloorTime(1)),
    ],
)
def test_whoever_was_absent_or_called_by_mistake_has_had_no_turn(steps, time):
    assert play(*QUEUED, called(1), *steps).dialogue.floor_time == ({1: time} if time else {})


def test_a_turn_that_comes_back_is_one_turn_and_the_time_between_is_nobodys():
    evening = play(*QUEUED, called(1), ASKING, seconds(20), do.GiveOutcome(1, ANSWERED), seconds(40))
    evening.play(do.Undo(evening.dialogue.n), seconds(10))
    assert floor_shares(evening.dialogue).whole == FloorTime(1, seconds(20))
    evening.play(do.GiveOutcome(1, ANSWERED))
    assert evening.dialogue.floor_time == {1: FloorTime(1, seconds(30))}


def test_the_table_divides_among_lanes_and_names_what_runs_now():
    evening = play(*QUEUED)
    assert floor_shares(evening.dialogue) == FloorShares()
    evening.play(called(4), ASKING, seconds(60), do.GiveOutcome(4, ANSWERED), called(2), ASKING, seconds(30))
    evening.play(ANSWERING, seconds(9))
    shares = floor_shares(evening.dialogue)
    assert {row.lane: row.had for row in shares.rows} == {
        Lane.HALL: FloorTime(1, seconds(60)),
        Lane.ONLINE: FloorTime(1, seconds(30)),
        Lane.SITE: FloorTime(),
        Lane.IN_ADVANCE: FloorTime(),
    }
    assert (shares.lane, shares.part, shares.since) == (Lane.ONLINE, Part.ANSWERING, evening.now - seconds(9))
    assert shares.whole == FloorTime(2, seconds(90))


def test_what_is_read_in_whole_seconds_adds_up():
    evening = play(*QUEUED)
    for number in (1, 2):
        evening.play(called(number), ASKING, seconds(20.6), ANSWERING, seconds(1.7), do.GiveOutcome(number, ANSWERED))
    shares = floor_shares(evening.dialogue)
    assert shares.whole == FloorTime(2, seconds(41), seconds(3)) == sum((r.had for r in shares.rows), FloorTime())
    assert sum((one.whole for one in evening.dialogue.floor_time.values()), timedelta()) == seconds(44.6)


def test_only_those_who_lead_see_it_and_it_moves_nobody():
    evening = play(*QUEUED, called(1), ASKING, seconds(60), do.GiveOutcome(1, ANSWERED))
    shown = {a for a in Audience if any(r.name == "floor-place" for r in view(evening.dialogue, a))}
    assert shown == {Audience.MODERATOR, Audience.CHAIR}
    assert (*evening.dialogue.deck, *evening.dialogue.queue) == (2, 3, 4, 5)


def test_a_rehearsal_leaves_no_time():
    evening = play(*ANNOUNCED, do.MoveDialogue(DialogueState.REHEARSAL), (CLERK, CARD), do.Approve(1), do.CallNext())
    evening.play(ASKING, seconds(9))
    assert floor_shares(evening.dialogue).since is not None
    evening.play(do.MoveDialogue(DialogueState.READY))
    assert floor_shares(evening.dialogue) == FloorShares()
