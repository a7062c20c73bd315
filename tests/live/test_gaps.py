"""What is missing stands at its place: among the lines, in the minutes; and what can be heard again says so."""

from datetime import timedelta

from live import commands as do
from live.compose import compose
from live.gaps import GapRow, in_order, passed_over
from live.seats import Audience
from live.secretary import DeskLine
from live.states import GapKind
from live.transcript import SAMPLES_PER_SECOND as SECOND
from live.views import view
from tests.cast import Evening, minutes, play, seconds
from tests.live.test_transcript import RECORDED, heard


def rows(evening: Evening) -> list[str]:
    """The desk's lines and gaps in their order."""
    regions = {region.name: region.items for region in view(evening.dialogue, Audience.SECRETARY)}
    things = [item.thing for item in regions["lines"]]
    return [
        thing.kind.value if isinstance(thing, GapRow) else thing.text
        for thing in things
        if isinstance(thing, GapRow | DeskLine)
    ]


def lost(first: float, last: float) -> do.LoseSound:
    return do.LoseSound("hall", int(first * SECOND), int(last * SECOND))


def test_lost_sound_stands_between_the_words_before_and_behind_it():
    evening = play(*RECORDED, seconds(2), heard(0, 2, "Trước"), seconds(10), lost(2, 12), seconds(3))
    evening.play(heard(12, 15, "Sau"))
    assert rows(evening) == ["Trước", "lost", "Sau"]
    (gap,) = evening.dialogue.gaps
    assert gap.at == evening.now - seconds(13)
    assert gap.until == evening.now - seconds(3)


def test_a_moment_that_is_known_counts_more_than_the_moment_of_the_news():
    evening = play(*RECORDED, do.WriteLine("Trước"), minutes(5))
    at = evening.now - minutes(4)
    evening.play(do.WriteLine("Sau"), do.LoseSound("hall", 0, SECOND, at))
    assert rows(evening) == ["Trước", "lost", "Sau"]


def test_stopped_captions_are_seen_by_whoever_reads_the_transcript_while_and_after_they_are():
    evening = play(*RECORDED, do.WriteLine("Trước"), seconds(5), do.HideCaptions(), seconds(5), do.WriteLine("Kín"))
    assert rows(evening) == ["Trước", "hidden", "Kín"]
    assert evening.dialogue.gaps[0].until is None
    evening.play(seconds(60), do.ShowCaptions(), do.HideCaptions())
    first, second = evening.dialogue.gaps
    assert first.until == evening.now
    assert second.until is None


def test_sound_that_was_passed_over_is_unread_until_somebody_takes_words_of_it():
    evening = play(*RECORDED, do.StartRun("hall", 1, "vosk", "vi", 0), do.SkipSound("hall", 1, 0, 20 * SECOND))
    assert passed_over(evening.dialogue, "hall") == [(0, 20 * SECOND)]
    assert evening.dialogue.sources["hall"].heard_to == 20 * SECOND, "a restart does not try it again"
    assert evening.play(do.SkipSound("hall", 1, 0, 20 * SECOND)).dialogue.gaps[1:] == ()
    evening.play(do.TakeReading("hall", 1, 3 * SECOND, 5 * SECOND, "thưa", "Thưa.", (), ()))
    assert passed_over(evening.dialogue, "hall") == []
    assert in_order(evening.dialogue)[0].kind is GapKind.SKIPPED


def test_the_minutes_tell_what_is_missing_and_say_nothing_when_nothing_is():
    evening = play(*RECORDED, seconds(30), lost(0.0, 0.5))
    assert "sound" not in {block.key for block in compose(evening.dialogue)}
    evening.play(timedelta(minutes=10), lost(10, 15), do.HideCaptions(), minutes(2), do.ShowCaptions())
    note = {block.key: str(block.text) for block in compose(evening.dialogue)}["sound"]
    assert note.split("\n") == [
        "- Bản ghi âm (hội trường) mất tiếng từ 07:40:25 đến 07:40:30.",
        "- Phụ đề công khai ngừng từ 07:40:30 đến 07:42:30.",
    ]
