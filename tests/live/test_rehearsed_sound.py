"""What was recorded in a rehearsal is told by samples, and no word of it is heard in the evening."""

import pytest

from live import commands as do
from live.dialogue import replay
from live.entries import DialogueMoved
from live.states import DialogueState
from tests.cast import ANNOUNCED, OPENED, Evening, play

TRY, READY = do.MoveDialogue(DialogueState.REHEARSAL), do.MoveDialogue(DialogueState.READY)
HALL = do.StartRecording("hall")


def heard(first: int, end: int, text: str = "một hai ba") -> do.Hear:
    return do.Hear("hall", 1, 1, first, end, text, text)


def rehearsed(*before: do.Command, samples: int = 0, until: int = 8_000) -> Evening:
    """A rehearsal in which the hall is recorded up to sample `until`; there were so many samples before."""
    evening = play(*ANNOUNCED, *before)
    evening.heard = {"hall": samples} if samples else {}
    evening.play(TRY)
    if not before:
        evening.play(HALL)
    evening.heard = {"hall": until}
    evening.play(heard(samples, until - 1_000, "thử máy"), READY)
    return evening


def said(evening: Evening) -> list[str]:
    return [str(line.text) for line in evening.dialogue.lines.values()]


def test_the_evening_reads_on_behind_the_rehearsal():
    evening = rehearsed()
    assert (evening.dialogue.rehearsed, evening.dialogue.sources) == ({"hall": ((0, 8_000),)}, {})
    evening.play(
        do.MoveDialogue(DialogueState.OPEN), HALL, heard(0, 7_500, "thử máy"), heard(8_000, 9_000, "kính chào")
    )
    assert said(evening) == ["kính chào"]
    assert replay(evening.entries) == evening.dialogue


def test_what_was_recorded_before_the_rehearsal_stays():
    evening = rehearsed(HALL, samples=3_000)
    assert evening.dialogue.rehearsed == {"hall": ((3_000, 8_000),)}
    assert evening.dialogue.sources["hall"].heard_to == 8_000


def test_of_a_source_whose_place_nobody_knew_nothing_is_taken():
    evening = play(*ANNOUNCED, HALL, TRY)
    evening.heard = {"hall": 8_000}
    evening.play(READY)
    assert evening.dialogue.rehearsed == {}


def test_each_rehearsal_takes_its_own():
    evening = rehearsed()
    evening.play(TRY, HALL)
    evening.heard = {"hall": 9_000, "chair": 500}
    evening.play(READY)
    assert evening.dialogue.rehearsed == {"hall": ((0, 8_000), (8_000, 9_000)), "chair": ((0, 500),)}


def test_a_rehearsal_of_an_older_journal_says_nothing_of_sound():
    evening = play(*ANNOUNCED, TRY, HALL, READY)
    assert evening.dialogue.rehearsed == {}
    assert evening.entries[-1].fact == DialogueMoved(DialogueState.READY)


@pytest.mark.parametrize("to", [DialogueState.PAUSED, DialogueState.CLOSING])
def test_no_other_move_tells_of_sound(to):
    evening = play(*OPENED, HALL)
    evening.heard = {"hall": 8_000}
    evening.play(do.MoveDialogue(to))
    assert isinstance(moved := evening.entries[-1].fact, DialogueMoved)
    assert moved.heard == ()
    assert evening.dialogue.rehearsed == {}
