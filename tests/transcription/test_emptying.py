"""Sound that is wiped leaves silence in its place, whether it was compacted or not, and nothing of it elsewhere."""

import pytest

from transcription import pieces, recordings
from transcription.compacting import compact
from transcription.heard import Final
from transcription.problems import CannotWrite
from transcription.readings import begin, readings
from transcription.recordings import Recording

PIECE = 1_000
HEARD = b"\x01\x02" * (3 * PIECE + 400)


@pytest.fixture
def recording(monkeypatch, tmp_path):
    for module in (pieces, recordings):
        monkeypatch.setattr(module, "PIECE", PIECE)
    recording = Recording(tmp_path / "hall")
    recording.append(0, HEARD)
    recording.sync()
    return recording


def left(first: int, end: int) -> bytes:
    return HEARD[: first * 2] + bytes((end - first) * 2) + HEARD[end * 2 :]


@pytest.mark.parametrize("compacted", [0, 2 * PIECE, 3 * PIECE])
@pytest.mark.parametrize("first, end", [(0, 3_400), (0, 1), (500, 600), (500, 2_500), (1_000, 2_000), (3_100, 3_400)])
def test_silence_stands_in_its_place_and_every_other_sample_stays(recording, compacted, first, end):
    compact(recording.directory, compacted)
    recording.read(0, 3_400)
    recording.empty(first, end)
    assert recording.read(0, 3_400) == left(first, end)
    again = Recording(recording.directory)
    assert (again.have, again.read(0, 3_400), again.emptied) == (3_400, left(first, end), [(first, end)])
    compact(recording.directory, 3 * PIECE)
    assert again.read(0, 3_400) == left(first, end)
    assert again.append(3_400, HEARD[:200]) == 3_500


def test_what_came_in_later_at_the_same_place_is_not_wiped_again(recording):
    recording.empty(0, 3_400)
    with pieces.piece_path(recording.directory, 0).open("r+b") as file:
        file.write(b"\x05\x05")
    recording.empty(0, 3_400)
    assert recording.read(0, 1) == b"\x05\x05"


def test_a_disk_that_will_not_says_so_and_it_is_done_the_next_time(recording, monkeypatch):
    def fail(*_):
        raise OSError(5, "the disk is sick")

    with monkeypatch.context() as sick:
        sick.setattr("transcription.emptying.os.fsync", fail)
        with pytest.raises(CannotWrite):
            recording.empty(0, 500)
    assert recording.emptied == []
    recording.empty(0, 500)
    assert recording.read(0, 3_400) == left(0, 500)


def test_second_readings_of_it_alone_go_with_it(recording):
    for spans in ([(0, 900)], [(0, 900), (2_000, 3_000)], [(100, 400)]):
        reading = begin(recording.directory, "ko", "vosk", spans)
        reading.take(Final("hall", 1, 1, spans[0][0], spans[0][1], "thử máy"))
        for _ in spans:
            reading.span_read()
    recording.empty(0, 1_000)
    assert [reading.spans for reading in readings(recording.directory)] == [((0, 900), (2_000, 3_000))]
