"""Full pieces become FLAC and nothing is lost by it, wherever it is stopped."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription import flac, manifest, pieces
from transcription.compacting import compact
from transcription.flac import decoded, encoded
from transcription.problems import BadSound, CannotWrite
from transcription.recordings import Recording
from transcription.wav import wav_bytes


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch):
    """Pieces of a thousand samples."""
    pieces._compacted.cache_clear()
    for module in ("transcription.pieces", "transcription.recordings"):
        monkeypatch.setattr(f"{module}.PIECE", 1_000)


SOUND = random.Random(1).randbytes(2 * 3_500)


@pytest.fixture
def recording(tmp_path):
    made = Recording(tmp_path / "hall")
    made.append(0, SOUND)
    yield made
    made.close()


@given(st.binary(min_size=2, max_size=4_000).map(lambda raw: raw[: len(raw) // 2 * 2]))
@settings(deadline=None)
def test_flac_gives_every_sample_back(pcm):
    assert decoded(encoded(pcm)) == pcm


def test_full_pieces_are_compacted_and_every_sample_stays_in_its_place(recording):
    assert compact(recording.directory, recording.have) == 3
    assert sorted(path.suffix for path in recording.directory.glob("0*")) == [".flac"] * 3 + [".pcm"]
    assert recording.read(0, 3_500) == SOUND
    assert recording.read(990, 1_020) == SOUND[1_980:4_020]
    assert b"".join(wav_bytes(recording.directory, 3_500, 44 + 1_999, 44 + 4_500)) == SOUND[1_999:4_501]
    assert [(piece.start, piece.end) for piece in recording.pieces] == [
        (0, 1_000), (1_000, 2_000), (2_000, 3_000), (3_000, 3_500),
    ]  # fmt: skip
    assert compact(recording.directory, recording.have) == 0


def test_recording_goes_on_behind_compacted_pieces_also_after_a_restart(recording):
    compact(recording.directory, recording.have)
    recording.append(3_500, SOUND[:1_000])
    recording.close()
    compact(recording.directory, 4_000)
    anew = Recording(recording.directory)
    assert anew.have == 4_000
    anew.append(4_000, SOUND[:20])
    assert anew.read(0, 4_010) == SOUND + SOUND[:1_000] + SOUND[:20]
    anew.close()


def test_what_is_not_acknowledged_is_not_compacted(recording):
    assert compact(recording.directory, 1_999) == 1


@pytest.mark.faults
@pytest.mark.parametrize("step", ["flac.encoded", "flac.decoded", "compacting.manifest.write", "durable.sync"])
def test_stopped_anywhere_no_sample_is_lost_and_it_can_be_done_again(recording, monkeypatch, step):
    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(f"transcription.{step}", fail)
        with pytest.raises(CannotWrite, match="vẫn nguyên vẹn"):
            compact(recording.directory, recording.have)
    assert recording.read(0, 3_500) == SOUND
    assert Recording(recording.directory).have == 3_500
    assert compact(recording.directory, recording.have) == 3
    assert recording.read(0, 3_500) == SOUND


def test_an_encoder_that_errs_costs_nothing(recording, monkeypatch):
    monkeypatch.setattr(flac, "encoded", lambda pcm: encoded(bytes(len(pcm))))
    with pytest.raises(CannotWrite, match="other samples"):
        compact(recording.directory, recording.have)
    assert recording.read(0, 3_500) == SOUND


def test_a_compacted_piece_that_the_disk_damaged_is_told_and_not_played(recording):
    compact(recording.directory, recording.have)
    assert manifest.digest(recording.directory, 1)
    pieces.compacted_path(recording.directory, 1).write_bytes(encoded(SOUND[:2_000]))
    with pytest.raises(BadSound, match="đã hỏng"):
        recording.read(1_000, 10)
    assert recording.read(2_000, 10) == SOUND[4_000:4_020]
