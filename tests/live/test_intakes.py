"""What comes into a source, and who is taken to speak: a microphone's owner, the floor, a file, a trial."""

import pytest

from live import commands as do
from live.compose import compose
from live.intakes import LONGEST_TRIAL, intake_at
from live.refusals import Code
from live.states import Mouth, Part, Role
from tests.cast import ASKED, Evening, play
from tests.live.test_transcript import RECORDED, at, banner, captions, heard

ON_THE_FLOOR = (ASKED, do.Approve(1), do.CallNext(), do.StartClock(Part.ASKING))


def who(evening: Evening) -> list[tuple[int | None, Role, str]]:
    return [(line.question, line.role, str(line.speaker)) for line in evening.dialogue.lines.values()]


def test_the_chairs_own_microphone_is_the_chairs_whoever_has_the_floor():
    evening = play(*RECORDED, do.StartRecording("chair"), heard(0, 1, "Khai mạc", "chair"), *ON_THE_FLOOR)
    evening.heard["chair"] = 0
    evening.play(heard(2, 3, "Thưa ông", "hall"), heard(2, 3, "Xin mời", "chair"))
    assert who(evening) == [(None, Role.CHAIR, ""), (1, Role.CITIZEN, ""), (1, Role.CHAIR, "")]


def test_the_chairs_words_while_a_citizen_asks_are_no_part_of_the_question_in_the_minutes():
    evening = play(*RECORDED, do.StartRecording("chair"), *ON_THE_FLOOR)
    evening.play(heard(2, 3, "Bao giờ sửa cầu ạ?", "hall"), heard(2, 3, "Tôi trả lời ngay.", "chair"))
    answer = {block.key: str(block.text) for block in compose(evening.dialogue)}.get("q1.answer")
    assert answer == "Chủ tọa: Tôi trả lời ngay."


def test_an_owner_speaks_from_the_sample_on_at_which_the_microphone_was_given():
    evening = play(*RECORDED)
    at(evening, 10, do.SetIntake("hall", role=Role.AGENCY, owner="Ông Lê Văn Bình "))
    at(evening, 20, do.SetIntake("hall"))
    evening.play(*(heard(second, second + 1) for second in (9, 10, 19, 20)))
    nobody, owner = (None, Role.UNKNOWN, ""), (None, Role.AGENCY, "Ông Lê Văn Bình")
    assert who(evening) == [nobody, owner, owner, nobody]


def test_an_owner_without_a_role_is_named_and_the_floor_gives_the_role():
    evening = play(*RECORDED, do.SetIntake("hall", owner="Bà Sáu"), *ON_THE_FLOOR, heard(1, 2))
    assert who(evening) == [(1, Role.CITIZEN, "Bà Sáu")]


def test_what_is_so_already_is_no_entry_and_a_strange_source_is_refused():
    evening = play(*RECORDED)
    before = len(evening.entries)
    evening.play(do.SetIntake("hall"), do.SetIntake("hall", owner="Bà Sáu"), do.SetIntake("hall", owner=" Bà Sáu"))
    assert len(evening.entries) == before + 1
    assert evening.refusal(do.SetIntake("roof")) is Code.NOT_FOUND


@pytest.mark.parametrize("mouth", [Mouth.FILE, Mouth.TRIAL])
def test_a_file_and_a_trial_are_on_no_question_and_on_no_caption(mouth):
    evening = play(*RECORDED, *ON_THE_FLOOR, heard(0, 1, "Trước"))
    at(evening, 5, do.SetIntake("hall", mouth, Role.CHAIR, "Đỗ Minh Quang"))
    evening.play(heard(5, 6, "Hôm qua"), heard(6, 7, "Vẫn hôm qua"))
    at(evening, 10, do.SetIntake("hall"))
    evening.play(heard(10, 11, "Bây giờ"))
    aside = (None, Role.UNKNOWN, "")
    assert who(evening) == [(1, Role.CITIZEN, ""), aside, aside, (1, Role.CITIZEN, "")]
    assert captions(evening) == ["Trước", "Bây giờ"]


def test_nobody_is_told_of_a_recording_while_a_file_is_read():
    evening = play(*RECORDED, do.SetIntake("hall", Mouth.FILE))
    assert not banner(evening).recording
    assert banner(evening.play(do.SetIntake("hall", Mouth.TRIAL))).recording


def test_words_of_a_second_reading_have_the_same_owner():
    evening = play(*RECORDED, do.SetIntake("hall", role=Role.HOST, owner="Lê Thu Hà"))
    evening.play(do.TakeReading("hall", 1, 0, 16_000, "kính thưa", "Kính thưa.", (), ()))
    assert who(evening) == [(None, Role.HOST, "Lê Thu Hà")]


def test_a_forgotten_trial_is_over_by_itself_and_the_owner_is_as_before():
    evening = play(*RECORDED, do.SetIntake("hall", role=Role.HOST), do.SetIntake("hall", Mouth.TRIAL))
    source = evening.dialogue.sources["hall"]
    assert intake_at(source, LONGEST_TRIAL - 1).mouth is Mouth.TRIAL
    assert intake_at(source, LONGEST_TRIAL).role is Role.HOST
