"""Sound, what the machine heard of it, and which of it everybody may read at once."""

import pytest

from live import commands as do
from live.captioning import CAPTIONS
from live.compose import compose
from live.intakes import floor_at
from live.refusals import Code
from live.seats import Audience
from live.sights import Banner, Caption
from live.states import Outcome, Part, Role
from live.transcript import SAMPLES_PER_SECOND
from live.views import view
from tests.cast import ANNOUNCED, ASKED, MACHINE, OPENED, TUAN, Evening, play

RECORDED = (*OPENED, do.StartRecording("hall"))


def heard(start: float, end: float, text: str = "Kính thưa bà con", source: str = "hall") -> do.Hear:
    """Words between two seconds of a source."""
    first, last = int(start * SAMPLES_PER_SECOND), int(end * SAMPLES_PER_SECOND)
    return do.Hear(source, 1, first, first, last, text.lower(), text)


def at(evening: Evening, seconds: float, *commands: do.Command) -> Evening:
    """Send commands when so many seconds of the hall have been recorded."""
    evening.heard["hall"] = int(seconds * SAMPLES_PER_SECOND)
    return evening.play(*commands)


def captions(evening: Evening, audience: Audience = Audience.PHONE) -> list[str]:
    regions = {region.name: region.items for region in view(evening.dialogue, audience)}
    return [item.thing.text for item in regions["captions"] if isinstance(item.thing, Caption)]


def banner(evening: Evening) -> Banner:
    thing = view(evening.dialogue, Audience.PUBLIC)[0].items[0].thing
    assert isinstance(thing, Banner)
    return thing


def test_everybody_sees_that_sound_is_kept_until_it_is_not():
    evening = play(*OPENED)
    assert not banner(evening).recording
    assert banner(evening.play(do.StartRecording("hall"), do.StartRecording("chair"))).recording
    assert banner(evening.play(do.StopRecording("hall"))).recording, "the chair's microphone is still on"
    assert not banner(evening.play((MACHINE, do.StopRecording("chair")))).recording


def test_a_source_is_recorded_once_at_a_time_and_remembers_when_it_began():
    evening = play(*RECORDED)
    assert evening.refusal(do.StartRecording("hall")) is Code.ALREADY_RECORDING
    began = evening.now
    evening.play(do.StopRecording("hall"), do.StartRecording("hall"))
    assert evening.dialogue.sources["hall"].started_at == began
    assert evening.play(do.StopRecording("hall")).refusal(do.StopRecording("hall")) is Code.WRONG_STATE


@pytest.mark.parametrize("name", ["", "a b", "../hall", "hội-trường", "a" * 41])
def test_a_source_has_a_name_that_can_be_a_file(name):
    assert play(*ANNOUNCED).refusal(do.StartRecording(name)) is Code.NOT_FOUND


@pytest.mark.parametrize(
    "command",
    [
        do.LoseSound("roof", 0, 16_000),
        do.StartRun("roof", 1, "vosk", "vi", 0),
        do.EndRun("roof", 1, "stopped"),
        heard(0, 1, source="roof"),
        do.LoseSound("hall", 5, 5),
    ],
)
def test_what_the_machine_says_of_no_source_or_no_samples_is_refused(command):
    assert play(*RECORDED).refusal(command) is Code.NOT_FOUND


def test_a_gap_and_the_lives_of_a_recogniser_are_kept():
    evening = play(
        *RECORDED, do.StartRun("hall", 1, "vosk", "vi", 0), do.LoseSound("hall", 160, 320),
        do.EndRun("hall", 1, "killed"),
        do.StartRun("hall", 2, "vosk", "vi-large", 320), do.LoseSound("hall", 800, 801),
    )  # fmt: skip
    source = evening.dialogue.sources["hall"]
    assert (source.runs, source.engine, source.model, source.gaps) == (2, "vosk", "vi-large", ((160, 320), (800, 801)))


@pytest.mark.parametrize("second", [heard(0, 4), heard(1, 3), heard(2, 4, "Kính thưa ông bà")])
def test_words_told_twice_are_one_line(second):
    evening = play(*RECORDED, heard(0, 4))
    assert evening.send(second) == ()
    assert len(evening.dialogue.lines) == 1


def test_each_source_counts_for_itself_and_silence_is_no_line():
    evening = play(*RECORDED, do.StartRecording("chair"), heard(0, 4), heard(0, 4, source="chair"))
    assert len(evening.dialogue.lines) == 2
    assert evening.send(heard(4, 8, " \u200b")) == ()
    assert [line.segment.source for line in evening.dialogue.lines.values() if line.segment] == ["hall", "chair"]


def test_words_belong_to_the_question_that_was_on_the_floor_when_they_were_spoken():
    """Recognition is seconds behind: the stage may hold the next question already."""
    evening = play(*RECORDED, ASKED, (TUAN, do.Ask("Giá nước?")), do.Approve(1), do.Approve(2))
    at(evening, 10, do.CallNext())
    at(evening, 60, do.GiveOutcome(1, Outcome.ANSWERED))
    at(evening, 70, do.CallNext())
    at(evening, 90, do.ReturnToQueue(2))
    floor = [
        floor_at(evening.dialogue, "hall", second * SAMPLES_PER_SECOND)[0] for second in (0, 9, 10, 59, 60, 69, 70, 90)
    ]
    assert floor == [None, None, 1, 1, None, None, 2, None]
    evening.play(heard(5, 9), heard(20, 24), heard(62, 66), heard(75, 80))
    assert [line.question for line in evening.dialogue.lines.values()] == [None, 1, None, 2]


