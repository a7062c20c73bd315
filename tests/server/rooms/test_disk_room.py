from pathlib import Path

import pytest
from structlog.testing import capture_logs

from live.seats import Audience
from server.rooms.disk_room import BYTES_AN_HOUR, KEPT_FREE, account, hours_left, taken, warning
from server.rooms.ears import Ear
from server.rooms.listening import Listening
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from tests.cast import SECRETARY
from tests.disk import leaving


@pytest.mark.parametrize(
    "free, sources, hours",
    [(KEPT_FREE, 1, 0), (0, 3, 0), (KEPT_FREE + 12 * BYTES_AN_HOUR, 0, 12), (KEPT_FREE + 12 * BYTES_AN_HOUR, 4, 3)],
)
def test_the_hours_left_count_every_microphone_and_leave_room_for_the_journal(
    tmp_path, monkeypatch, free, sources, hours
):
    monkeypatch.setattr("server.rooms.disk_room.disk_usage", leaving(free))
    assert hours_left(tmp_path, sources) == hours


def test_the_warning_comes_hours_before_and_says_how_many():
    assert warning(6) is None
    assert "khoảng 5 giờ" in (warning(5.2) or {})["vi"]
    assert "< 1 hours" in (warning(0.4) or {})["en"]


def test_what_recordings_take_is_counted_and_said(tmp_path):
    for name, size in [("A/hall/000000.pcm", 1_920_000), ("A/hall/manifest.jsonl", 31), ("B/chair/000001.flac", 900)]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    assert taken(tmp_path) == 1_920_931
    assert taken(tmp_path / "nothing recorded yet") == 0
    assert "chiếm 2 MB;" in account(tmp_path, 12.4)["vi"]
    assert "12 more hours" in account(tmp_path, 12.4)["en"]
    with (tmp_path / "A/hall/000001.pcm").open("wb") as file:
        file.truncate(3_250_000_000)
    assert "chiếm 3,3 GB;" in account(tmp_path, 12.4)["vi"]


@pytest.mark.anyio
async def test_a_disk_that_gets_short_is_said_on_the_capture_page_the_desks_and_in_the_log(
    rooms: Rooms, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.rooms.disk_room.disk_usage", leaving(KEPT_FREE + 2 * BYTES_AN_HOUR))
    listening = Listening(rooms, tmp_path, None)
    with capture_logs() as logged:
        ear = await listening.begin(room, "hall", SECRETARY)
        assert isinstance(ear, Ear)
        await listening.take(ear, 0, bytes(3200))
        await listening.take(ear, 1600, bytes(3200))
    told = room.signals.current(Audience.SECRETARY)["sound"]["disk"]["vi"]
    assert "khoảng 2 giờ" in told
    assert [(line["event"], line["short"]) for line in logged if line["event"] == "disk"] == [("disk", True)]
    monkeypatch.setattr("server.rooms.disk_room.disk_usage", leaving(KEPT_FREE + 99 * BYTES_AN_HOUR))
    await listening.take(ear, 3200, bytes(3200))
    assert "disk" not in room.signals.current(Audience.SECRETARY)["sound"]
    await listening.close()
