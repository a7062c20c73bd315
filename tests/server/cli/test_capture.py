"""A stream becomes a source of a dialogue, and survives a server that goes away."""

import asyncio
import random
import wave
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.cli import app
from server.cli.capture import KEPT, Outgoing
from server.doors.identity import hash_password
from server.rooms.ears import sound_directory
from tests.serving import Served
from tests.transcription.streams import Station, on_air
from tests.transcription.test_inputs import wav
from tests.visitors import open_dialogue
from tests.waiting import until
from transcription.problems import BadSound
from transcription.recordings import Recording

RIGHT = "một mật khẩu dài"
SOUND = random.Random(1).randbytes(2 * 80_000)


def test_what_was_acknowledged_is_given_up_and_the_rest_is_sent_again() -> None:
    outgoing = Outgoing()
    outgoing.have(500)
    outgoing.put(SOUND[:64_000])
    assert outgoing.after(0) == (0, SOUND[:32_000])
    outgoing.have(500 + 16_000)
    assert outgoing.after(0) == (16_000, SOUND[32_000:64_000])
    outgoing.put(SOUND[:10], skipped=7)
    assert outgoing.after(16_001) == (32_007, SOUND[:10])


def test_a_server_that_stays_away_costs_the_oldest_sound_alone() -> None:
    outgoing = Outgoing()
    for _ in range(KEPT // 32_000 + 5):
        outgoing.put(bytes(32_000))
    assert len(outgoing.pieces) == KEPT // 32_000
    assert outgoing.pieces[0][0] == 5 * 16_000


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with an open dialogue and somebody who may record."""
    with Served(tmp_path / "data") as served:
        room = open_dialogue(served)
        hashed = asyncio.run(hash_password(RIGHT))
        assert room.dialogue.opened_at
        people = served.parts.people
        served.run(people.add_staff("ghi", "Người Ghi", hashed, frozenset({"secretary"}), room.dialogue.opened_at))
        yield served


def capture(served: Served, address: str, password: str) -> Result:
    words = ["capture", "TEST01", address, "--login", "ghi", "--url", served.url]
    return CliRunner().invoke(app, words, input=f"{password}\n")


def recorded(served: Served) -> Recording:
    return Recording(sound_directory(served.settings.data_dir, "TEST01", "hall"))


@pytest.mark.slow
def test_a_source_is_recorded_to_its_end_sample_by_sample(served: Served, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(SOUND)
    assert capture(served, str(tmp_path / "a.wav"), "sai").exit_code == 1
    result = capture(served, str(tmp_path / "a.wav"), RIGHT)
    assert result.exit_code == 0, result.output
    assert recorded(served).read(0, recorded(served).have) == SOUND


@pytest.mark.slow
def test_a_line_that_is_closed_and_a_source_that_breaks_off_cost_nothing_that_was_heard(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening, lives = served.parts.listening, count()

    async def goodbye() -> None:
        [ear] = listening.ears
        assert ear.microphone
        await ear.microphone.come_back()

    def listen(_address: str) -> Iterator[bytes]:
        if next(lives) == 0:
            yield SOUND[:40_000]
            until(lambda: any(ear.recording.have for ear in listening.ears), "the first sound to be on disk")
            served.run(goodbye())
            yield SOUND[40_000:100_000]
            raise BadSound("Mất tín hiệu.", "No signal.")
        yield SOUND[100_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    monkeypatch.setattr("server.cli.capture.REST", 0.05)
    result = capture(served, "rtsp://camera", RIGHT)
    assert result.exit_code == 0, result.output
    [(start, end)] = recorded(served).gaps
    assert start == 50_000
    assert recorded(served).read(0, start) == SOUND[:100_000]
    assert recorded(served).read(end, 30_000) == SOUND[100_000:]


@pytest.mark.slow
def test_a_live_station_that_breaks_off_is_heard_again_and_the_time_between_is_a_gap(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.cli.capture.REST", 0.05)
    with on_air(Station([wav(SOUND[:100_000], live=True), wav(SOUND[100_000:])], [True, False])) as station:
        result = capture(served, station.address, RIGHT)
    assert result.exit_code == 0, result.output
    assert "What was recorded is safe" in result.output
    [(start, end)] = recorded(served).gaps
    assert recorded(served).read(0, start) == SOUND[: start * 2]
    assert 45_000 < start <= 50_000  # FFmpeg gives up what it has of a block that was cut
    assert recorded(served).read(end, 30_000) == SOUND[100_000:]


def test_a_source_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    from transcription.inputs import listen

    with pytest.raises(BadSound, match="hãy kiểm tra dây"):
        list(listen(str(tmp_path / "none.wav")))