def test_a_microphone_that_was_off_when_a_question_was_called_still_finds_it():
    evening = at(play(*RECORDED, ASKED, do.Approve(1)), 10, do.CallNext())
    assert floor_at(evening.dialogue, "chair", 0) == (1, Role.CITIZEN)
    assert floor_at(play(*RECORDED).dialogue, "hall", 0) == (None, Role.UNKNOWN)


def test_who_spoke_is_told_by_the_sample_and_not_by_when_the_words_arrive():
    evening = at(play(*RECORDED, ASKED, do.Approve(1)), 10, do.CallNext())
    evening.play(do.StartClock(Part.ASKING))
    at(evening, 30, do.StartClock(Part.ANSWERING))
    at(evening, 60, do.GiveOutcome(1, Outcome.ANSWERED))
    evening.play(heard(12, 20), heard(31, 40), heard(61, 66))
    roles = [line.role for line in evening.dialogue.lines.values()]
    assert roles == [Role.CITIZEN, Role.CHAIR, Role.UNKNOWN]


@pytest.mark.parametrize(
    "clock, role",
    [((), Role.CITIZEN), ((Part.ASKING,), Role.CITIZEN), ((Part.ASKING, Part.ANSWERING), Role.CHAIR)],
)
def test_the_clock_says_who_speaks(clock, role):
    evening = at(play(*RECORDED, ASKED, do.Approve(1)), 10, do.CallNext(), *(do.StartClock(part) for part in clock))
    line = list(evening.play(heard(12, 15)).dialogue.lines.values())[-1]
    assert (line.question, line.role) == (1, role)


def test_between_questions_nobody_is_guessed_to_speak():
    assert [line.role for line in play(*RECORDED, heard(0, 4)).dialogue.lines.values()] == [Role.UNKNOWN]


@pytest.mark.parametrize("audience", [Audience.PHONE, Audience.STAGE])
def test_captions_are_the_last_lines_and_a_draft_until_somebody_read_them(audience):
    evening = play(*RECORDED, *(heard(n, n + 1, f"Câu {n}") for n in range(9)))
    assert captions(evening, audience) == [f"Câu {n}" for n in range(9 - CAPTIONS, 9)]
    last = max(evening.dialogue.lines)
    evening.play(do.EditLine(last, "Câu chín", 1))
    things = [item.thing for item in view(evening.dialogue, audience)[-1 if audience is Audience.STAGE else 2].items]
    assert [thing.draft for thing in things if isinstance(thing, Caption)] == [True] * 5 + [False]


def test_stopped_captions_are_gone_at_once_and_what_was_said_meanwhile_never_comes():
    evening = play(*RECORDED, heard(0, 4, "Trước"), do.HideCaptions())
    assert captions(evening) == []
    assert banner(evening).captions_hidden
    evening.play(heard(4, 8, "Chuyện riêng"))
    assert captions(evening) == []
    assert captions(evening.play(do.ShowCaptions())) == []
    assert captions(evening.play(heard(8, 12, "Sau"))) == ["Sau"]


def test_private_words_that_the_machine_hears_late_stay_off_captions():
    """Captions are back at second 30; words spoken at second 25 are recognised at second 33."""
    evening = at(play(*RECORDED), 20, do.HideCaptions())
    at(evening, 30, do.ShowCaptions())
    evening.play(heard(25, 29, "Chuyện riêng"), heard(29, 34, "còn dính chuyện riêng"), heard(34, 38, "Xin tiếp tục"))
    assert captions(evening) == ["Xin tiếp tục"]
    assert len(evening.dialogue.lines) == 3, "the record has them all"


def test_hiding_what_is_hidden_and_showing_what_is_shown_is_no_entry():
    evening = play(*RECORDED)
    assert evening.send(do.ShowCaptions()) == ()
    assert evening.play(do.HideCaptions()).send(do.HideCaptions()) == ()


def test_a_struck_line_leaves_captions_and_minutes_and_comes_back_restored():
    evening = play(*RECORDED, heard(0, 4, "Nói nhầm"))
    (number,) = evening.dialogue.lines

    def written() -> bool:
        return any("Nói nhầm" in str(block.text) for block in compose(evening.dialogue))

    assert captions(evening) == ["Nói nhầm"]
    assert written()
    evening.play(do.StrikeLine(number, 1))
    assert captions(evening) == []
    assert not written()
    evening.play(do.RestoreLine(number, 2))
    assert captions(evening) == ["Nói nhầm"]
    assert written()


def test_in_the_hall_a_new_question_begins_without_the_words_of_the_last():
    evening = at(play(*RECORDED, ASKED, (TUAN, do.Ask("Giá nước?")), do.Approve(1), do.Approve(2)), 10, do.CallNext())
    evening.play(heard(12, 20))
    assert (captioned(evening, Audience.STAGE), captioned(evening, Audience.PHONE)) == (1, 1)
    at(evening, 30, do.GiveOutcome(1, Outcome.ANSWERED))
    at(evening, 40, do.CallNext())
    assert (captioned(evening, Audience.STAGE), captioned(evening, Audience.PHONE)) == (0, 1)
    evening.play(heard(42, 50))
    assert (captioned(evening, Audience.STAGE), captioned(evening, Audience.PHONE)) == (1, 2)


def captioned(evening: Evening, audience: Audience) -> int:
    return next(len(region.items) for region in view(evening.dialogue, audience) if region.name == "captions")
