"""Trials of a room: their verdict is kept, readers are warned, and only what a trial stopped does a trial lift."""

import pytest

from live import commands as do
from live.entries import RoomTried
from live.refusals import Code
from live.states import DialogueState, RoomVerdict
from tests.cast import ANNOUNCED, play
from tests.live.test_transcript import RECORDED, banner

GOOD, FAIR, POOR = RoomVerdict.GOOD, RoomVerdict.FAIR, RoomVerdict.POOR


def tried(verdict: RoomVerdict, source: str = "hall") -> do.TryRoom:
    return do.TryRoom(source, {GOOD: 100, FAIR: 250, POOR: 600}[verdict], verdict)


@pytest.mark.parametrize(
    "steps, hidden, warned",
    [
        ((), False, False),
        ((tried(GOOD),), False, False),
        ((tried(FAIR),), False, True),
        ((tried(POOR),), True, True),
        ((tried(POOR), tried(FAIR)), False, True),
        ((tried(POOR), tried(GOOD)), False, False),
        ((tried(POOR), do.ShowCaptions()), False, True),
        ((do.HideCaptions(), tried(GOOD)), True, False),
        ((do.HideCaptions(), tried(POOR), tried(GOOD)), True, False),
        ((tried(POOR), do.HideCaptions(), tried(GOOD)), True, False),
        ((tried(POOR), tried(GOOD, "chair")), True, True),
        ((tried(POOR), tried(POOR, "chair"), tried(GOOD)), True, True),
    ],
)
def test_captions_and_the_warning_after_trials_and_stops(steps, hidden, warned):
    evening = play(*RECORDED, do.StartRecording("chair"), *steps)
    assert (evening.dialogue.captions_hidden, banner(evening).misheard) == (hidden, warned)


def test_the_verdict_is_an_entry_of_the_journal():
    evening = play(*RECORDED, tried(FAIR))
    assert evening.entries[-1].fact == RoomTried("hall", 250, FAIR)
    assert evening.refusal(tried(FAIR, "roof")) is Code.NOT_FOUND


def test_what_a_rehearsal_showed_of_the_room_holds_for_the_evening():
    rehearsed = (do.MoveDialogue(DialogueState.REHEARSAL), do.StartRecording("hall"), tried(POOR))
    evening = play(*ANNOUNCED, *rehearsed, do.MoveDialogue(DialogueState.READY))
    assert evening.dialogue.captions_hidden
    assert evening.dialogue.trials["hall"].verdict is POOR
