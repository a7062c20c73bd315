from live import commands as do
from live.refusals import Code
from live.states import DialogueState, Part
from tests.cast import ANNOUNCED, ASKED, HANH, OPENED, TUAN, play

REHEARSED = (ASKED, do.Approve(1), do.MoveDialogue(DialogueState.REHEARSAL))


def test_citizens_only_look_on_at_a_rehearsal() -> None:
    evening = play(*ANNOUNCED, *REHEARSED)
    assert evening.refusal(do.Withdraw(1), HANH) is Code.WRONG_STATE
    assert evening.refusal(do.Support(1), TUAN) is Code.WRONG_STATE
    evening.play(do.MoveDialogue(DialogueState.READY))
    assert evening.refusal(do.Support(1), TUAN) is None
    assert evening.refusal(do.Withdraw(1), HANH) is None


def test_no_clock_starts_while_the_dialogue_is_paused() -> None:
    evening = play(*OPENED, ASKED, do.Approve(1), do.CallNext(), do.MoveDialogue(DialogueState.PAUSED))
    assert evening.refusal(do.StartClock(Part.ASKING)) is Code.WRONG_STATE
    evening.play(do.MoveDialogue(DialogueState.OPEN), do.StartClock(Part.ASKING))


def test_a_rehearsal_that_was_on_the_floor_is_left_as_any_other() -> None:
    played = (*ANNOUNCED, *REHEARSED, do.CallNext(), do.StartClock(Part.ASKING))
    for to in (DialogueState.READY, DialogueState.ANNOUNCED):
        evening = play(*played, do.MoveDialogue(to))
        assert (evening.dialogue.state, evening.dialogue.floor_log, evening.dialogue.turn) == (to, (), None)
