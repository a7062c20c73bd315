"""Words of a second reading in the transcript: taken, given back, and never over a person's head."""

from live import commands as do
from live.refusals import Code
from live.transcript import SAMPLES_PER_SECOND as SECOND
from tests.cast import OPENED, Evening, play, seconds

FIRST = do.Hear("hall", 1, 1, 0, 2 * SECOND, "kính thưa ba con", "Kính thưa ba con.")
LATER = do.Hear("hall", 1, 2, 20 * SECOND, 22 * SECOND, "xin hết", "Xin hết.")
HEARD = (*OPENED, do.StartRecording("hall"), FIRST, seconds(20), LATER)


def again(line: int = 0, revision: int = 0, start: int = 0, text: str = "Kính thưa bà con.") -> do.TakeReading:
    return do.TakeReading(
        "hall", 2, start, start + 2 * SECOND, text.lower(), text, ((start, start + 9, 900),), line=line,
        revision=revision,
    )  # fmt: skip


def texts(evening: Evening) -> list[str]:
    return [str(line.text) for line in evening.dialogue.lines.values() if not line.struck]


def first_line(evening: Evening) -> int:
    return min(evening.dialogue.lines)


def test_the_first_draft_stays_behind_and_comes_back_as_it_was():
    evening = play(*HEARD)
    number = first_line(evening)
    before = evening.dialogue.lines[number]
    evening.play(again(number, 1))
    taken = evening.dialogue.lines[number]
    assert (str(taken.text), taken.edited, taken.revision) == ("Kính thưa bà con.", False, 2)
    assert taken.first is not None
    assert taken.first.segment == before.segment
    evening.play(again(number, 2, text="Kính thưa quý bà con."), do.GiveBackReading(number, 3))
    back = evening.dialogue.lines[number]
    assert (back.text, back.segment, back.edited, back.first) == (before.text, before.segment, before.edited, None)


def test_what_a_person_wrote_comes_back_as_theirs():
    evening = play(*HEARD)
    number = first_line(evening)
    evening.play(do.EditLine(number, "Kính thưa bà con xã Ea Mô.", 1), again(number, 2), do.GiveBackReading(number, 3))
    line = evening.dialogue.lines[number]
    assert (str(line.text), line.edited) == ("Kính thưa bà con xã Ea Mô.", True)


def test_words_for_a_gap_stand_between_their_neighbours():
    evening = play(*HEARD).play(seconds(600), again(start=10 * SECOND, text="Câu ở giữa."))
    assert texts(evening) == ["Kính thưa ba con.", "Câu ở giữa.", "Xin hết."]


def test_nobody_takes_over_a_line_that_somebody_else_has_just_changed():
    evening = play(*HEARD)
    number = first_line(evening)
    evening.play(do.EditLine(number, "Kính thưa bà con.", 1))
    assert evening.refusal(again(number, 1)) is Code.STALE
    assert evening.refusal(do.GiveBackReading(number, 2)) is Code.WRONG_STATE, "nothing was taken"
    evening.play(do.StrikeLine(number, 2))
    assert evening.refusal(again(number, 3)) is Code.WRONG_STATE
    assert evening.refusal(again(999, 1)) is Code.NOT_FOUND
