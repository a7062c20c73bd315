import html
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transcription.captions import TimedLine, captions, srt, vtt

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)
LINES = st.lists(
    st.builds(
        lambda start, length, speaker, text: TimedLine(start, start + length, speaker, text),
        st.integers(0, 20_000_000),
        st.integers(0, 30_000),
        TEXT.map(lambda text: text[:20]),
        TEXT,
    ),
    max_size=5,
)
TIME = r"(\d\d):(\d\d):(\d\d)[.,](\d\d\d)"


@given(LINES)
def test_captions_fit_the_screen_and_share_the_time_of_their_line(lines):
    for line in lines:
        shown = list(captions([line]))
        assert all(1 <= len(caption.rows) <= 2 for caption in shown)
        assert all(len(row) <= 42 for caption in shown for row in caption.rows)
        if shown:
            assert shown[0].start_ms == line.start_ms
            assert shown[-1].end_ms == line.end_ms
            assert all(a.end_ms == b.start_ms for a, b in pairwise(shown))


@given(LINES)
def test_no_word_is_lost_between_captions(lines):
    for line in lines:
        shown = "".join("".join(row.split()) for caption in captions([line]) for row in caption.rows)
        speaker = " ".join(line.speaker.split())
        assert shown == "".join((f"{speaker}: {line.text}" if speaker else line.text).split())


@given(LINES)
def test_a_webvtt_file_can_be_read_back(lines):
    head, *blocks = re.split(r"\n\n", vtt(lines).rstrip("\n"))
    assert head == "WEBVTT"
    shown = list(captions(lines))
    assert len(blocks) == len(shown)
    for block, caption in zip(blocks, shown, strict=True):
        times, text = block.split("\n", 1)
        assert re.fullmatch(rf"{TIME} --> {TIME}", times)
        assert "-->" not in text
        parts = re.fullmatch(r"(?s)(?:<v ([^>]*)>)?(.*)", text)
        assert parts
        voice, said = parts.groups()
        assert html.unescape(voice or "") == caption.speaker
        assert "<" not in said
        assert html.unescape(said).split("\n") == list(caption.rows)


@given(LINES)
def test_an_srt_file_numbers_its_captions_and_holds_no_second_arrow(lines):
    text = srt(lines)
    assert len(re.findall(rf"(?m)^{TIME} --> {TIME}$", text)) == text.count("-->") == len(list(captions(lines)))


def test_an_evening_looks_like_this():
    lines = [
        TimedLine(
            0, 2_500, "Chị Mai", "Kính thưa ông chủ tịch, con đường ở thôn Đông & thôn Tây <hai năm> chưa làm xong."
        ),
        TimedLine(3_661_001, 3_662_000, "", "Xin mời."),
    ]
    assert (
        vtt(lines)
        == """WEBVTT

00:00:00.000 --> 00:00:02.357
<v Chị Mai>Chị Mai: Kính thưa ông chủ tịch, con đường
ở thôn Đông &amp; thôn Tây &lt;hai năm&gt; chưa làm

00:00:02.357 --> 00:00:02.500
<v Chị Mai>xong.

01:01:01.001 --> 01:01:02.000
Xin mời.
"""
    )
    assert srt(lines[1:]) == "1\n01:01:01,001 --> 01:01:02,000\nXin mời.\n"


def test_nothing_said_is_an_empty_file():
    assert srt([]) == ""
    assert vtt([]) == "WEBVTT\n"
