"""Words of sound that waited for the network: where they stand, whose they are, and who may read them."""

from datetime import timedelta

from live import commands as do
from live.transcript import SAMPLES_PER_SECOND
from tests.cast import ASKED, OPENED, Evening, play, seconds
from tests.live.test_transcript import captions

RECORDED = (*OPENED, do.StartRecording("hall"))


def late(evening: Evening, ago: float, start: float, text: str) -> do.Hear:
    """Words that lie there in the recording and were spoken so many seconds ago."""
    first = int(start * SAMPLES_PER_SECOND)
    spoken_at = evening.now - timedelta(seconds=ago)
    return do.Hear("hall", 1, first, first, first + SAMPLES_PER_SECOND, text, text, spoken_at=spoken_at)


def lines(evening: Evening) -> list[str]:
    return [str(line.text) for line in evening.dialogue.lines.values()]


def test_late_words_stand_where_they_were_spoken_and_not_at_the_end():
    evening = play(*RECORDED, do.WriteLine("Một"), seconds(30), do.WriteLine("Ba"))
    evening.play(late(evening, 20, 5, "Hai"), late(evening, 0, 30, "Bốn"))
    assert lines(evening) == ["Một", "Hai", "Ba", "Bốn"]
    assert captions(evening) == ["Một", "Hai", "Ba", "Bốn"]


def test_two_microphones_make_one_talk_in_the_order_in_which_it_was_spoken():
    evening = play(*RECORDED, do.StartRecording("chair"), seconds(60))
    evening.play(late(evening, 10, 0, "Hỏi"))
    answer = late(evening, 5, 0, "Đáp")
    evening.play(do.Hear("chair", 1, 1, answer.start, answer.end, "đáp", "Đáp", spoken_at=answer.spoken_at))
    evening.play(late(evening, 7, 3, "Hỏi thêm"))
    assert lines(evening) == ["Hỏi", "Hỏi thêm", "Đáp"]


def test_late_words_belong_to_the_question_that_had_the_floor_when_they_were_spoken():
    evening = play(*RECORDED, ASKED, do.Approve(1), seconds(60))
    evening.heard["hall"] = 10 * SAMPLES_PER_SECOND  # the network went after ten seconds
    evening.play(do.CallNext(), seconds(30))
    evening.play(late(evening, 40, 12, "Trước khi mời"), late(evening, 20, 32, "Sau khi mời"))
    assert [line.question for line in evening.dialogue.lines.values()] == [None, 1]


def test_words_on_time_belong_to_the_question_by_the_very_sample():
    evening = play(*RECORDED, ASKED, do.Approve(1), seconds(60))
    evening.heard["hall"] = 10 * SAMPLES_PER_SECOND
    evening.play(do.CallNext())
    evening.play(late(evening, 0.4, 10, "Vừa mời xong"))
    assert [line.question for line in evening.dialogue.lines.values()] == [1]


def test_what_was_said_in_private_stays_private_when_it_arrives_after_captions_are_shown_again():
    evening = play(*RECORDED, do.HideCaptions(), seconds(30))
    evening.heard["hall"] = 5 * SAMPLES_PER_SECOND  # the network went before the private matter
    evening.play(do.ShowCaptions(), seconds(10))
    evening.play(late(evening, 20, 10, "Việc riêng"), late(evening, 5, 30, "Việc chung"))
    assert captions(evening) == ["Việc chung"]
