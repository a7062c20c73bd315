"""Speaking from a phone: who opens the microphone, whose it is, and by what it closes."""

import pytest

from live import commands as do
from live.dialogue import replay
from live.entries import MicrophoneClosed, MicrophoneOpened, SegmentHeard, VoiceAgreed
from live.mine import mine, own
from live.refusals import Code
from live.remote_seen import MyMicrophone, RemoteVoice, remote_voice
from live.remote_voice import REMOTE_VOICE, closed_to, speaker
from live.seats import Audience, Seat
from live.states import Channel, DialogueState, Outcome, Part, RemoteMicrophone, Role, SuspensionReason
from tests.cast import (
    CHAIR,
    CLERK,
    EVERYBODY,
    HANH,
    MACHINE,
    MODERATOR,
    OPENED,
    SECRETARY,
    STAGE,
    STRANGER,
    TUAN,
    Evening,
    play,
)

R = RemoteMicrophone
CALLED = (*OPENED, (HANH, do.RaiseHand("", "Giếng nhiễm mặn")), do.Approve(1), do.CallNext())
INVITED = (*CALLED, do.OpenMicrophone(1))
AGREED = (*INVITED, (HANH, do.AgreeToVoice(1, on=True)))


def microphone(evening: Evening) -> R | None:
    return evening.dialogue.turn.microphone if evening.dialogue.turn else None


def may_speak(evening: Evening, seat: Seat) -> bool:
    return closed_to(evening.dialogue, seat) is None


def test_a_phone_speaks_once_it_was_called_invited_and_its_owner_has_agreed():
    evening = play(*CALLED)
    assert (microphone(evening), may_speak(evening, HANH)) == (None, False)
    evening.play((CHAIR, do.OpenMicrophone(1)))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.OFFERED, False)
    evening.play((HANH, do.AgreeToVoice(1, on=True)))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.AGREED, True)
    assert [type(entry.fact) for entry in evening.entries[-2:]] == [MicrophoneOpened, VoiceAgreed]
    assert [entry.seat for entry in evening.entries[-2:]] == [CHAIR.id, HANH.id]
    assert replay(evening.entries) == evening.dialogue


def test_of_all_who_are_there_only_its_owner_speaks_from_the_phone():
    evening = play(*AGREED)
    assert [seat for seat in EVERYBODY if may_speak(evening, seat)] == [HANH]
    told = {
        seat: refused.code
        for seat in (TUAN, STRANGER, MODERATOR, STAGE)
        if (refused := closed_to(evening.dialogue, seat))
    }
    assert set(told.values()) == {Code.NOT_YOUR_MICROPHONE}


@pytest.mark.parametrize("command", [do.OpenMicrophone(1), do.CloseMicrophone(1)])
def test_only_those_who_lead_the_floor_open_and_close_it(command):
    leaders = [seat for seat in EVERYBODY if play(*INVITED).refusal(command, seat) is None]
    assert {seat.audience for seat in leaders} == {Audience.MODERATOR, Audience.CHAIR}


@pytest.mark.parametrize(
    "asked, number, refused",
    [
        (do.Ask("Bao giờ sửa cầu?"), 1, Code.NO_REMOTE_VOICE),
        ((CLERK, do.Ask("Xin nói", channel=Channel.VOICE, name="Bà Sáu")), 1, Code.NO_REMOTE_VOICE),
        ((HANH, do.RaiseHand("Đất đai")), 2, Code.NOT_FOUND),
        ((HANH, do.RaiseHand("Đất đai")), 1, None),
    ],
)
def test_there_is_a_microphone_only_where_a_phone_has_raised_the_hand_on_the_floor(asked, number, refused):
    evening = play(*OPENED, asked, do.Approve(1), do.CallNext())
    assert evening.refusal(do.OpenMicrophone(number)) == refused
    assert (remote_voice(evening.dialogue).number == 1) is (refused in {None, Code.NOT_FOUND})


def test_what_waits_in_the_queue_has_no_microphone():
    evening = play(*OPENED, (HANH, do.RaiseHand("Đất đai")), do.Approve(1))
    assert evening.refusal(do.OpenMicrophone(1)) is Code.STAGE_CHANGED
    assert evening.refusal(do.AgreeToVoice(1, on=True), HANH) is Code.MICROPHONE_CLOSED


@pytest.mark.parametrize(
    "ends, left",
    [
        ([do.CloseMicrophone(1)], R.CLOSED),
        ([do.MoveDialogue(DialogueState.PAUSED)], R.CLOSED),
        ([do.MoveDialogue(DialogueState.CLOSING)], R.CLOSED),
        ([do.GiveOutcome(1, Outcome.ANSWERED)], None),
        ([do.ReturnToQueue(1)], None),
        ([do.ReturnToQueue(1, absent=True)], None),
        ([do.Reroute(1, "Ban Tiếp công dân", "Có thủ tục riêng.")], None),
        ([(HANH, do.AgreeToVoice(1, on=False))], R.DECLINED),
        ([do.StartClock(Part.ANSWERING)], R.AGREED),
        ([do.StartClock(Part.ASKING), do.StopClock()], R.AGREED),
        ([do.HideCaptions()], R.AGREED),
    ],
)
def test_it_is_closed_by_a_press_and_by_all_that_ends_or_halts_the_turn(ends, left):
    evening = play(*AGREED, *ends)
    assert microphone(evening) is left
    assert may_speak(evening, HANH) is (left is R.AGREED)
    assert (speaker(evening.dialogue) is not None) is (left is R.AGREED)
    assert replay(evening.entries) == evening.dialogue


