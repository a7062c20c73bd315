"""The command that records a stream, run beside a server, and what came of it: on the server's disk and put by."""

import asyncio
import wave
from collections.abc import Callable
from pathlib import Path
from random import Random

from typer.testing import CliRunner, Result

from server import clock
from server.cli import app
from server.doors.identity import hash_password
from server.rooms.ears import sound_directory
from tests.serving import Served
from tests.waiting import until
from transcription.recordings import Recording

Opened = Callable[[bool], None]
RIGHT = "một mật khẩu dài"
SOUND = Random(1).randbytes(2 * 80_000)


def somebody_who_records(served: Served) -> None:
    """An account of the secretary's, with a password."""
    hashed = asyncio.run(hash_password(RIGHT))
    served.run(served.parts.people.add_staff("ghi", "Người Ghi", hashed, frozenset({"secretary"}), clock.now()))


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
