"""When samples were spoken, from marks that come now and then, and never all at once."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transcription.heard import SAMPLE_RATE
from transcription.recordings import Recording
from transcription.spoken import APART, LONGEST, Spoken

SECOND = SAMPLE_RATE


def test_before_anybody_has_said_it_nothing_is_known():
    assert Spoken().at(0) is None


@given(st.lists(st.tuples(st.integers(0, 3600 * SECOND), st.floats(-0.2, 0.2)), min_size=1))
def test_marks_of_one_pace_are_one_stretch_and_no_sample_is_off_by_more_than_they_are(marks):
    spoken = Spoken()
    began = [spoken.tell(place, 1_000 + place / SECOND + shaky, 0) for place, shaky in marks]
    assert began == [True, *[False] * (len(marks) - 1)]
    found = spoken.at(marks[0][0])
    assert found is not None
    assert abs(found - 1_000 - marks[0][0] / SECOND) <= 0.21


def test_sound_that_waited_was_spoken_when_it_was_spoken():
    spoken = Spoken()
    spoken.tell(10 * SECOND, 1_010, 0)
    # The network is cut for a minute; the mark that comes with the first frame after it is of a sample yet to come.
    assert not spoken.tell(70 * SECOND, 1_070, 10 * SECOND)
    assert spoken.at(30 * SECOND) == 1_030


def test_a_pause_begins_a_stretch_behind_what_is_on_disk():
    spoken = Spoken()
    spoken.tell(10 * SECOND, 1_010, 0)
    assert spoken.tell(10 * SECOND + 100, 2_000, 10 * SECOND)
    assert spoken.at(10 * SECOND - 1) == 1_010 - 1 / SECOND
    assert spoken.at(10 * SECOND + 100) == 2_000


def test_behind_a_sender_who_tells_no_time_nothing_is_known_until_somebody_does():
    spoken = Spoken()
    spoken.tell(0, 1_000, 0)
    spoken.quiet(5 * SECOND)
    assert spoken.at(4 * SECOND) == 1_004
    assert spoken.at(5 * SECOND) is None
    spoken.tell(6 * SECOND, 3_000, 5 * SECOND)
    assert spoken.at(5 * SECOND) == 2_999


def test_a_mark_says_nothing_of_another_day():
    spoken = Spoken()
    spoken.tell(0, 1_000, 0)
    assert spoken.at(LONGEST + 1) is None
    assert APART < 1


def test_a_recording_knows_it_after_a_restart(tmp_path: Path):
    recording = Recording(tmp_path)
    recording.sender()
    recording.caught(0, 1_000_000)
    recording.append(0, bytes(2 * SECOND))
    recording.caught(SECOND, 1_001_100)
    recording.close()
    assert Recording(tmp_path).spoken_at(SECOND // 2) == 1_000.5
