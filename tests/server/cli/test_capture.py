"""A stream becomes a source of a dialogue, and survives servers that go, sessions that end and other recorders."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from websockets.sync.client import ClientConnection, connect

from server import clock
from server.cli import app
from server.doors import access
from server.doors.identity import hash_password
from server.doors.sound import POSITION
from server.rooms.ears import Ear, sound_directory
from tests.cast import MODERATOR
from tests.serving import Served
from tests.transcription.streams import Station, on_air
from tests.transcription.test_inputs import wav
from tests.visitors import open_dialogue, staff_cookie
from tests.waiting import until, until_async
from transcription.problems import BadSound, DiskFull
from transcription.recordings import Recording

Opened = Callable[[bool], None]
ROOT = Path(__file__).parents[3]
RIGHT = "một mật khẩu dài"
SOUND = random.Random(1).randbytes(2 * 80_000)


def somebody_who_records(served: Served) -> None:
    """An account of the secretary's, with a password."""
    hashed = asyncio.run(hash_password(RIGHT))
    served.run(served.parts.people.add_staff("ghi", "Người Ghi", hashed, frozenset({"secretary"}), clock.now()))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with an open dialogue and somebody who may record."""
    with Served(tmp_path / "data") as served:
        open_dialogue(served)
        somebody_who_records(served)
        yield served


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tries come soon, and what could not be sent is put by in a folder of the test."""
    monkeypatch.setattr("server.cli.capture.REST", 0.3)  # longer than what a gap is told by
    monkeypatch.setattr("server.cli.lasting.REST", 0.05)
    monkeypatch.chdir(tmp_path)


def capture(served: Served, address: str, password: str = RIGHT, code: str = "TEST01") -> Result:
    words = ["capture", code, address, "--login", "ghi", "--url", served.url]
    return CliRunner().invoke(app, words, input=f"{password}\n")


def recorded(served: Served) -> Recording:
    return Recording(sound_directory(served.settings.data_dir, "TEST01", "hall"))


def sound_file(path: Path, pcm: bytes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(pcm)


def put_by() -> Path:
    [path] = Path().glob("doithoai-*-hall-*.wav")
    return path


def sound_of(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        return bytes(file.readframes(file.getnframes()))


def on_disk(served: Served, samples: int = 1) -> None:
    listening = served.parts.listening
    until(lambda: any(ear.recording.have >= samples for ear in listening.ears), "the first sound to be on disk", 60)


async def goodbye(served: Served) -> None:
    [ear] = served.parts.listening.ears
    assert ear.microphone
    await ear.microphone.come_back()


async def another(served: Served) -> Ear:
    """Another computer records the source, as soon as the line of the command is cut in its favour."""
    listening, room = served.parts.listening, served.parts.rooms.opened_room("TEST01")
    assert room is not None
    while not isinstance(ear := await listening.begin(room, "hall", MODERATOR), Ear):
        await until_async(
            lambda: listening.ears[0].microphone or not listening.ears[0].connected, "the line to be open"
        )
        if listening.ears[0].microphone is not None:
            await goodbye(served)
        await until_async(lambda: not listening.ears[0].connected, "the line to be cut")
    return ear


@contextmanager
def second_page(served: Served) -> Iterator[ClientConnection]:
    """Somebody else's page, which takes the source over and has begun."""
    headers = {"Origin": served.url, "Cookie": staff_cookie(served, "secretary", login="khac")}
    with connect(f"ws://127.0.0.1:{served.port}/d/TEST01/sound/hall", additional_headers=headers) as page:
        page.send('{"start":1,"rate":16000,"take_over":true}')
        assert "have" in json.loads(page.recv(timeout=10))
        yield page


async def sessions_end(served: Served) -> None:
    """As by a new password, which is the old one here."""
    people = served.parts.people
    hashed = await hash_password(RIGHT)
    await people.set_password("ghi", hashed, clock.now())
    [person] = [one for one in await people.all_staff() if one.login == "ghi"]
    access.close_live_pages(served.parts.rooms, person)


class Said:
    """What the command says while it runs."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str, **_: bool) -> None:
        self.lines.append(line)

    def heard(self, words: str) -> bool:
        return any(words in line for line in self.lines)


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
def test_a_session_that_ended_is_begun_again_once(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        served.run(sessions_end(served))
        yield SOUND[64_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    assert recorded(served).read(0, recorded(served).have) == SOUND


@pytest.mark.slow
def test_an_account_that_was_locked_ends_it_and_what_was_not_sent_lies_in_a_file(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        served.run(served.parts.people.disable("ghi", clock.now()))
        served.run(sessions_end(served))
        yield SOUND[64_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 1
    assert "/sign-in" in result.output
    there = recorded(served).read(0, recorded(served).have)
    assert there + sound_of(put_by()) == SOUND


@pytest.mark.slow
def test_a_source_that_another_computer_records_is_refused_at_the_start(served: Served) -> None:
    sound_file(Path("a.wav"), SOUND)
    assert isinstance(served.run(another(served)), Ear)
    result = capture(served, "a.wav")
    assert result.exit_code == 1
    assert SOUND.startswith(sound_of(put_by()).rstrip(b"\0"))  # what was read until then


@pytest.mark.slow
def test_what_another_computer_recorded_meanwhile_costs_none_of_our_own_sound(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = random.Random(9).randbytes(2 * 48_000)
    monkeypatch.setattr("server.cli.lasting.typer.echo", said := Said())

    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        ear = served.run(another(served))
        yield SOUND[64_000:100_000]
        served.run(served.parts.listening.take(ear, ear.recording.have, theirs))
        until(lambda: said.heard("đang được thu"), "the command to be told that the source is taken")
        served.run(served.parts.listening.stop(ear, MODERATOR))
        yield SOUND[100_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    there = recorded(served).read(0, recorded(served).have)
    before, _, after = there.partition(theirs)
    assert before + after == SOUND
    assert len(before) >= 32_000
    assert len(there) == len(theirs) + len(SOUND)


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


@pytest.mark.slow
def test_another_computer_that_takes_over_ends_hearing_and_the_rest_is_sent_behind(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.cli.lasting.typer.echo", said := Said())
    theirs = random.Random(9).randbytes(2 * 16_000)

    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served, 32_000)
        with second_page(served) as page:
            until(lambda: said.heard("Máy khác đã nhận thu"), "the command to be told that the source is taken")
            page.send(POSITION.pack(32_000) + theirs)
            page.send('{"stop":1}')
            list(page)
        yield SOUND[64_000:96_000]
        yield b"heard by nobody"

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    there = recorded(served).read(0, recorded(served).have)
    assert there == SOUND[:64_000] + theirs + SOUND[64_000:96_000]


def test_a_source_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    from transcription.inputs import listen

    with pytest.raises(BadSound, match="hãy kiểm tra dây"):
        list(listen(str(tmp_path / "none.wav")))
