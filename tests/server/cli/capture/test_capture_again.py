"""A capture that is killed, and one whose camera goes away: the same command again brings what there was."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from tests.rules.tree import ROOT
from tests.server.cli.capture.recording import RIGHT, capture, on_disk, recorded, somebody_who_records
from tests.serving import Served
from tests.transcription.cameras import Camera, filming
from tests.transcription.streams import Station, on_air
from tests.transcription.test_inputs import wav
from tests.visitors import open_dialogue
from tests.waiting import until

SOUND = random.Random(6).randbytes(2 * 80_000)
MORE = random.Random(7).randbytes(2 * 32_000)
pytestmark = pytest.mark.slow


@contextmanager
def running(url: str, address: str, kept: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command, as somebody at the desk has it."""
    words = [sys.executable, "-m", "server", "capture", "TEST01", address, "--login", "ghi", "--url", url]
    environment = os.environ | {"DOITHOAI_DATA_DIR": str(kept)}
    command = subprocess.Popen(words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert command.stdin
    command.stdin.write(f"{RIGHT}\n".encode())
    command.stdin.flush()
    try:
        yield command
    finally:
        command.kill()
        command.communicate()


def test_what_was_heard_while_the_server_was_away_outlives_a_killed_capture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Served(tmp_path / "data") as before:
        open_dialogue(before)
        somebody_who_records(before)
    desk = tmp_path / "desk"
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(desk))

    def kept() -> int:
        return sum(path.stat().st_size for path in desk.glob("capture/*/*.pcm"))

    with on_air(Station([wav(SOUND, live=True), wav(MORE)], [True, False], silent=Event())) as station:
        with running(before.url, station.address, desk) as command:
            until(lambda: kept() > 100_000, "sound to be kept on the disk of the desk", 60)
            command.send_signal(signal.SIGKILL)
            command.wait()
        assert station.silent
        station.silent.set()
        with Served(tmp_path / "data", port=before.port) as served:
            result = capture(served, station.address)
            assert result.exit_code == 0, result.output
            assert "were not sent yet: they go first" in result.output
            there = recorded(served).read(0, recorded(served).have)
            spoken = recorded(served).spoken_at(0)
    heard, more = there[: -len(MORE)], there[-len(MORE) :]
    assert more == MORE
    assert len(heard) > 90_000
    assert heard == SOUND[: len(heard)]
    assert spoken is not None
    assert abs(spoken - time.time()) < 120
    assert list(desk.glob("capture/*")) == []


def test_a_camera_that_goes_and_comes_back_leaves_a_gap_and_all_that_it_sent(tmp_path: Path) -> None:
    with Served(tmp_path / "data") as served, filming(Camera([SOUND, MORE])) as camera:
        room = open_dialogue(served)
        somebody_who_records(served)
        with running(served.url, camera.address, tmp_path / "desk") as command:
            on_disk(served, 80_000)
            [ear] = served.parts.listening.ears
            until(lambda: any(ear.recording.have >= end + 32_000 for _, end in ear.recording.gaps), "all of it", 60)
            command.send_signal(signal.SIGINT)
            _, said = command.communicate(timeout=60)
        assert command.returncode == 0, said.decode()
        assert "What was recorded is safe" in said.decode()
        [(start, end)] = ear.recording.gaps
        assert ear.recording.read(0, start) == SOUND
        assert ear.recording.read(end, 32_000) == MORE
        assert room.dialogue.sources["hall"].gaps == ((start, end),)