def test_a_pause_closes_it_for_good_until_somebody_opens_it_again():
    evening = play(*AGREED, do.MoveDialogue(DialogueState.PAUSED))
    assert isinstance(evening.entries[-2].fact, MicrophoneClosed)
    assert evening.refusal(do.OpenMicrophone(1)) is Code.WRONG_STATE
    evening.play(do.MoveDialogue(DialogueState.OPEN))
    assert not may_speak(evening, HANH)
    evening.play(do.OpenMicrophone(1))
    assert may_speak(evening, HANH), "she has agreed for this question and is not asked twice"


def test_an_outcome_taken_back_brings_the_question_and_not_the_open_microphone():
    evening = play(*AGREED, do.GiveOutcome(1, Outcome.ANSWERED))
    evening.play(do.Undo(evening.dialogue.n))
    assert evening.dialogue.turn is not None
    assert (microphone(evening), may_speak(evening, HANH)) == (None, False)


def test_who_declines_is_asked_again_only_when_invited_again_and_may_change_their_mind():
    evening = play(*INVITED, (HANH, do.AgreeToVoice(1, on=False)))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.DECLINED, False)
    evening.play((HANH, do.AgreeToVoice(1, on=True)))
    assert may_speak(evening, HANH)
    evening.play((HANH, do.AgreeToVoice(1, on=False)), do.OpenMicrophone(1))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.OFFERED, False)


@pytest.mark.parametrize("command", [do.OpenMicrophone(1), do.AgreeToVoice(1, on=True), do.CloseMicrophone(1)])
def test_the_same_said_twice_is_no_entry(command):
    evening = play(*AGREED)
    seat = HANH if isinstance(command, do.AgreeToVoice) else MODERATOR
    evening.play((seat, command))
    n = evening.dialogue.n
    evening.play((seat, command))
    assert evening.dialogue.n == n


@pytest.mark.parametrize("seat", [TUAN, STRANGER])
def test_nobody_agrees_for_somebody_else(seat):
    assert play(*INVITED).refusal(do.AgreeToVoice(1, on=True), seat) is Code.MICROPHONE_CLOSED


def test_the_voices_of_phones_are_recorded_by_the_recorder_alone_and_only_while_somebody_speaks():
    assert play(*INVITED).refusal(do.StartRecording(REMOTE_VOICE), MACHINE) is Code.MICROPHONE_CLOSED
    evening = play(*AGREED)
    assert evening.refusal(do.StartRecording(REMOTE_VOICE), SECRETARY) is Code.NOT_YOUR_MICROPHONE
    assert not remote_voice(evening.dialogue).speaking
    evening.play((MACHINE, do.StartRecording(REMOTE_VOICE)))
    assert remote_voice(evening.dialogue) == RemoteVoice(1, R.AGREED, speaking=True)
    assert evening.refusal(do.StopRecording(REMOTE_VOICE), SECRETARY) is Code.NOT_YOUR_MICROPHONE
    evening.play(do.CloseMicrophone(1))
    assert not remote_voice(evening.dialogue).speaking


def test_words_from_the_phone_are_of_its_owner_and_on_the_question():
    evening = play(*AGREED, (MACHINE, do.StartRecording(REMOTE_VOICE)))
    evening.play((MACHINE, do.SetIntake(REMOTE_VOICE, role=Role.CITIZEN, owner=HANH.name)))
    evening.play(do.StartClock(Part.ANSWERING), do.Hear(REMOTE_VOICE, 1, 1, 0, 16_000, "giếng mặn", "Giếng mặn."))
    heard = evening.entries[-1].fact
    assert isinstance(heard, SegmentHeard)
    assert (heard.question, heard.role, str(heard.speaker)) == (1, Role.CITIZEN, HANH.name)


def test_the_invitation_is_seen_by_its_owner_and_stays_to_say_that_it_is_over():
    evening = play(*INVITED)
    assert own(evening.dialogue, HANH)[0] == MyMicrophone(1, R.OFFERED)
    assert own(evening.dialogue, HANH)[1:] == mine(evening.dialogue, HANH.id)
    assert own(evening.dialogue, TUAN) == own(evening.dialogue, STRANGER) == ()
    evening.play(do.CloseMicrophone(1))
    assert own(evening.dialogue, HANH)[0] == MyMicrophone(1, R.CLOSED)
    evening.play(do.GiveOutcome(1, Outcome.ANSWERED))
    assert own(evening.dialogue, HANH) == mine(evening.dialogue, HANH.id)


def test_a_suspension_cuts_the_voice_and_it_is_not_invited_again_before_it_is_taken_from_again():
    """Nothing new is taken from that phone, and a loudspeaker is the last place for it."""
    evening = play(*AGREED, do.Suspend(1, SuspensionReason.INSULT, "Xin giữ lời."))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.CLOSED, False)
    assert evening.refusal(do.OpenMicrophone(1)) is Code.ASKER_SUSPENDED
    assert evening.refusal(do.AgreeToVoice(1, on=True), HANH) is Code.SUSPENDED
    evening.play(do.Readmit(1), do.OpenMicrophone(1))
    assert may_speak(evening, HANH)
    assert replay(evening.entries) == evening.dialogue


def test_who_is_suspended_while_they_are_asked_may_still_decline():
    evening = play(*INVITED, do.Suspend(1, SuspensionReason.INSULT, "Xin giữ lời."))
    assert microphone(evening) is R.CLOSED
    assert evening.refusal(do.AgreeToVoice(1, on=True), HANH) is Code.SUSPENDED


def test_another_ones_suspension_leaves_the_voice_alone():
    evening = play(*AGREED, (TUAN, do.Ask("Giá nước?")), do.Suspend(2, SuspensionReason.INSULT, "Xin giữ lời."))
    assert (microphone(evening), may_speak(evening, HANH)) == (R.AGREED, True)
