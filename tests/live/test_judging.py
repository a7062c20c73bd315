"""Askers say whether the answer settled their matter: who may, about what, and who reads which of it."""

import dataclasses

import pytest

from live import commands as do
from live.answers import MyAnswer
from live.dialogue import replay
from live.judged import judgements
from live.looks import public_card, reckoning
from live.mine import mine, own
from live.refusals import Code
from live.seats import Audience
from live.staff_cards import clerk_card, staff_card
from live.states import Channel, DialogueState, MinutesState, Outcome
from live.states import QuestionState as Q
from live.views import view
from tests.cast import (
    AGENCY,
    CHAIR,
    CLERK,
    CLOSED,
    HANH,
    MINUTES_APPROVED,
    MODERATOR,
    OPENED,
    SIGNED,
    TUAN,
    WRITTEN,
    evening_in,
    minutes,
    play,
)

CLEAR = do.JudgeAnswer(1)
MISSING = do.JudgeAnswer(1, settled=False, text="Chưa nói bao giờ xong")
SENT = do.ReportAnswer(1, "Công văn số 12")
AGAIN = do.GiveOutcome(1, Outcome.PARTLY_ANSWERED, reason="Bà con chưa đồng ý")


def test_the_last_word_counts_and_everybody_sees_how_many():
    evening = evening_in(Q.ANSWERED)
    (own_card,) = mine(evening.dialogue, HANH.id)
    assert (own_card.may_judge, own_card.settled) == (True, None)
    evening.play(MISSING)
    (own_card,) = mine(evening.dialogue, HANH.id)
    assert (own_card.settled, own_card.missing) == (False, MISSING.text)
    assert public_card(evening.dialogue, 1).judged == (0, 1)
    evening.play(CLEAR, CLEAR)
    assert public_card(evening.dialogue, 1).judged == (1, 0)
    whole = reckoning(evening.dialogue).reckoning
    assert (whole.content, whole.discontent, whole.received) == (1, 0, 1)
    assert replay(evening.entries) == evening.dialogue


@pytest.mark.parametrize("command", [CLEAR, MISSING])
@pytest.mark.parametrize(
    "seat, refused", [(TUAN, Code.NOT_FOUND), (CLERK, Code.FROM_A_PHONE), (MODERATOR, Code.NOT_ALLOWED)]
)
def test_nobody_says_it_for_an_asker_who_has_a_phone(command, seat, refused):
    assert evening_in(Q.ANSWERED).refusal(command, by=seat) is refused


def test_what_is_missing_is_said_in_words():
    assert evening_in(Q.ANSWERED).refusal(dataclasses.replace(MISSING, text=" ")) is Code.EMPTY
    assert evening_in(Q.ANSWERED).refusal(dataclasses.replace(MISSING, text="x" * 501)) is Code.TOO_LONG


def test_a_written_answer_is_judged_when_it_was_sent_and_its_agency_reads_what_is_missing():
    evening = evening_in(Q.ON_STAGE).play(WRITTEN)
    assert evening.refusal(CLEAR) is Code.WRONG_STATE
    evening.play(SENT, MISSING)
    (answer,) = [one for one in own(evening.dialogue, AGENCY) if isinstance(one, MyAnswer)]
    assert answer.missing == (MISSING.text,)
    evening.play(do.ReportAnswer(1, "Công văn số 15, nói rõ ngày"))
    assert mine(evening.dialogue, HANH.id)[0].settled is None, "of the new answer nobody has spoken yet"


def test_those_who_were_merged_speak_for_themselves_and_are_counted_with_the_lead():
    evening = play(*OPENED, do.Ask("Cầu?"), (TUAN, do.Ask("Cầu Ea Mô?")), do.Merge(2, into=1), do.Approve(1))
    assert not mine(evening.dialogue, TUAN.id)[0].may_judge
    evening.play(do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    assert mine(evening.dialogue, TUAN.id)[0].may_judge
    evening.play(CLEAR, (TUAN, do.JudgeAnswer(2, settled=False, text="Còn đường vào cầu")))
    assert judgements(evening.dialogue, evening.dialogue.questions[1]) == (1, 1)
    assert staff_card(evening.dialogue, 2).missing == "Còn đường vào cầu"
    was = evening.dialogue.questions
    evening.play(minutes(1), AGAIN)
    assert judgements(evening.dialogue, evening.dialogue.questions[1]) == (0, 0)
    evening.play(do.Undo(evening.dialogue.n))
    assert evening.dialogue.questions == was


def test_a_person_with_a_paper_card_says_it_at_the_desk():
    card = do.Ask("Bao giờ sửa cầu?", channel=Channel.HALL_CARD)
    evening = play(*OPENED, (CLERK, card), do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    at_desk = clerk_card(evening.dialogue, 1).at_desk
    assert at_desk is not None
    assert at_desk.may_judge
    assert evening.play((CLERK, MISSING)).dialogue.questions[1].judged is not None
    assert clerk_card(evening.dialogue, 1).missing == MISSING.text


def test_it_is_said_for_as_long_as_promises_are_followed():
    signed = (*CLOSED, *MINUTES_APPROVED, *SIGNED, (CHAIR, do.MoveMinutes(MinutesState.PUBLISHED)))
    evening = evening_in(Q.ANSWERED).play(*signed, do.MoveDialogue(DialogueState.FOLLOWING_UP))
    assert evening.refusal(CLEAR) is None
    assert evening.play(do.MoveDialogue(DialogueState.ARCHIVED)).refusal(MISSING) is Code.WRONG_STATE


@pytest.mark.parametrize("audience", [Audience.PHONE, Audience.PUBLIC, Audience.STAGE])
def test_the_words_are_for_staff_and_the_numbers_for_everybody(audience):
    evening = evening_in(Q.ANSWERED).play(MISSING)
    assert MISSING.text not in str(view(evening.dialogue, audience))
    assert MISSING.text in str(view(evening.dialogue, Audience.MODERATOR))
