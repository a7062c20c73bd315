"""Nothing new is taken from one phone: openly, for a reason, with a way back, and nothing that was sent is touched."""

import pytest

from live import commands as do
from live.entries import AskerReadmitted, AskerSuspended, QuestionReceived
from live.mine import MyQuestion, own
from live.refusals import Code, Refused
from live.seats import Audience, Seat
from live.states import DialogueState, Reasoned, RefusalReason, SuspensionReason
from live.states import QuestionState as Q
from live.suspensions import MySuspension, suspended_askers
from live.views import view
from tests.cast import (
    ANNOUNCED,
    CLERK,
    HANH,
    MODERATOR,
    OPENED,
    SECOND_MODERATOR,
    STRANGER,
    TO_STATE,
    TUAN,
    Evening,
    evening_in,
    minutes,
    play,
)

SENTENCE = "Xin đợi các câu đã gửi được đọc xong."
SUSPEND = do.Suspend(1, SuspensionReason.FLOOD, SENTENCE)
ASKED = (*OPENED, (HANH, do.Ask("Bao giờ sửa cầu?")), (TUAN, do.Ask("Giá nước?")), do.Approve(1), do.Approve(2))


def suspended() -> Evening:
    return play(*ASKED, SUSPEND, minutes(1))


def told(evening: Evening, seat: Seat = HANH) -> MySuspension | None:
    return next((one for one in own(evening.dialogue, seat) if isinstance(one, MySuspension)), None)


@pytest.mark.parametrize(
    "command",
    [do.Ask("Còn đường?"), do.RaiseHand("", "Đường vào xã"), do.AddToQuestion(1, "Và đường vào cầu"), do.Support(2)],
    ids=lambda command: type(command).__name__,
)
def test_nothing_new_is_taken_from_a_suspended_phone_and_the_refusal_says_why(command):
    evening = suspended()
    refused = evening.send(command, HANH)
    assert isinstance(refused, Refused)
    assert refused.code is Code.SUSPENDED
    for language, kept in (("vi", "chữ vẫn còn đây"), ("en", "your text is kept")):
        assert SENTENCE in refused.say(language)
        assert kept in refused.say(language)
    assert not isinstance(evening.play(do.Readmit(1)).send(command, HANH), Refused)


def test_nobody_else_is_stopped_by_it():
    evening = suspended().play((TUAN, do.Ask("Còn chợ?")), (TUAN, do.Support(1)))
    evening.play((CLERK, do.Ask("Còn đường?", name=HANH.name, locality=HANH.locality)))
    received = [one.fact for one in evening.entries if isinstance(one.fact, QuestionReceived)]
    assert [one.seat for one in received[-2:]] == [TUAN.id, ""]
    assert evening.refusal(do.Ask("Còn đường?"), STRANGER) is Code.NAME_MISSING


def test_what_was_sent_stays_and_goes_its_way():
    evening = suspended()
    assert evening.dialogue.queue == (1, 2)
    evening.play((HANH, do.Withdraw(1)))
    assert evening.dialogue.questions[1].state is Q.WITHDRAWN


def test_a_refused_question_may_still_be_appealed_and_a_support_taken_back():
    evening = play(*ASKED, (HANH, do.Support(2)), do.Refuse(1, RefusalReason.INSULT, "Xin viết lại."), SUSPEND)
    evening.play((HANH, do.Support(2, on=False)), (HANH, do.Appeal(1, "Tôi không xúc phạm ai")))
    assert evening.dialogue.questions[1].dossier.appealed


def test_the_asker_is_told_at_once_and_appeals_once():
    evening = suspended()
    said = told(evening)
    assert said is not None
    assert (said.reason, said.sentence, said.may_appeal) == (SuspensionReason.FLOOD, SENTENCE, True)
    assert told(evening, TUAN) is None
    own_question = next(one for one in own(evening.dialogue, HANH) if isinstance(one, MyQuestion))
    assert not own_question.may_add
    assert not own_question.may_attach
    assert own_question.may_withdraw
    evening.play((HANH, do.AppealSuspension("Tôi chỉ gửi một câu")))
    assert evening.refusal(do.AppealSuspension("Xin đọc lại"), HANH) is Code.SUSPENSION_APPEALED
    said = told(evening)
    assert said is not None
    assert (said.appeal, said.may_appeal) == ("Tôi chỉ gửi một câu", False)
    assert told(evening.play(do.Readmit(1))) is None
    assert evening.refusal(do.AppealSuspension("Cảm ơn"), HANH) is Code.WRONG_STATE


