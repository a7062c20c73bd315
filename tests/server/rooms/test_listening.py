"""What becomes of recordings and words when microphones, recognisers and servers come and go. The words themselves are
tried with the real engine in tests/transcription and tests/journeys."""

import asyncio
from pathlib import Path

import pytest

from live import commands as do
from live.refusals import Refused
from server.rooms.ears import Ear
from server.rooms.listening import Listening
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Busy
from tests.cast import MACHINE, MODERATOR, SECRETARY
from tests.waiting import until_async

pytestmark = pytest.mark.anyio

TONE = bytes(range(200)) * 16


async def test_a_microphone_that_went_away_may_come_back_and_goes_on(rooms: Rooms, room: Room, tmp_path: Path) -> None:
    listening = Listening(rooms, tmp_path, None)
    ear = await listening.begin(room, "hall", SECRETARY)
    assert isinstance(ear, Ear)
    assert await listening.take(ear, 0, TONE) == 1600
    assert isinstance(await listening.begin(room, "hall", SECRETARY), Refused)
    listening.leave(ear)
    assert room.dialogue.sources["hall"].recording
    again = await listening.begin(room, "hall", SECRETARY)
    assert again is ear
    assert await listening.take(ear, 1600, TONE) == 3200
    assert rooms.heard[room.code] == {"hall": 3200}
    await listening.close()


async def test_a_microphone_that_stays_away_is_said_to_have_stopped(rooms: Rooms, room: Room, tmp_path: Path) -> None:
    listening = Listening(rooms, tmp_path, None, grace=0.02)
    ear = await listening.begin(room, "hall", SECRETARY)
    assert isinstance(ear, Ear)
    listening.leave(ear)
    await until_async(lambda: not room.dialogue.sources["hall"].recording, "the recording to be said to have stopped")
    await listening.close()


async def test_after_a_restart_nobody_is_told_of_a_recording_that_is_none(
    rooms: Rooms, room: Room, tmp_path: Path
) -> None:
    await room.handle(do.StartRecording("hall"), SECRETARY)
    await rooms.close()
    listening = Listening(rooms, tmp_path, None, grace=0.02)
    anew = await rooms.get(room.code)
    assert anew is not None
    assert anew.dialogue.sources["hall"].recording
    await until_async(lambda: not anew.dialogue.sources["hall"].recording, "the recording to be said to have stopped")
    await listening.close()


async def test_the_floor_is_tied_to_samples(rooms: Rooms, room: Room, tmp_path: Path) -> None:
    listening = Listening(rooms, tmp_path, None)
    ear = await listening.begin(room, "hall", SECRETARY)
    assert isinstance(ear, Ear)
    await room.handle(do.Ask("Một"), SECRETARY)
    await room.handle(do.Approve(1), MODERATOR)
    await listening.take(ear, 0, TONE)
    await room.handle(do.CallNext(), MODERATOR)
    await listening.take(ear, 1600, TONE)
    before = do.Hear("hall", 1, 1, 0, 1500, "lời mở đầu", "Lời mở đầu.")
    after = do.Hear("hall", 1, 2, 1700, 3200, "câu hỏi", "Câu hỏi.")
    for command in (before, after):
        await room.handle(command, MACHINE)
    assert [line.question for line in room.dialogue.lines.values()] == [None, 1]
    await listening.close()


async def test_a_gap_that_the_disk_cannot_take_now_is_an_entry_with_the_next_sound(
    rooms: Rooms, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listening(rooms, tmp_path, None)
    ear = await listening.begin(room, "hall", SECRETARY)
    assert isinstance(ear, Ear)

    async def busy(*_: object) -> Busy:
        return Busy(1)

    with monkeypatch.context() as full:
        full.setattr(room, "handle", busy)
        assert await listening.take(ear, 16_000, TONE) == 17_600
    assert not room.dialogue.gaps
    await listening.take(ear, 17_600, TONE)
    await listening.take(ear, 19_200, TONE)
    assert [(gap.start, gap.end) for gap in room.dialogue.gaps] == [(0, 16_000)]
    await listening.close()


async def test_who_begins_while_the_one_before_ends_is_recorded_and_said_to_be(
    rooms: Rooms, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listening(rooms, tmp_path, None)
    ear = await listening.begin(room, "hall", SECRETARY)
    assert isinstance(ear, Ear)
    disk = asyncio.Event()

    async def slow(_: Ear) -> None:
        await disk.wait()

    monkeypatch.setattr(Ear, "pause", slow)
    stopping = asyncio.create_task(listening.stop(ear, SECRETARY))
    await until_async(lambda: not ear.connected, "the end to begin")
    assert await listening.begin(room, "hall", SECRETARY) is ear
    disk.set()
    await stopping
    assert ear.connected
    assert room.dialogue.sources["hall"].recording
    await listening.close()
