"""A stream becomes a source of a dialogue, and survives servers that go, stations that break off and full disks."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.rules.tree import ROOT
from tests.server.cli.capture.recording import (
    RIGHT,
    SOUND,
    Opened,
    capture,
    goodbye,
    on_disk,
    put_by,
    recorded,
    sound_file,
    sound_of,
)
from tests.serving import Served
from tests.transcription.streams import Station, on_air
from tests.transcription.test_inputs import wav
from tests.waiting import until
from transcription.problems import BadSound, DiskFull
from transcription.recordings import Recording


@pytest.mark.slow
def test_a_source_is_recorded_to_its_end_sample_by_sample(served: Served, tmp_path: Path) -> None:
    sound_file(tmp_path / "a.wav", SOUND)
    assert capture(served, str(tmp_path / "a.wav"), "sai").exit_code == 1
    result = capture(served, str(tmp_path / "a.wav"))
    assert result.exit_code == 0, result.output
    assert recorded(served).read(0, recorded(served).have) == SOUND
    assert recorded(served).spoken_at(0) is None  # a file is read faster than anybody spoke: nobody knows when


@pytest.mark.slow
def test_a_line_that_is_closed_and_a_source_that_breaks_off_cost_nothing_that_was_heard(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = count()

    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        if next(lives) == 0:
            yield SOUND[:40_000]
            on_disk(served)
            served.run(goodbye(served))
            yield SOUND[40_000:100_000]
            raise BadSound("Mất tín hiệu.", "No signal.")
        yield SOUND[100_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "rtsp://camera")
    assert result.exit_code == 0, result.output
    [(start, end)] = recorded(served).gaps
    assert start == 51_200  # the edge of a gap is told by tenths of a second
    assert recorded(served).read(0, start) == SOUND[:100_000] + bytes(2_400)
    assert recorded(served).read(end, 30_000) == SOUND[100_000:]
    spoken = recorded(served).spoken_at(end)
    assert spoken is not None
    assert abs(spoken - time.time()) < 60


@pytest.mark.slow
def test_a_live_station_that_breaks_off_is_heard_again_and_the_time_between_is_a_gap(
    served: Served,
) -> None:
    with on_air(Station([wav(SOUND[:100_000], live=True), wav(SOUND[100_000:])], [True, False])) as station:
        result = capture(served, station.address)
    assert result.exit_code == 0, result.output
    assert "What was recorded is safe" in result.output
    [(start, end)] = recorded(served).gaps
    heard = recorded(served).read(0, start).rstrip(b"\0")
    assert SOUND.startswith(heard)
    assert 90_000 < len(heard) <= 100_000  # FFmpeg gives up what it has of a block that was cut
    assert recorded(served).read(end, 30_000) == SOUND[100_000:]


@pytest.mark.slow
def test_a_door_that_stays_shut_ends_the_command_with_a_sentence_and_puts_the_sound_by(served: Served) -> None:
    sound_file(Path("a.wav"), SOUND)
    result = capture(served, "a.wav", code="NOBODY")
    assert result.exit_code == 1
    assert "sai mã phiên" in result.output
    assert SOUND.startswith(sound_of(put_by()).rstrip(b"\0"))  # what was read until then
    assert capture(served, "a.wav", "sai").exit_code == 1


@pytest.mark.slow
def test_one_ctrl_c_sends_the_rest_and_stops_the_source(served: Served) -> None:
    words = [sys.executable, "-m", "server", "capture", "TEST01", "ADDRESS", "--login", "ghi", "--url", served.url]
    with on_air(Station([wav(SOUND, live=True)], [True])) as station:
        words[words.index("ADDRESS")] = station.address
        command = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        assert command.stdin
        command.stdin.write(f"{RIGHT}\n".encode())
        command.stdin.flush()
        on_disk(served, 64_000)
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=40)
    assert command.returncode == 0, said.decode()
    assert "Đang gửi nốt" in said.decode()
    room = served.parts.rooms.opened_room("TEST01")
    assert room is not None
    until(lambda: not room.dialogue.sources["hall"].recording, "the source to be stopped")
    heard = recorded(served).read(0, recorded(served).have).rstrip(b"\0")
    assert SOUND.startswith(heard)
    assert len(heard) > 128_000
    assert not list(Path().glob("doithoai-*.wav"))


@pytest.mark.slow
def test_a_full_disk_is_told_once_and_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    full = count()
    take = Recording.append

    def append(recording: Recording, position: int, pcm: bytes) -> int:
        if next(full) in range(1, 4):
            raise DiskFull("Ổ đĩa đã đầy.", "The disk is full.")
        return take(recording, position, pcm)

    monkeypatch.setattr(Recording, "append", append)
    sound_file(Path("a.wav"), SOUND)
    result = capture(served, "a.wav")
    assert result.exit_code == 0, result.output
    assert "The disk is full." in result.output
    assert recorded(served).read(0, recorded(served).have) == SOUND


def test_a_source_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    from transcription.inputs import listen

    with pytest.raises(BadSound, match="hãy kiểm tra dây"):
        list(listen(str(tmp_path / "none.wav")))
