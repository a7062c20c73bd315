"""Those who speak instead of writing: a hand raised on a phone, and somebody who stands at the microphone now."""

import dataclasses

import pytest

from live import commands as do
from live.compose import compose
from live.dialogue import replay
from live.looks import public_card, stage
from live.mine import mine
from live.mixing import lane_of
from live.receiving import ABOUT_LIMIT, hand_of
from live.reckoning import reckon
from live.refusals import Code, Refused
from live.seats import Audience, Seat
from live.sights import Asker
from live.speaking import SPOKEN
from live.states import Channel, DialogueState, Lane, Outcome, QuestionState
from live.undoing import my_acts
from tests.cast import (
    ANNOUNCED,
    CHAIR,
    CLERK,
    HANH,
    MODERATOR,
    OPENED,
    REFUSED,
    SECRETARY,
    STRANGER,
    TUAN,
    Evening,
    minutes,
    play,
)

HAND = do.RaiseHand("Nước sạch", "Giếng nhiễm mặn ở buôn Krông")
AT_TUL = Seat("seat-phone-tul", Audience.PHONE, "Y Sol", "xã Ea Tul", site="Điểm cầu Ea Tul")


def hands(evening: Evening) -> list[tuple[int, QuestionState]]:
    return [(q.number, q.state) for q in evening.dialogue.questions.values() if q.by_voice]


def test_a_raised_hand_stands_in_the_one_queue_with_number_receipt_and_name():
    question = play(*OPENED, (HANH, HAND)).dialogue.questions[1]
    assert (question.channel, question.seat, question.entered_by) == (Channel.VOICE, HANH.id, "")
    assert (str(question.text), str(question.topic)) == ("Giếng nhiễm mặn ở buôn Krông", "Nước sạch")
    assert (str(question.name), question.publish_name, lane_of(question)) == (HANH.name, True, Lane.ONLINE)
    assert str(question.receipt).startswith("receipt-")


@pytest.mark.parametrize(
    "hand, refused",
    [
        (do.RaiseHand(), Code.ABOUT_MISSING),
        (do.RaiseHand(" ", " \u200b"), Code.ABOUT_MISSING),
        (do.RaiseHand("Đất đai"), None),
        (do.RaiseHand("", "a" * ABOUT_LIMIT), None),
        (do.RaiseHand("", "a" * (ABOUT_LIMIT + 1)), Code.TOO_LONG),
        (do.RaiseHand("a" * 81), Code.TOO_LONG),
    ],
)
def test_a_hand_says_what_about_in_a_topic_or_a_few_words(hand, refused):
    assert play(*OPENED).refusal(hand, by=HANH) is refused


def test_a_topic_alone_stands_for_the_words():
    evening = play(*OPENED, (HANH, do.RaiseHand("Đất đai")), do.Approve(1))
    assert public_card(evening.dialogue, 1).text == "Đất đai"


def test_each_phone_has_one_hand_which_comes_down_by_withdrawing_or_by_its_outcome():
    evening = play(*OPENED, (HANH, HAND), (TUAN, HAND))
    again = evening.send(HAND, by=HANH)
    assert again == Refused(Code.HAND_UP, {"number": 1})
    assert hand_of(evening.play((HANH, do.Withdraw(1))).dialogue, HANH.id) is None
    evening.play((HANH, HAND), do.Approve(3), do.CallNext())
    assert evening.refusal(HAND, by=HANH) is Code.HAND_UP, "who speaks has the hand up"
    evening.play(do.GiveOutcome(3, Outcome.ANSWERED), (HANH, HAND))
    assert hands(evening) == [
        (1, QuestionState.WITHDRAWN),
        (2, QuestionState.RECEIVED),
        (3, QuestionState.ANSWERED),
        (4, QuestionState.RECEIVED),
    ]
    reckoning = reckon(evening.dialogue)
    assert (reckoning.received, reckoning.withdrawn, reckoning.answered, reckoning.waiting) == (4, 1, 1, 2)


def test_a_hand_counts_among_the_questions_that_may_wait_and_stops_with_them():
    evening = play(*OPENED, do.SetAsking(open=True, waiting=1), (HANH, do.Ask("Bao giờ sửa cầu?")))
    assert evening.refusal(HAND, by=HANH) is Code.TOO_MANY
    assert evening.play(do.SetAsking(open=False, waiting=3)).refusal(HAND, by=TUAN) is Code.ASKING_STOPPED
    assert play(*OPENED, do.MoveDialogue(DialogueState.CLOSING)).refusal(HAND, by=HANH) is Code.CLOSED
    for nobody in (STRANGER, dataclasses.replace(HANH, locality="")):
        assert play(*OPENED).refusal(HAND, by=nobody) is Code.NAME_MISSING


def test_a_hand_is_read_refused_and_appealed_like_all_others():
    evening = play(*OPENED, (HANH, HAND), REFUSED)
    (own,) = mine(evening.dialogue, HANH.id)
    assert (own.by_voice, own.may_appeal, own.closing) == (True, True, REFUSED.sentence)
    assert evening.play((HANH, do.Appeal(1, "Xin cho nói")), do.Approve(1)).dialogue.queue == (1,)


def test_the_stage_says_that_somebody_is_to_speak_and_the_minutes_how_they_asked():
    evening = play(*OPENED, (AT_TUL, HAND), do.Approve(1), do.CallNext())
    assert (stage(evening.dialogue).by_voice, stage(evening.dialogue).site) == (True, AT_TUL.site)
    assert lane_of(evening.dialogue.questions[1]) is Lane.SITE
    headings = [str(block.text) for block in compose(evening.dialogue) if block.key == "q1.heading"]
    assert "giơ tay xin nói" in headings[0]


