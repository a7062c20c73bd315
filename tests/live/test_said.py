"""Whose words stand where in the minutes: those of the answer are never the asker's, and every speaker is named."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import commands as do
from live.compose import compose
from live.entries import Entry, MinutesSigned
from live.minutes import blocks
from live.said import UNANSWERED, unanswered
from live.states import Channel, Outcome, Part, Role, Signatory
from live.texts import Sealed
from tests.cast import CLERK, CLOSED, HANH, MACHINE, OPENED, SECRETARY, play

CALLED = (*OPENED, (HANH, do.Ask("Bao giờ sửa cầu?")), do.Approve(1), do.CallNext(), do.StartClock(Part.ASKING))
ANSWERED = do.GiveOutcome(1, Outcome.ANSWERED)
ASKED_ALOUD = do.WriteLine("Cầu hỏng ba năm rồi.", Role.CITIZEN, "Lò Văn Inh")


def texts(evening):
    return {block.key: str(block.text) for block in compose(evening.dialogue)}


def heard(seq, text):
    return (MACHINE, do.Hear("hall", 1, seq, seq * 100, seq * 100 + 90, text, text))


def test_who_answered_is_named_by_name_or_role_and_each_turn_has_a_line():
    evening = play(
        *CALLED,
        ASKED_ALOUD,
        do.WriteLine("Mời Phòng Kinh tế.", Role.CHAIR),
        do.WriteLine("Tháng sáu xong.", Role.AGENCY, "Bà Trần Thị Thử, Phòng Kinh tế"),
        do.WriteLine("Đã có vốn.", Role.AGENCY, "Bà Trần Thị Thử, Phòng Kinh tế"),
        do.WriteLine("Xã nhận trách nhiệm.", Role.CHAIR),
        ANSWERED,
    )
    assert texts(evening)["q1.answer"].split("\n") == [
        "Chủ tọa: Mời Phòng Kinh tế.",
        "Bà Trần Thị Thử, Phòng Kinh tế: Tháng sáu xong. Đã có vốn.",
        "Chủ tọa: Xã nhận trách nhiệm.",
    ]
    assert unanswered(compose(evening.dialogue)) == ()


def test_when_nobody_pressed_that_the_answer_begins_no_heard_word_stands_as_an_answer():
    evening = play(
        *CALLED, do.StartRecording("hall"), heard(1, "cầu hỏng ba năm rồi"), heard(2, "tháng sáu xong"), ANSWERED
    )
    assert texts(evening)["q1.answer"] == UNANSWERED
    assert texts(evening)["q1.question"].endswith("Trình bày tại hội trường: cầu hỏng ba năm rồi tháng sáu xong")
    assert unanswered(compose(evening.dialogue)) == (1,)
    answer = max(evening.dialogue.lines)
    evening.play(do.AttributeLine(answer, Role.CHAIR, "", 1))
    assert texts(evening)["q1.answer"] == "Chủ tọa: tháng sáu xong"
    assert unanswered(compose(evening.dialogue)) == ()


def test_words_of_nobody_knows_whom_are_kept_and_are_no_answer():
    evening = play(*CALLED, do.WriteLine("Tháng sáu xong."), do.WriteLine("Xin cảm ơn.", Role.HOST), ANSWERED)
    assert texts(evening)["q1.answer"].split("\n") == [
        UNANSWERED,
        "Chưa rõ ai nói: Tháng sáu xong.",
        "Dẫn chương trình: Xin cảm ơn.",
    ]


def test_what_the_secretary_writes_is_the_answer():
    evening = play(*CALLED, ASKED_ALOUD, ANSWERED, do.EditMinutes("q1.answer", "Chủ tọa: Tháng sáu.", 0))
    assert unanswered(compose(evening.dialogue)) == (1,)
    assert unanswered(blocks(evening.dialogue)) == ()


def test_a_question_that_was_never_called_or_goes_elsewhere_misses_no_answer():
    evening = play(*OPENED, do.Ask("Bao giờ?"), do.Approve(1))
    evening.play(do.GiveOutcome(1, Outcome.FORWARDED_UP, agency="UBND tỉnh", note="Đường của tỉnh"))
    assert texts(evening)["q1.answer"] == ""
    assert texts(evening)["q1.outcome"] == "Vượt thẩm quyền, chuyển cấp trên. Cơ quan: UBND tỉnh. Đường của tỉnh."
    assert unanswered(compose(evening.dialogue)) == ()


@pytest.mark.parametrize(
    "channel, where",
    [
        (Channel.HALL_MIC, "tại hội trường"),
        (Channel.VOICE, "trực tuyến"),
        (Channel.SITE, "tại điểm cầu"),
    ],
)
def test_where_the_asker_spoke_is_told_and_never_under_a_name_they_did_not_agree_to(channel, where):
    asked = (CLERK, do.Ask("Giá nước?", channel=Channel.HALL_CARD, name="Lò Văn Inh"))
    dialogue = play(*OPENED, asked, do.Approve(1), do.CallNext(), ASKED_ALOUD).dialogue
    dialogue = dialogue.with_question(replace(dialogue.questions[1], channel=channel))
    written = {block.key: str(block.text) for block in compose(dialogue)}
    assert written["q1.question"] == f"Giá nước?\nTrình bày {where}: Cầu hỏng ba năm rồi."
    assert "Lò Văn Inh" not in "".join(written.values())


def test_a_question_read_out_as_it_was_written_is_not_told_twice():
    evening = play(*CALLED, do.WriteLine("Bao giờ sửa cầu?", Role.CITIZEN), ANSWERED)
    assert texts(evening)["q1.question"] == "Bao giờ sửa cầu?"


def test_what_was_taken_out_of_a_question_does_not_come_back_by_what_was_said():
    evening = play(*CALLED, do.WriteLine("Số điện thoại của tôi là số ấy.", Role.CITIZEN), ANSWERED)
    evening.play(do.Edit(1, "Bao giờ sửa cầu?", evening.dialogue.questions[1].revision, redacted=True))
    assert "số ấy" not in texts(evening)["q1.question"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(Role), st.text("abc", min_size=1, max_size=3)), max_size=8))
def test_every_word_stands_once_and_the_asker_s_only_with_the_question(lines):
    evening = play(*CALLED, *(do.WriteLine(f"<{n}{text}>", role) for n, (role, text) in enumerate(lines)), ANSWERED)
    written = texts(evening)
    for n, (role, text) in enumerate(lines):
        word = f"<{n}{text}>"
        where = [key for key, block in written.items() if word in block]
        assert where == ["q1.question" if role is Role.CITIZEN else "q1.answer"]


def test_minutes_that_were_signed_before_keep_every_word():
    evening = play(*CALLED, ASKED_ALOUD, ANSWERED, *CLOSED)
    old = {"q1.answer": Sealed("Cầu hỏng ba năm rồi."), "q1.question": Sealed("Bao giờ sửa cầu?")}
    before = tuple((block.key, old.get(block.key, block.text)) for block in blocks(evening.dialogue))
    fact = MinutesSigned(Signatory.SECRETARY, Sealed("Vũ Ngọc Mai"), before)
    signed = Entry(evening.dialogue.n + 1, evening.now, SECRETARY.id, fact)
    frozen = evening.dialogue.apply(signed)
    assert tuple((block.key, block.text) for block in blocks(frozen)) == before
