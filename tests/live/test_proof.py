"""A line beside what was heard: which words a piece stands for, what is in doubt, what may have been meant."""

from dataclasses import replace

import pytest

from live import captioning
from live import commands as do
from live.proof import by_ear, pieces, rewritten, suggested
from live.transcript import Line
from tests.cast import OPENED, SECRETARY, Evening, play

RAW = "suối rông búc có mười hai hộ"
HEARD = do.Hear(
    "hall", 1, 1, 0, 64_000, RAW, "Suối rông búc, có 12 hộ.",
    tuple((n * 8_000, n * 8_000 + 8_000, sure) for n, sure in enumerate((990, 300, 400, 950, 800, 700, -1))),
    spans=((0, 1), (1, 2), (2, 3), (3, 4), (4, 6), (6, 7)),
    suggestions=((1, 3, "Krông Búk"),),
)  # fmt: skip


def line_of(evening: Evening) -> Line:
    return next(iter(evening.dialogue.lines.values()))


@pytest.fixture
def evening():
    return play(*OPENED, (SECRETARY, do.StartRecording("hall")), HEARD)


def test_each_piece_knows_its_words_and_the_least_sure_of_them(evening):
    assert pieces(line_of(evening)) == (
        ("Suối", 990, "suối"),
        ("rông", 300, "rông"),
        ("búc,", 400, "búc"),
        ("có", 950, "có"),
        ("12", 700, "mười hai"),
        ("hộ.", -1, "hộ"),
    )


def test_a_name_that_may_have_been_said_comes_with_the_text_that_would_be(evening):
    assert suggested(line_of(evening)) == (("rông búc", "Krông Búk", "Suối Krông Búk, có 12 hộ."),)


def test_everybody_may_see_the_words_as_heard_where_others_were_written(evening):
    assert rewritten(line_of(evening))
    assert captioning.caption(line_of(evening)).raw == RAW


def test_a_line_that_a_person_has_been_over_shows_nothing_of_the_machines(evening):
    line = line_of(evening)
    evening.play(do.EditLine(line.id, "Suối Krông Búk có mười hai hộ.", 1))
    edited = line_of(evening)
    assert (pieces(edited), suggested(edited), captioning.caption(edited).raw) == ((), (), "")
    assert edited.segment is not None
    assert str(edited.segment.raw) == RAW


@pytest.mark.parametrize(
    "heard",
    [
        do.Hear("hall", 1, 1, 0, 9, "kính thưa bà con", "Kính thưa, bà con."),
        do.Hear("hall", 1, 1, 0, 9, "nói đéo gì", "Nói đ•• gì.", spans=((0, 1), (1, 2), (2, 3)), masked=True),
    ],
)
def test_case_and_marks_need_no_comparison_and_hidden_words_stay_hidden(heard):
    evening = play(*OPENED, (SECRETARY, do.StartRecording("hall")), heard)
    assert captioning.caption(line_of(evening)).raw == ""


@pytest.mark.parametrize("spans", [(), ((0, 1),), tuple((n, n + 1) for n in range(9))])
def test_spans_that_do_not_fit_the_text_say_nothing(spans):
    heard = do.Hear("hall", 1, 1, 0, 9, "có mười hai hộ", "Có 12 hộ.", spans=spans, suggestions=((0, 1, "Cố"),))
    line = line_of(play(*OPENED, (SECRETARY, do.StartRecording("hall")), heard))
    assert (pieces(line), suggested(line), rewritten(line)) == ((), (), False)


def test_a_name_set_later_is_offered_for_what_was_heard_before_and_never_twice():
    evening = play(*OPENED, (SECRETARY, do.StartRecording("hall")), replace(HEARD, suggestions=()))
    assert suggested(line_of(evening)) == ()
    for entries, expected in (("Krông Búk = rông búc", 1), ("Krông Búk = rông búc, búc có\nrông búc = rông búc", 2)):
        revision = evening.dialogue.glossary.revision
        evening.play((SECRETARY, do.SetGlossary(entries, revision)))
        found = suggested(line_of(evening), by_ear(evening.dialogue.glossary.terms))
        assert len(found) == expected
        assert found[0] == ("rông búc", "Krông Búk", "Suối Krông Búk, có 12 hộ.")