@pytest.mark.parametrize("leader", [MODERATOR, CHAIR])
def test_somebody_at_the_microphone_is_on_the_stage_in_one_step_and_named_later(leader):
    evening = play(*OPENED, (leader, do.CallSpeaker()))
    question = evening.dialogue.questions[1]
    assert (question.state, question.channel, str(question.text)) == (
        QuestionState.ON_STAGE,
        Channel.HALL_MIC,
        SPOKEN,
    )
    assert (question.entered_by, str(question.officer), str(question.unread)) == (leader.id, leader.name, SPOKEN)
    assert stage(evening.dialogue).nameless
    evening.play((SECRETARY, do.NameSpeaker(1, "Ông Năm", "thôn 3", publish_name=True)))
    assert not stage(evening.dialogue).nameless
    assert stage(evening.dialogue).asker == Asker("Ông Năm", "thôn 3")
    assert str(question.dossier.departure) == ""


def test_what_is_known_already_is_kept():
    told = do.CallSpeaker("Về giá nước", "Bà Sáu", "buôn Krông", "Điểm cầu Ea Tul")
    question = play(*OPENED, do.SetSites("Điểm cầu Ea Tul"), told).dialogue.questions[1]
    assert (str(question.text), str(question.name), str(question.site)) == ("Về giá nước", "Bà Sáu", "Điểm cầu Ea Tul")


def queued(*steps) -> Evening:
    asked = (step for number in (1, 2, 3) for step in ((CLERK, do.Ask(f"Câu {number}")), do.Approve(number)))
    return play(*OPENED, *steps, *asked)


@pytest.mark.parametrize("steps", [(do.DeclareMixing(hall=1, online=1, reason="Đã thống nhất"),), ()])
def test_where_others_are_passed_over_it_takes_a_reason_and_keeps_it(steps):
    evening = queued(*steps).play(*([] if steps else [do.PutOnDeck(2)]))
    before = evening.dialogue
    assert evening.refusal(do.CallSpeaker()) is Code.DEPARTS
    assert evening.dialogue is before, "nothing of it has happened"
    evening.play(do.CallSpeaker(reason="Đang đứng ở micrô"))
    question = evening.dialogue.questions[4]
    assert (question.state, str(question.dossier.departure)) == (QuestionState.ON_STAGE, "Đang đứng ở micrô")
    assert evening.dialogue.deck[: len(before.deck)] == before.deck, "who was announced stays announced"


def test_without_a_rule_nobody_departs_and_no_reason_is_kept():
    evening = queued().play(do.CallSpeaker(reason="Đang đứng ở micrô"))
    assert str(evening.dialogue.questions[4].dossier.departure) == ""


@pytest.mark.parametrize(
    "steps, expects, refused",
    [
        ((do.CallNext(),), None, Code.STAGE_CHANGED),
        ((do.CallNext(),), 1, Code.OUTCOME_FIRST),
        ((do.MoveDialogue(DialogueState.PAUSED),), None, Code.WRONG_STATE),
        ((do.MoveDialogue(DialogueState.CLOSING),), None, Code.CLOSED),
    ],
)
def test_nobody_is_called_where_call_would_call_nobody(steps, expects, refused):
    evening = queued().play(*steps)
    before = evening.dialogue
    assert evening.refusal(do.CallSpeaker(expect_current=expects, reason="Đang nói")) is refused
    assert evening.dialogue is before


@pytest.mark.parametrize("rule", [(), (do.DeclareMixing(hall=1, online=1, reason="Đã thống nhất"),)])
def test_a_mistaken_press_is_undone_by_one_and_leaves_nobody_waiting(rule):
    evening = queued(*rule).play(do.CallSpeaker(reason="Đang đứng ở micrô"), minutes(1))
    evening.play(do.Undo(my_acts(evening.dialogue, MODERATOR)[0].act, "Bấm nhầm"))
    withdrawn = evening.dialogue.questions[4]
    assert withdrawn.state is QuestionState.WITHDRAWN
    assert (evening.dialogue.turn, evening.dialogue.deck, evening.dialogue.queue) == (None, (), (1, 2, 3))
    assert reckon(evening.dialogue).withdrawn == 1
    assert evening.dialogue == replay(evening.entries)
    evening.play(do.Undo(my_acts(evening.dialogue, MODERATOR)[0].act))
    assert evening.dialogue.questions[4].state is QuestionState.APPROVED, "it was right after all"


@pytest.mark.parametrize(
    "since",
    [(SECRETARY, do.NameSpeaker(4, "Ông Năm")), do.Edit(4, "Giá nước?", 1), do.WriteLine("Thưa ông", question=4)],
)
def test_words_put_to_who_spoke_are_not_taken_back_with_the_call(since):
    evening = queued().play(do.CallSpeaker(), since)
    (call,) = [act for act in my_acts(evening.dialogue, MODERATOR) if act.kind == "QuestionCalled"]
    evening.play(do.Undo(call.act))
    assert evening.dialogue.questions[4].state is QuestionState.APPROVED
    assert (evening.dialogue.turn, evening.dialogue.queue) == (None, (1, 2, 3))


def test_a_question_that_was_asked_and_then_called_only_goes_back():
    evening = queued().play(do.CallNext())
    evening.play(do.Undo(my_acts(evening.dialogue, MODERATOR)[0].act))
    assert evening.dialogue.questions[1].state is QuestionState.QUEUED


def test_before_the_opening_a_hand_is_a_registration_to_speak():
    assert play(*ANNOUNCED, (HANH, HAND)).dialogue.questions[1].channel is Channel.VOICE
