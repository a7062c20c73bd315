"""Phones that take part in a rehearsal: what they may do in it, and that nothing of it outlasts it."""

import pytest

from live import commands as do
from live.dialogue import replay
from live.entries import SupportSet
from live.mine import mine
from live.refusals import Code
from live.seats import Audience, Seat
from live.states import Channel, DialogueState, Outcome, QuestionState
from tests.cast import ANNOUNCED, HANH, TUAN, evening_in, play
from tests.live.test_notice import TO_DIALOGUE_STATE

TRIAL = Seat("rehearsal:a1", Audience.PHONE, "Máy A1B2", "Diễn tập", publish_name=True, rehearsing=True)
OTHER = Seat("rehearsal:c3", Audience.PHONE, "Máy C3D4", "Diễn tập", publish_name=True, rehearsing=True)
REHEARSED = (*ANNOUNCED, do.Ask("Câu thật?"), do.MoveDialogue(DialogueState.REHEARSAL))
TRIED = do.Ask("Câu thử?")


def test_a_question_of_a_rehearsal_goes_the_whole_way_and_is_gone():
    evening = play(*REHEARSED)
    before = evening.dialogue.before_rehearsal
    evening.play((TRIAL, TRIED), (TRIAL, do.AddToQuestion(2, "Thêm")), do.Approve(2), do.CallNext())
    evening.play(do.GiveOutcome(2, Outcome.ANSWERED), (TRIAL, do.JudgeAnswer(2)))
    (own,) = mine(evening.dialogue, TRIAL.id)
    assert (own.rehearsed, own.settled) == (True, True)
    assert evening.dialogue.questions[2].channel is Channel.ONLINE, "as in the evening that is rehearsed"
    evening.play(do.MoveDialogue(DialogueState.READY))
    assert before is not None
    assert (evening.dialogue.questions, evening.dialogue.asked) == (before.questions, before.asked)
    assert mine(evening.dialogue, TRIAL.id) == ()
    assert replay(evening.entries) == evening.dialogue


def test_what_was_asked_before_is_no_part_of_it():
    evening = play(*REHEARSED, (TRIAL, TRIED))
    assert [own.rehearsed for own in mine(evening.dialogue, HANH.id)] == [False]
    assert evening.refusal(do.Withdraw(1), TRIAL) is Code.NOT_FOUND
    assert evening.refusal(do.Withdraw(2), OTHER) is Code.NOT_FOUND
    assert evening.refusal(do.Withdraw(2), TRIAL) is None


@pytest.mark.parametrize("seat", [HANH, TUAN])
def test_a_phone_without_the_link_still_only_looks_on(seat):
    evening = play(*REHEARSED)
    assert evening.refusal(TRIED, seat) is Code.CLOSED
    assert evening.refusal(do.RaiseHand("Đất đai"), seat) is Code.CLOSED
    assert evening.refusal(do.AddToQuestion(1, "Thêm"), HANH) is Code.CLOSED


def test_only_its_phones_support_and_put_photos_beside_their_own_questions():
    """Their supports are theirs alone, and go by that; a photo goes with its question."""
    evening = play(*ANNOUNCED, do.Ask("Câu thật?"), do.Approve(1), do.MoveDialogue(DialogueState.REHEARSAL))
    evening.play((TRIAL, TRIED), do.Approve(2))
    for number in (1, 2):
        assert evening.send(do.Support(number), TRIAL) == (SupportSet(number, TRIAL.id, on=True),)
        assert evening.refusal(do.Support(number), HANH) is Code.WRONG_STATE
    photo, photographed = "ab" * 32, Seat(TRIAL.id, Audience.MACHINE, rehearsing=True)
    assert evening.refusal(do.AttachPhoto(1, photo), photographed) is Code.NOT_FOUND
    assert evening.refusal(do.AttachPhoto(1, photo), Seat(HANH.id, Audience.MACHINE)) is Code.CLOSED
    assert evening.refusal(do.AttachPhoto(2, photo), photographed) is None
    assert evening.refusal(do.DropPhoto(2), OTHER) is Code.NOT_FOUND
    evening.play(do.MoveDialogue(DialogueState.READY))
    assert evening.refusal(do.AttachPhoto(1, photo), photographed) is Code.CLOSED


def test_what_a_real_phone_put_there_is_not_taken_away_in_a_rehearsal():
    attached = (Seat(HANH.id, Audience.MACHINE), do.AttachPhoto(1, "ab" * 32))
    evening = play(*ANNOUNCED, do.Ask("Câu thật?"), attached, do.MoveDialogue(DialogueState.REHEARSAL))
    assert evening.refusal(do.DropPhoto(1), HANH) is Code.CLOSED


@pytest.mark.parametrize("state", sorted(set(DialogueState) - {DialogueState.REHEARSAL}))
def test_outside_a_rehearsal_its_seats_do_nothing(state):
    evening = play(*TO_DIALOGUE_STATE[state])
    for command in (TRIED, do.RaiseHand("Đất đai"), do.Withdraw(1), do.Support(1)):
        assert evening.refusal(command, TRIAL) is Code.CLOSED


def test_of_an_evening_nothing_is_rehearsed():
    assert not mine(evening_in(QuestionState.QUEUED).dialogue, HANH.id)[0].rehearsed
