"""Questions by text message: counted like a phone's, and helped at a desk like those on paper."""

import pytest

from live import commands as do
from live.looks import public_card
from live.questions import TEXT_LIMIT
from live.refusals import Code
from live.seats import Audience, Seat
from live.staff_cards import clerk_card, staff_card
from live.states import Channel, DialogueState, SuspensionReason
from live.states import QuestionState as Q
from tests.cast import ANNOUNCED, CHAIR, CLERK, HANH, OPENED, play

SENDER = Seat("seat-sender", Audience.PHONE, by_message=True)
OTHER = Seat("seat-other-sender", Audience.PHONE, by_message=True)
SENT = do.Ask("Bao giờ sửa cầu?")


def test_it_is_a_question_by_telephone_to_be_read_first_and_says_how_it_came():
    evening = play(*OPENED, (SENDER, SENT))
    question = evening.dialogue.questions[1]
    assert (question.channel, question.state, question.by_message) == (Channel.PHONE_CALL, Q.RECEIVED, True)
    card = staff_card(evening.dialogue, 1)
    assert (card.by_message, card.name, card.officer, card.text) == (True, "", "", "Bao giờ sửa cầu?")
    evening.play(do.Approve(1))
    assert SENDER.id not in repr(public_card(evening.dialogue, 1))


@pytest.mark.parametrize(
    "text, code", [("", Code.EMPTY), (" \u200b", Code.EMPTY), ("ạ" * (TEXT_LIMIT + 1), Code.TOO_LONG)]
)
def test_what_is_empty_or_too_long_is_refused_and_not_cut(text, code):
    assert play(*OPENED).refusal(do.Ask(text), by=SENDER) is code
    assert play(*OPENED).refusal(do.Ask("ạ" * TEXT_LIMIT), by=SENDER) is None


def test_as_many_wait_of_one_sender_as_of_one_phone():
    evening = play(*OPENED, (CHAIR, do.SetAsking(True, 2)), (SENDER, SENT), (SENDER, SENT))
    assert evening.refusal(SENT, by=SENDER) is Code.TOO_MANY
    assert evening.refusal(SENT, by=OTHER) is None
    evening.play((CLERK, do.Withdraw(1)))
    assert evening.refusal(SENT, by=SENDER) is None


def test_nothing_new_is_taken_from_a_sender_whom_a_moderator_suspends():
    stop = do.Suspend(1, SuspensionReason.FLOOD, "Xin dừng gửi; cần thì gọi số của phiên.")
    evening = play(*OPENED, (SENDER, SENT), stop)
    assert evening.refusal(SENT, by=SENDER) is Code.SUSPENDED
    assert evening.refusal(SENT, by=OTHER) is None
    evening.play(do.Readmit(1))
    assert evening.refusal(SENT, by=SENDER) is None


S = DialogueState
ON_THE_WAY = [
    (),
    (S.READY,),
    (S.REHEARSAL,),
    (S.OPEN,),
    (S.OPEN, S.PAUSED),
    (S.OPEN, S.CLOSING),
    (S.OPEN, S.CLOSING, S.CLOSED),
]


@pytest.mark.parametrize("moves", ON_THE_WAY)
@pytest.mark.parametrize("asking", [True, False])
def test_it_is_taken_when_a_phone_is(moves, asking):
    evening = play(*ANNOUNCED, (CHAIR, do.SetAsking(asking, 3)), *map(do.MoveDialogue, moves))
    assert evening.refusal(SENT, by=SENDER) is evening.refusal(SENT, by=HANH)
    assert (evening.refusal(SENT, by=SENDER) is None) is (asking and not {S.REHEARSAL, S.CLOSING} & set(moves))


def test_a_sender_who_calls_is_helped_at_the_desk():
    evening = play(*OPENED, (SENDER, SENT))
    desk = clerk_card(evening.dialogue, 1).at_desk
    assert desk is not None
    assert desk.may_add
    assert desk.may_withdraw
    assert desk.may_name
    evening.play((CLERK, do.NameSpeaker(1, "Ông Năm")), (CLERK, do.AddToQuestion(1, "Cầu Ea Tul")))
    assert str(evening.dialogue.questions[1].name) == "Ông Năm"
