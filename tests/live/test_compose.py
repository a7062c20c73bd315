"""The minutes that a journal writes by itself: one evening, and the text a secretary would expect of it."""

from datetime import UTC, date, datetime

import pytest

from live import commands as do
from live.compose import CHANNELS, OUTCOMES, compose, spoken_date, spoken_time
from live.states import Channel, Outcome, Part, RefusalReason, Role
from tests.cast import CLERK, CLOSED, HANH, OPENED, TUAN, WRITTEN, minutes, play

EVENING = (
    *OPENED,
    do.WriteLine("Kính thưa bà con.", Role.CHAIR),
    (TUAN, do.Ask("Bao giờ sửa cầu?")),
    (HANH, do.Ask("Giá nước sạch bao nhiêu?")),
    (CLERK, do.Ask("Đường thôn 3 ai làm?", channel=Channel.HALL_CARD)),
    (HANH, do.Ask("Cầu hỏng đã lâu.")),
    (HANH, do.Ask("Ai ăn cắp?")),
    do.Refuse(5, RefusalReason.INSULT, "Không nêu tên."),
    do.Merge(4, into=1),
    do.Approve(3, queue=False),
    do.Approve(2),
    do.Approve(1),
    minutes(5),
    do.CallNext(),
    do.StartClock(Part.ASKING),
    do.WriteLine("Tôi hỏi về giá nước.", Role.CITIZEN),
    do.WriteLine("Giá là 8.000 đồng.", Role.CHAIR),
    do.WriteLine("Nói nhầm.", Role.CHAIR),
    do.StrikeLine(22, 1),
    do.GiveOutcome(2, Outcome.ANSWERED),
    minutes(5),
    do.CallNext(),
    WRITTEN,
    do.GiveOutcome(3, Outcome.FORWARDED_UP, agency="UBND tỉnh", note="Đường do tỉnh quản lý."),
    do.NoteCommitment("Sửa xong cầu Ea Mô.", "Phòng Kinh tế", date(2026, 6, 30), 1),
    minutes(80),
    *CLOSED,
)

EXPECTED = """
superior: UBND tỉnh
agency: UBND xã Ea Mô
number: ……/BB-……
subject: Đối thoại với Nhân dân năm 2026
started: 07 giờ 30, ngày 05 tháng 3 năm 2026
place: Nhà văn hóa xã
attendees: Đại biểu và Nhân dân dự tại hội trường; 2 công dân gửi câu hỏi trực tuyến.
chair: Đỗ Minh Quang
secretary: Vũ Ngọc Mai
opening: Người tham dự được thông báo phiên đối thoại có ghi âm, ghi hình. | Chủ tọa: Kính thưa bà con.
counts: Tiếp nhận 5 ý kiến (phiếu tại hội trường: 1, trực tuyến: 4). Trả lời tại chỗ: 1; trả lời một phần: 0; \
trả lời bằng văn bản: 1; chuyển cấp trên: 1; gộp: 1; \
từ chối có lý do: 1 (lời lẽ xúc phạm: 1); chuyển thủ tục khác: 0; \
người hỏi rút lại: 0; còn chờ: 0.
q2.heading: 1. Trần Thị Hạnh, xã Ea Mô (trực tuyến; câu số 2)
q2.question: Giá nước sạch bao nhiêu? | Trình bày tại hội trường: Tôi hỏi về giá nước.
q2.answer: Chủ tọa: Giá là 8.000 đồng.
q2.outcome: Đã trả lời tại chỗ.
q1.heading: 2. Một công dân ở buôn Krông (trực tuyến; câu số 1)
q1.question: Bao giờ sửa cầu?
q1.answer:
q1.outcome: Trả lời bằng văn bản. Cơ quan: Phòng Kinh tế. Thời hạn: 30/06/2026.
q3.heading: 3. Một công dân (phiếu tại hội trường; câu số 3)
q3.question: Đường thôn 3 ai làm?
q3.answer:
q3.outcome: Vượt thẩm quyền, chuyển cấp trên. Cơ quan: UBND tỉnh. Đường do tỉnh quản lý.
commitments: 1. Sửa xong cầu Ea Mô. Cơ quan: Phòng Kinh tế. Thời hạn: 30/06/2026. Chưa đọc lại trước hội trường.
remarks:
conclusion:
ended: 09 giờ 00, ngày 05 tháng 3 năm 2026
recipients: - Như thành phần tham dự; | - Lưu: VT, Hồ sơ.
"""