def test_every_moderator_sees_who_did_it_and_why_and_nobody_else_does():
    evening = suspended().play((HANH, do.AppealSuspension("[riêng]")))
    (one,) = suspended_askers(evening.dialogue)
    assert (one.question, one.name, one.numbers, one.by) == (1, HANH.name, (1,), MODERATOR.name)
    assert (one.sentence, one.appeal) == (SENTENCE, "[riêng]")
    for audience in Audience:
        shown = repr(view(evening.dialogue, audience))
        assert (SENTENCE in shown) is (audience is Audience.MODERATOR), audience
        assert ("[riêng]" in shown) is (audience is Audience.MODERATOR), audience


def test_one_press_ends_it_and_the_second_press_is_no_mistake():
    evening = suspended()
    assert isinstance(evening.send(do.Readmit(1), SECOND_MODERATOR), tuple)
    assert evening.dialogue.suspended == {}
    assert evening.send(do.Readmit(1)) == ()
    fact = evening.entries[-1].fact
    assert isinstance(fact, AskerReadmitted)
    assert str(fact.name) == SECOND_MODERATOR.name


def test_whoever_comes_second_is_told_who_was_first():
    refused = suspended().send(do.Suspend(1, SuspensionReason.OTHER, "Vì thế"), SECOND_MODERATOR)
    assert isinstance(refused, Refused)
    assert refused.code is Code.SUSPENDED_ALREADY
    assert MODERATOR.name in refused.say()


def test_another_ones_suspension_is_not_undone_with_ones_own():
    evening = suspended()
    act = evening.dialogue.acts[MODERATOR.id][-1].n
    evening.play(do.Readmit(1), (SECOND_MODERATOR, SUSPEND))
    assert evening.refusal(do.Undo(act)) is Code.UNDO_GONE
    assert HANH.id in evening.dialogue.suspended


def test_a_question_from_a_desk_has_no_phone_to_stop():
    evening = play(*OPENED, (CLERK, do.Ask("Giá nước?", name="Ông Năm")))
    assert evening.refusal(SUSPEND) is Code.NOT_FROM_A_PHONE


def test_a_reason_and_a_sentence_are_needed_and_come_from_the_list_of_the_dialogue():
    evening = play(*ASKED)
    assert evening.refusal(do.Suspend(1, SuspensionReason.FLOOD, " ")) is Code.REASON_MISSING
    assert evening.refusal(do.Suspend(1, SuspensionReason.OTHER, SENTENCE, "Gửi trùng")) is Code.NOT_LISTED
    evening.play(do.SetReasons(f"Gửi trùng | {SENTENCE}", of=Reasoned.SUSPENSION))
    assert evening.dialogue.reasons == (), "the reasons to refuse are a list of their own"
    assert evening.refusal(SUSPEND) is Code.REASON_MISSING
    evening.play(do.Suspend(1, SuspensionReason.OTHER, SENTENCE, "Gửi trùng"))
    said = told(evening)
    assert said is not None
    assert said.words == "Gửi trùng"


def test_it_holds_before_the_opening_and_ends_with_the_dialogue():
    early = play(*ANNOUNCED, (HANH, do.Ask("Bao giờ sửa cầu?")), SUSPEND)
    assert early.refusal(do.Ask("Còn đường?"), HANH) is Code.SUSPENDED
    assert (
        evening_in(Q.ANSWERED)
        .play(do.MoveDialogue(DialogueState.CLOSING))
        .play(do.MoveDialogue(DialogueState.CLOSED))
        .refusal(SUSPEND)
        is Code.WRONG_STATE
    )


def test_a_rehearsal_leaves_nobody_suspended():
    evening = play(*ANNOUNCED, (HANH, do.Ask("Bao giờ?")), do.MoveDialogue(DialogueState.REHEARSAL), SUSPEND)
    assert isinstance(evening.entries[-1].fact, AskerSuspended)
    assert evening.refusal(do.AppealSuspension("Vì sao?"), HANH) is Code.CLOSED, "it would be wiped"
    assert evening.play(do.MoveDialogue(DialogueState.READY)).dialogue.suspended == {}


def test_it_survives_a_rehearsal_that_began_later():
    evening = play(*ANNOUNCED, (HANH, do.Ask("Bao giờ?")), SUSPEND)
    evening.play(do.MoveDialogue(DialogueState.REHEARSAL), do.Readmit(1), do.MoveDialogue(DialogueState.READY))
    assert HANH.id in evening.dialogue.suspended


def test_every_state_of_a_question_leaves_its_asker_suspendable_while_the_dialogue_works():
    for state in Q:
        evening = evening_in(state)
        before = evening.dialogue.questions
        evening.play(SUSPEND)
        assert evening.dialogue.questions is before, TO_STATE[state]
