"""The secretary's desk: lines written by hand, corrected, attributed, tied and struck."""

import pytest

from live import commands as do
from live.refusals import Code, Refused
from live.seats import Audience
from live.secretary import DeskLine
from live.states import QuestionState as Q
from live.states import Role
from live.transcript import LINE_LIMIT
from live.views import view
from tests.cast import ASKED, OPENED, TO_STATE, Evening, play
from tests.cast import SECRETARY as MAI

HEARD = do.Hear(
    "hall", 1, 1, 0, 32_000, "kính thưa bà con", "Kính thưa bà con.", ((0, 8_000, 910), (8_000, 16_000, -1))
)
RECORDED = (*OPENED, do.StartRecording("hall"), HEARD)
LINE = 5


def desk(evening: Evening) -> list[DeskLine]:
    regions = {region.name: region.items for region in view(evening.dialogue, Audience.SECRETARY)}
    return [item.thing for item in regions["lines"] if isinstance(item.thing, DeskLine)]


def test_without_a_recogniser_the_secretary_types_what_was_said():
    evening = play(*OPENED, *TO_STATE[Q.ON_STAGE], do.WriteLine("  Cầu sẽ  được sửa. ", Role.CHAIR, "Ông Quang"))
    (line,) = desk(evening)
    assert (line.text, line.role, line.speaker, line.question) == ("Cầu sẽ được sửa.", Role.CHAIR, "Ông Quang", 1)
    assert (line.source, line.start, line.words, line.edited, line.at) == ("", None, (), True, evening.now)


def test_a_written_line_is_tied_to_the_question_it_names_or_to_none():
    evening = play(*OPENED, ASKED, do.WriteLine("Khai mạc"), do.WriteLine("Về cầu", question=1))
    assert [line.question for line in desk(evening)] == [None, 1]
    assert evening.refusal(do.WriteLine("Về cầu", question=7)) is Code.NOT_FOUND


def test_the_desk_shows_what_the_machine_heard_word_by_word_until_somebody_edits():
    evening = play(*RECORDED)
    (line,) = desk(evening)
    heard = (("Kính", 910, "kính"), ("thưa", -1, "thưa"), ("bà", -1, "bà"), ("con.", -1, "con"))
    assert (line.raw, line.words) == ("kính thưa bà con", heard)
    evening.play(do.EditLine(LINE, "Kính thưa toàn thể bà con.", 1))
    (line,) = desk(evening)
    assert (line.raw, line.words, line.edited, line.revision) == ("kính thưa bà con", (), True, 2)
    assert line.text == "Kính thưa toàn thể bà con."


@pytest.mark.parametrize(
    "command, field, after",
    [
        (do.EditLine(LINE, "Kính thưa", 1), "text", "Kính thưa"),
        (do.AttributeLine(LINE, Role.AGENCY, "Bà  Nga", 1), "role", Role.AGENCY),
        (do.AttributeLine(LINE, Role.AGENCY, "Bà  Nga", 1), "speaker", "Bà Nga"),
        (do.LinkLine(LINE, 1, 1), "question", 1),
        (do.StrikeLine(LINE, 1), "struck", True),
        (do.RestoreLine(LINE, 1), "struck", False),
    ],
)
def test_each_correction_changes_its_own_thing_and_counts_a_revision(command, field, after):
    evening = play(*RECORDED, ASKED)
    (before,) = desk(evening)
    (line,) = desk(evening.play(command))
    assert getattr(line, field) == after
    assert line.revision == before.revision + 1
    assert evening.dialogue.lines[LINE].segment is not None, "what the machine heard is never lost"


@pytest.mark.parametrize(
    "command",
    [
        do.EditLine(LINE, "Khác", 1),
        do.AttributeLine(LINE, Role.AGENCY, "", 1),
        do.LinkLine(LINE, None, 1),
        do.StrikeLine(LINE, 1),
        do.RestoreLine(LINE, 1),
    ],
)
def test_a_correction_of_what_another_has_just_corrected_is_refused(command):
    evening = play(*RECORDED, do.EditLine(LINE, "Kính thưa quý vị.", 1))
    answer = evening.send(command, by=MAI)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts) == (Code.STALE, {"current": "Kính thưa quý vị.", "seen": 2})
    assert play(*OPENED).refusal(command) is Code.NOT_FOUND


def test_a_line_may_be_untied_and_is_not_tied_to_a_question_that_is_not_there():
    evening = play(*RECORDED, ASKED, do.LinkLine(LINE, 1, 1), do.LinkLine(LINE, None, 2))
    assert [line.question for line in desk(evening)] == [None]
    assert evening.refusal(do.LinkLine(LINE, 7, 3)) is Code.NOT_FOUND


@pytest.mark.parametrize(
    "text, refused", [("", Code.EMPTY), ("a" * LINE_LIMIT, None), ("a" * (LINE_LIMIT + 1), Code.TOO_LONG)]
)
def test_an_empty_or_endless_line_is_refused(text, refused):
    assert play(*RECORDED).refusal(do.WriteLine(text)) is refused
    assert play(*RECORDED).refusal(do.EditLine(LINE, text, 1)) is refused