def test_an_evening_writes_its_own_minutes():
    evening = play(*EVENING)
    (struck,) = [line for line in evening.dialogue.lines.values() if line.struck]
    assert str(struck.text) == "Nói nhầm."
    blocks = compose(evening.dialogue)
    assert "\n".join(f"{b.key}: {b.text}".replace("\n", " | ").rstrip() for b in blocks) == EXPECTED.strip()


def test_blocks_have_unique_keys_labels_for_the_secretary_and_kinds_the_document_knows():
    blocks = compose(play(*EVENING).dialogue)
    assert len({block.key for block in blocks}) == len(blocks)
    assert all(block.label for block in blocks)
    assert {block.kind for block in blocks} == {"field", "heading", "paragraph"}
    assert {block.question for block in blocks} == {None, 1, 2, 3}


def test_minutes_of_an_evening_that_has_not_begun_leave_room_for_what_is_not_known():
    blocks = {block.key: str(block.text) for block in compose(play().dialogue)}
    assert blocks["started"] == blocks["ended"] == "…… giờ ……, ngày …… tháng …… năm ……"
    assert blocks["commitments"] == "Không có nội dung cam kết riêng."


def test_what_is_being_answered_is_in_the_draft_and_the_citizen_s_words_stand_with_the_question():
    evening = play(
        *OPENED, (HANH, do.Ask("Bao giờ?")), do.Approve(1), do.CallNext(), do.WriteLine("Xin hỏi.", Role.CITIZEN)
    )
    blocks = {block.key: str(block.text) for block in compose(evening.dialogue)}
    assert (blocks["q1.outcome"], blocks["q1.answer"]) == ("Đang trả lời.", "")
    assert blocks["q1.question"] == "Bao giờ?\nTrình bày tại hội trường: Xin hỏi."


def test_what_is_said_outside_the_questions_opens_the_minutes_before_the_first_call_and_follows_them_after_it():
    evening = play(*OPENED, do.WriteLine("Kính thưa bà con.", Role.CHAIR), do.Ask("Bao giờ?"), do.Approve(1))
    opening = "Người tham dự được thông báo phiên đối thoại có ghi âm, ghi hình.\nChủ tọa: Kính thưa bà con."
    evening.play(
        minutes(1), do.CallNext(), do.WriteLine("Tôi xin hỏi.", Role.CITIZEN), do.GiveOutcome(1, Outcome.ANSWERED)
    )
    evening.play(minutes(1), do.WriteLine("Nói nhầm."), do.WriteLine("Cảm ơn bà con.", Role.CHAIR))
    strayed = next(line for line in evening.dialogue.lines.values() if str(line.text) == "Nói nhầm.")
    evening.play(do.StrikeLine(strayed.id, 1))
    blocks = {block.key: str(block.text) for block in compose(evening.dialogue)}
    assert (blocks["opening"], blocks["remarks"]) == (opening, "Chủ tọa: Cảm ơn bà con.")
    assert list(blocks)[-5:] == ["commitments", "remarks", "conclusion", "ended", "recipients"]


def test_somebody_who_agreed_to_be_named_and_gave_no_place_is_named_alone():
    evening = play(
        *OPENED, (CLERK, do.Ask("Giá nước?", name="Ông Bảy", publish_name=True)), do.Approve(1), do.CallNext()
    )
    blocks = {block.key: str(block.text) for block in compose(evening.dialogue)}
    assert blocks["q1.heading"] == "1. Ông Bảy (trực tuyến; câu số 1)"


@pytest.mark.parametrize(
    "day, words",
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_dates_are_written_as_decree_30_wants_them(day, words):
    assert spoken_date(day) == words


def test_times_are_those_of_vietnam():
    assert spoken_time(datetime(2026, 12, 31, 17, 5, tzinfo=UTC)) == "00 giờ 05, ngày 01 tháng 01 năm 2027"


def test_every_channel_and_every_outcome_has_its_words():
    assert set(CHANNELS) == set(Channel)
    assert set(OUTCOMES) == set(Outcome)
