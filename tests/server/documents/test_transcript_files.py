"""The transcript as files says what is missing, at its place."""

from live import commands as do
from server.documents.transcript_files import written
from tests.cast import minutes, play, seconds
from tests.live.test_transcript import RECORDED, heard

SECOND = 16_000
EVENING = play(
    *RECORDED, seconds(3), heard(0, 3, "Trước khi mất"), seconds(10), do.LoseSound("hall", 3 * SECOND, 13 * SECOND),
    seconds(3), heard(13, 16, "Sau khi mất"), do.SkipSound("hall", 1, 20 * SECOND, 27 * SECOND + 8_000),
    minutes(1), do.HideCaptions(), seconds(30), do.ShowCaptions(), do.WriteLine("Hết việc riêng"),
)  # fmt: skip


def test_plain_text_has_gaps_and_stopped_captions_among_the_lines() -> None:
    text = written(EVENING.dialogue, "txt", demo=False)
    rows = [row.partition("] ")[2] for row in text.split("\n") if row.startswith("[")]
    assert rows == [
        "Trước khi mất",
        "(hội trường: mất tiếng, 10,0 giây)",
        "Sau khi mất",
        "(hội trường: máy chưa nghe ra chữ, bản ghi có tiếng, 7,5 giây)",
        "(ngừng phụ đề công khai đến 07:31:46)",
        "Hết việc riêng",
    ]


def test_subtitles_have_the_gaps_of_sound_for_as_long_as_they_are() -> None:
    srt = written(EVENING.dialogue, "srt", demo=False)
    assert "00:00:03,000 --> 00:00:13,000\n(hội trường: mất tiếng, 10,0 giây)\n" in srt
    assert "00:00:20,000 --> 00:00:27,500\n(hội trường: máy chưa nghe ra chữ" in srt
    assert "phụ đề công khai" not in srt
    vtt = written(EVENING.dialogue, "vtt", demo=False)
    assert "00:00:03.000 --> 00:00:13.000\n(hội trường: mất tiếng, 10,0 giây)\n" in vtt
    starts = [line.partition(" --> ")[0] for line in vtt.split("\n") if " --> " in line]
    assert starts == sorted(starts)
