"""Whatever bad sound comes in: a sentence, a number, nothing lost, and the recogniser and the room go on as before."""

import errno
import json
import os
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from live.entries import SoundLost
from server import clock
from server.rooms import given_files
from server.rooms.room import Room
from tests.server.doors.test_files import Giver, silent_film, tone, wav
from tests.server.doors.test_sound import Microphone, on_disk
from tests.serving import Served
from tests.transcription.brought import NEW_MODEL, lay
from tests.transcription.scripted import speech
from tests.visitors import browser, staff_cookie
from tests.waiting import until

FIRST, SECOND = speech([(1, 8_000), (0, 4_000)]), speech([(2, 8_000), (0, 4_000)])
"""The words "w1" and "w2", as the engine of this test hears them."""
HALF = len(FIRST) // 2
Act = Callable[[Microphone, pytest.MonkeyPatch], None]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with a real worker process around an engine whose words are written in the sound."""
    model = lay(tmp_path / "vosk-model-small-vn-0.4", NEW_MODEL)
    with Served(tmp_path / "data", model=str(model)) as served:
        recogniser = served.parts.listening._recogniser
        assert recogniser
        recogniser._command = (sys.executable, "-m", "tests.transcription.scripted_worker", str(model))
        yield served


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


def heard(room: Room) -> list[str]:
    return [line.segment.raw.text or "" for line in room.dialogue.lines.values() if line.segment]


def words_come(room: Room, *wanted: str) -> None:
    until(lambda: " ".join(heard(room)).split() == list(wanted), f"{wanted} to be heard", 30)


def counted(served: Served, name: str) -> float:
    with browser(served) as monitor:
        rows = monitor.get("/metrics").text.splitlines()
    return next((float(row.rpartition(" ")[2]) for row in rows if row.startswith(f"{name} ")), 0.0)


def worker(served: Served) -> int | None:
    recogniser = served.parts.listening._recogniser
    return recogniser.worker_pid if recogniser else None


def raw(content: bytes | str) -> Act:
    return lambda microphone, _: microphone.socket.send(content)


def at(position: int, pcm: bytes = SECOND) -> Act:
    return raw(struct.pack("<Q", position) + pcm)


def on_a_disk(code: int) -> Act:
    """Good sound, while the disk takes three bytes of it and then no more, once."""

    def send(microphone: Microphone, monkeypatch: pytest.MonkeyPatch) -> None:
        real, calls = os.pwrite, iter([False, True])

        def pwrite(file: int, pcm: bytes, offset: int) -> int:
            if (fails := next(calls, None)) is None:
                return real(file, pcm, offset)
            if fails:
                raise OSError(code, os.strerror(code))
            return real(file, pcm[:3], offset)

        monkeypatch.setattr(os, "pwrite", pwrite)
        at(HALF)(microphone, monkeypatch)

    return send


BAD: dict[str, tuple[str, Act]] = {
    "an empty frame": ("frame", raw(b"")),
    "a frame without a sample": ("frame", at(HALF, b"")),
    "a frame cut in its position": ("frame", raw(b"\x01\x02\x03")),
    "a gigantic frame": ("frame", at(HALF, bytes(70_000))),
    "half a sample": ("BadSound", at(HALF, b"abc")),
    "a position beyond every evening": ("BadPosition", at(2**63)),
    "a position a day ahead": ("BadPosition", at(24 * 3600 * 16_000)),
    "a full disk": ("DiskFull", on_a_disk(errno.ENOSPC)),
    "a dead disk": ("CannotWrite", on_a_disk(errno.EIO)),
}


@pytest.mark.slow
@pytest.mark.parametrize("why, act", BAD.values(), ids=BAD)
def test_what_cannot_be_taken_is_a_sentence_and_a_number_and_costs_nothing(
    served: Served, room: Room, cookie: str, why: str, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start(line="a")
        microphone.send(0, FIRST)
        words_come(room, "w1")
        before = worker(served)
        act(microphone, monkeypatch)
        refused = microphone.answer()
        assert refused["refused"] == "sound"
        assert refused["vi"].endswith(".")
        assert refused["en"].endswith(".")
        with pytest.raises(ConnectionClosed):
            microphone.answer()
    assert counted(served, f'doithoai_sound_refusals{{why="{why}"}}') == 1
    assert on_disk(served) == FIRST
    with Microphone(served, cookie) as microphone:
        assert microphone.start(line="a")["have"] == HALF
        microphone.send(HALF, SECOND)
        words_come(room, "w1", "w2")
    assert on_disk(served) == FIRST + SECOND
    assert (worker(served), served.parts.listening.lives) == (before, 1)


FIRST_WORDS = {
    "none": "hello",
    "bytes": b"\x00" * 12,
    "a number in quotes": json.dumps({"start": 1, "rate": "16000"}),
    **{f"{rate} Hz": json.dumps({"start": 1, "rate": rate}) for rate in (0, -1, 8_000, 12_345.6, 44_100, 10**12)},
}


@pytest.mark.parametrize("said", FIRST_WORDS.values(), ids=FIRST_WORDS)
def test_a_microphone_that_begins_wrongly_is_told_and_no_source_is_made(
    served: Served, room: Room, cookie: str, said: str | bytes
) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.socket.send(said)
        assert microphone.answer()["refused"] == "rate"
    assert counted(served, 'doithoai_sound_refusals{why="rate"}') == 1
    assert not room.dialogue.sources


@pytest.mark.slow
def test_sound_that_comes_again_is_taken_once_and_a_jump_is_told_counted_and_heard_on(
    served: Served, room: Room, cookie: str
) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        for position in (0, 0, 4_000):
            assert microphone.send(position, FIRST[position * 2 :])["have"] == HALF
        assert microphone.send(HALF // 2, FIRST[HALF:] + SECOND)["have"] == 2 * HALF
        assert microphone.send(2 * HALF + 16_000, FIRST)["have"] == 3 * HALF + 16_000
        words_come(room, "w1", "w2", "w1")
    assert on_disk(served) == FIRST + SECOND + bytes(32_000) + FIRST
    assert counted(served, 'doithoai_sound_lost_seconds{dialogue="TEST01",source="hall"}') == 1
    _, entries = served.run(served.parts.rooms._journal.tail("TEST01", 0))
    lost = [entry.fact for entry in entries if isinstance(entry.fact, SoundLost)]
    assert [(fact.start, fact.end) for fact in lost] == [(2 * HALF, 2 * HALF + 16_000)]
    assert served.parts.listening.lives == 1


@pytest.mark.slow
@pytest.mark.parametrize("hours", [-3, 3])
def test_a_wall_clock_that_jumps_moves_no_sample(
    served: Served, room: Room, cookie: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.now
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0, FIRST)
        moved = real().timestamp() + hours * 3600
        monkeypatch.setattr("server.rooms.listening.time.time", lambda: moved)
        assert microphone.send(HALF, SECOND)["have"] == 2 * HALF
        microphone.socket.send('{"stop":1}')
        microphone.answer()
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(2 * HALF, FIRST)
        words_come(room, "w1", "w2", "w1")
    assert on_disk(served) == FIRST + SECOND + FIRST
    (ear,) = served.parts.listening.ears
    assert [(span.start, span.end) for span in ear.recording.spans] == [(0, 2 * HALF), (2 * HALF, None)]
    assert not ear.recording.gaps


def bad_files(folder: Path) -> dict[str, bytes]:
    """Files that hold no sound, whatever their name says."""
    return {
        "bài nói.mp3": b"%PDF-1.7\n" + bytes(5_000),
        "phim.mp4": silent_film(folder / "film.mp4"),
        "cụt.wav": b"RIFF\x00\x00\x00\x00WAVE",
    }


@pytest.mark.slow
def test_files_without_sound_are_told_counted_and_leave_the_recogniser_alone(
    served: Served, room: Room, cookie: str, tmp_path: Path
) -> None:
    giver = Giver(served, cookie)
    for number, (name, content) in enumerate(bad_files(tmp_path).items(), start=1):
        told = giver.give(content, name)
        assert told["stage"] == "failed"
        assert told["vi"].endswith(".")
        assert told["en"].endswith(".")
        assert counted(served, 'doithoai_given_files{end="failed"}') == number
    assert on_disk(served) == b""
    giver.give(wav(tone()))
    assert counted(served, 'doithoai_given_files{end="done"}') == 1
    giver.client.close()
    assert served.parts.listening.lives == 1


def test_a_disk_that_fills_up_while_a_file_comes_is_said_and_its_room_given_back(
    served: Served, room: Room, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver, content = Giver(served, cookie), wav(tone())
    given = giver.begin(content)
    assert giver.put(given, 0, content[:50_000]) == 200

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(given_files, "_append", full)
        assert giver.put(given, 50_000, content[50_000:]) == 409
    told = giver.state(given)
    assert (told["stage"], "đã đầy" in told["vi"], "still with you" in told["en"]) == ("failed", True, True)
    assert not list((served.settings.data_dir / "given").iterdir())
    assert counted(served, 'doithoai_given_files{end="failed"}') == 1
    assert giver.give(content)["stage"] == "done"
    giver.client.close()
    assert on_disk(served) == tone().tobytes()
