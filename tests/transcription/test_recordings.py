import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transcription import pieces, recordings
from transcription.manifest import Span
from transcription.pieces import duration, piece_path, read
from transcription.problems import BadPosition, BadSound
from transcription.recordings import Recording

SHORT_PIECE = 37  # a minute in real life; short, so that every append crosses an edge now and then


@pytest.fixture
def short_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", SHORT_PIECE)
    monkeypatch.setattr(recordings, "PIECE", SHORT_PIECE)


class Model:
    """What a recording must be: a row of samples, and which of them never came."""

    def __init__(self):
        self.samples: list[bytes] = []
        self.gap: list[bool] = []

    def append(self, position, pcm):
        came = [pcm[at : at + 2] for at in range(0, len(pcm), 2)]
        missing = max(0, position - len(self.samples))
        self.samples += [b"\0\0"] * missing
        self.gap += [True] * missing
        new = came[len(self.samples) - position :]
        self.samples += new
        self.gap += [False] * len(new)

    def truncate(self, samples):
        del self.samples[samples:], self.gap[samples:]


STEP = st.one_of(
    st.tuples(st.just("append"), st.integers(-60, 60), st.binary(max_size=200)),
    st.tuples(st.just("reopen"), st.just(0), st.just(b"")),
    st.tuples(st.just("cut"), st.integers(0, 90), st.just(b"")),
    st.tuples(st.just("flush"), st.just(0), st.just(b"")),
)


@given(st.lists(STEP, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_sequence_of_appends_repeats_jumps_and_crashes_leaves_what_was_sent(short_pieces, tmp_path_factory, steps):
    directory = tmp_path_factory.mktemp("hall")
    recording, model = Recording(directory), Model()
    for kind, number, sound in steps:
        if kind == "append":
            pcm, position = sound[: len(sound) // 2 * 2], max(0, len(model.samples) + number)
            model.append(position, pcm)
            assert recording.append(position, pcm) == len(model.samples)
        elif kind == "flush":
            recording.sync()
        elif kind == "reopen":
            recording.close()
            recording = Recording(directory)
        elif recording.pieces:
            recording.close()
            last = recording.pieces[-1]
            left = max(0, last.path.stat().st_size - number)  # a crash may cut anywhere, also within a sample
            os.truncate(last.path, left)
            model.truncate(last.start + left // 2)
            recording = Recording(directory)
        assert recording.have == len(model.samples) == duration(directory)
    assert read(directory, 0, recording.have) == b"".join(model.samples)
    told = [any(start <= at < end for start, end in recording.gaps) for at in range(recording.have)]
    assert told == model.gap
    assert Recording(directory).gaps == recording.gaps


@given(st.integers(0, 120), st.integers(0, 120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_stretch_can_be_read(short_pieces, tmp_path_factory, start, count):
    directory = tmp_path_factory.mktemp("hall")
    pcm = bytes(range(240))
    Recording(directory).append(0, pcm)
    if start + count <= 120:
        assert read(directory, start, count) == pcm[start * 2 : (start + count) * 2]
    else:
        with pytest.raises(BadSound, match="thiếu âm thanh"):
            read(directory, start, count)


def test_half_a_sample_is_refused_and_changes_nothing(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, b"abcd")
    with pytest.raises(BadSound, match="lẻ một byte"):
        recording.append(2, b"xyz")
    assert recording.have == 2


@pytest.mark.parametrize("position", [-1, 10**12])
def test_a_position_that_cannot_be_right_is_refused_and_says_where_to_go_on(tmp_path, position):
    recording = Recording(tmp_path)
    recording.append(0, bytes(14))
    with pytest.raises(BadPosition, match="đang có 7 mẫu"):
        recording.append(position, b"ab")
    assert recording.have == 7


def test_pieces_are_minutes_and_the_byte_of_a_sample_is_known_without_reading(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, bytes(2 * 960_000) + b"ab" + bytes(100))
    assert [piece.path.name for piece in recording.pieces] == ["000000.pcm", "000001.pcm"]
    assert [(piece.start, piece.end) for piece in recording.pieces] == [(0, 960_000), (960_000, 960_051)]
    assert recording.read(960_000, 1) == b"ab"
    assert recording.duration == pytest.approx(60.0032, abs=1e-4)


def test_a_gap_over_whole_minutes_is_silence_in_place(tmp_path):
    recording = Recording(tmp_path)
    recording.append(0, b"ab")
    recording.append(3_000_000, b"cd")
    assert recording.gaps == [(1, 3_000_000)]
    assert recording.have == 3_000_001
    assert recording.read(3_000_000, 1) == b"cd"
    assert recording.read(1_500_000, 2) == bytes(4)


def test_a_piece_lost_in_the_middle_becomes_a_gap_and_moves_nothing(tmp_path, short_pieces):
    recording = Recording(tmp_path)
    pcm = os.urandom(2 * 4 * SHORT_PIECE + 10)
    recording.append(0, pcm)
    recording.close()
    piece_path(tmp_path, 1).unlink()
    os.truncate(piece_path(tmp_path, 2), 11)
    found = Recording(tmp_path)
    assert found.have == recording.have
    assert found.gaps == [(SHORT_PIECE, 2 * SHORT_PIECE), (2 * SHORT_PIECE + 5, 3 * SHORT_PIECE)]
    assert found.read(3 * SHORT_PIECE, 1) == pcm[6 * SHORT_PIECE :][:2]
    assert found.read(0, SHORT_PIECE) == pcm[: 2 * SHORT_PIECE]


def test_pauses_and_resumptions_map_samples_to_the_wall_clock(tmp_path):
    recording = Recording(tmp_path)
    recording.resume(1_000)
    recording.append(0, bytes(200))
    recording.pause(8_000)
    recording.resume(60_000)
    recording.append(100, bytes(20))
    expected = [Span(0, 100, 1_000), Span(100, None, 60_000)]
    assert recording.spans == expected
    assert recording.gaps == []
    recording.close()
    assert Recording(tmp_path).spans == expected


def test_sound_lost_before_a_crash_takes_its_pauses_with_it(tmp_path):
    recording = Recording(tmp_path)
    recording.resume(1_000)
    recording.append(0, bytes(200))
    recording.pause(8_000)
    recording.close()
    os.truncate(piece_path(tmp_path, 0), 120)
    assert Recording(tmp_path).spans == [Span(0, 60, 1_000)]


def test_a_manifest_line_cut_short_is_not_told_and_does_not_spoil_the_next(tmp_path):
    recording = Recording(tmp_path)
    recording.append(10, b"ab")
    recording.close()
    with (tmp_path / "manifest.jsonl").open("ab") as file:
        file.write(b'{"gap":[11,')
    found = Recording(tmp_path)
    found.append(20, b"cd")
    assert found.gaps == [(0, 10), (11, 20)]
    assert Recording(tmp_path).gaps == [(0, 10), (11, 20)]


def test_a_line_of_a_later_version_is_passed_over(tmp_path):
    (tmp_path / "manifest.jsonl").write_text('{"mood":"bright"}\n{"gap":[0,5]}\n')
    piece_path(tmp_path, 0).write_bytes(bytes(20))
    assert Recording(tmp_path).gaps == [(0, 5)]


def test_sound_is_on_disk_before_append_answers(tmp_path: Path):
    recording = Recording(tmp_path)
    recording.append(0, b"abcdef")
    assert piece_path(tmp_path, 0).read_bytes() == b"abcdef"  # nothing waits in this process's memory
