"""The clerk's desk: what somebody with a paper card may do there, and what nobody may."""

import pytest

from live import commands as do
from live.at_desk import at_desk
from live.photos import photo_for, unattachable
from live.refusals import Code
from live.seats import Audience, Seat
from live.staff_cards import clerk_card, staff_card
from live.states import Channel, DialogueState
from live.states import QuestionState as Q
from live.undoing import my_acts
from tests.cast import CLERK, HANH, MODERATOR, OPENED, REFUSED, TO_STATE, TUAN, evening_in, minutes, play

PAPER = do.Ask("Bao giờ sửa cầu?", channel=Channel.HALL_CARD)
DIGEST = "0123456789abcdef" * 4
IN_THE_CLERKS_NAME = Seat(CLERK.id, Audience.MACHINE)
AT_TUL = Seat("seat-tul-clerk", Audience.CLERK, "Y Bia", site="Điểm cầu Ea Tul")


def typed_in(state: Q):
    """An open dialogue whose question 1 came on paper and is in `state`."""
    evening = play(*OPENED)
    for step in TO_STATE[state]:
        asked = step == TO_STATE[Q.RECEIVED][0]
        evening.play((CLERK, PAPER) if asked else (CLERK, step) if isinstance(step, do.Withdraw) else step)
    assert evening.dialogue.questions[1].state is state
    return evening


OFFERS = {
    "may_add": do.AddToQuestion(1, "Và đường vào cầu"),
    "may_appeal": do.Appeal(1, "Tòa đã xử xong"),
    "may_withdraw": do.Withdraw(1, "Người hỏi xin rút"),
    "may_name": do.NameSpeaker(1, "Ông Năm"),
}


@pytest.mark.parametrize("state", list(Q))
def test_the_desk_offers_exactly_what_the_rules_allow(state):
    evening = typed_in(state)
    for moved in ((), (do.MoveDialogue(DialogueState.CLOSING),)):
        evening.play(*moved)
        desk = at_desk(evening.dialogue, evening.dialogue.questions[1])
        for offer, command in OFFERS.items():
            assert getattr(desk, offer) is (play_on(evening, command) is None), f"{offer} {state}"
        attach = unattachable(evening.dialogue, evening.dialogue.questions[1], CLERK, at_desk=True)
        assert desk.may_attach is (attach is None)


def play_on(evening, command):
    """What the rule would answer the clerk, without its happening."""
    dialogue = evening.dialogue
    answer = evening.refusal(command, by=CLERK)
    evening.dialogue = dialogue
    return answer


def test_a_refusal_is_read_aloud_appealed_at_the_desk_and_overruled():
    evening = typed_in(Q.REFUSED)
    assert clerk_card(evening.dialogue, 1).closing == REFUSED.sentence
    assert at_desk(evening.dialogue, evening.dialogue.questions[1]).may_appeal
    evening.play((CLERK, do.Appeal(1, "Cầu nằm trên đất của dự án")))
    desk = at_desk(evening.dialogue, evening.dialogue.questions[1])
    assert clerk_card(evening.dialogue, 1).at_desk == desk
    assert (desk.appeal, desk.may_appeal) == ("Cầu nằm trên đất của dự án", False)
    assert evening.play(do.Approve(1)).dialogue.queue == (1,)


def test_other_pages_carry_nothing_of_the_desk():
    assert staff_card(typed_in(Q.REFUSED).dialogue, 1).at_desk is None


@pytest.mark.parametrize("state", [Q.RECEIVED, Q.QUEUED, Q.ON_DECK])
def test_what_the_clerk_withdrew_by_mistake_the_clerk_takes_back(state):
    evening = typed_in(state)
    deck, queue = evening.dialogue.deck, evening.dialogue.queue
    evening.play(minutes(1), (CLERK, do.Withdraw(1, "Người hỏi xin rút")))
    (act,) = my_acts(evening.dialogue, CLERK)
    assert (act.kind, act.open) == ("QuestionWithdrawn", True)
    evening.play((CLERK, do.Undo(act.act)))
    assert evening.dialogue.questions[1].state is state
    assert (evening.dialogue.deck, evening.dialogue.queue) == (deck, queue)


@pytest.mark.parametrize("state", [Q.RECEIVED, Q.QUEUED, Q.ON_DECK, Q.REFUSED])
def test_a_clerk_takes_back_adds_and_appeals_nothing_for_somebody_who_asked_from_a_phone(state):
    evening = evening_in(state)
    before = evening.dialogue
    for command in (do.Withdraw(1, "Người hỏi xin rút"), do.AddToQuestion(1, "Và đường"), do.Appeal(1, "Xin xem lại")):
        assert evening.refusal(command, by=CLERK) is Code.FROM_A_PHONE
    assert evening.dialogue is before
    if state is not Q.REFUSED:
        assert evening.refusal(do.Withdraw(1, "Người hỏi xin rút"), by=MODERATOR) is None


def test_nobody_takes_back_what_another_did():
    evening = typed_in(Q.QUEUED)
    (act,) = my_acts(evening.dialogue, MODERATOR)
    assert evening.refusal(do.Undo(act.act), by=CLERK) is Code.UNDO_GONE


def test_a_photo_of_the_paper_is_put_beside_it_by_any_clerk_of_the_place():
    evening = typed_in(Q.RECEIVED).play((IN_THE_CLERKS_NAME, do.AttachPhoto(1, DIGEST, at_desk=True)))
    question = evening.dialogue.questions[1]
    assert {seat.id for seat in (CLERK, AT_TUL, HANH, TUAN) if photo_for(question, seat)} == {CLERK.id}
    assert unattachable(evening.dialogue, question, AT_TUL, at_desk=True) is not None
    assert clerk_card(evening.dialogue, 1).photo == DIGEST[:12]
    assert not at_desk(evening.dialogue, question).may_attach
    assert evening.refusal(do.DropPhoto(1), by=AT_TUL) is Code.OTHER_SITE
    assert evening.refusal(do.DropPhoto(1), by=CLERK) is None


def test_a_desk_puts_nothing_beside_the_question_of_a_phone_and_a_phone_nothing_beside_paper():
    evening = play(*OPENED, (HANH, PAPER), do.AttachPhoto(1, DIGEST), (CLERK, PAPER))
    assert evening.refusal(do.AttachPhoto(1, DIGEST, at_desk=True), by=IN_THE_CLERKS_NAME) is Code.NOT_FOUND
    assert evening.refusal(do.DropPhoto(1), by=CLERK) is Code.FROM_A_PHONE
    assert photo_for(evening.dialogue.questions[1], CLERK) == ""
    assert evening.refusal(do.AttachPhoto(2, DIGEST), by=Seat(HANH.id, Audience.MACHINE)) is Code.NOT_FOUND
