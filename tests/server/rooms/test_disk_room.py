from collections import namedtuple

import pytest

from server.rooms.disk_room import BYTES_AN_HOUR, KEPT_FREE, hours_left, warning

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own


@pytest.mark.parametrize(
    "free, sources, hours",
    [(KEPT_FREE, 1, 0), (0, 3, 0), (KEPT_FREE + 12 * BYTES_AN_HOUR, 0, 12), (KEPT_FREE + 12 * BYTES_AN_HOUR, 4, 3)],
)
def test_the_hours_left_count_every_microphone_and_leave_room_for_the_journal(
    tmp_path, monkeypatch, free, sources, hours
):
    monkeypatch.setattr("server.rooms.disk_room.disk_usage", lambda _: Usage(0, 0, free))
    assert hours_left(tmp_path, sources) == hours


def test_the_warning_comes_hours_before_and_says_how_many():
    assert warning(6) is None
    assert "khoảng 5 giờ" in (warning(5.2) or {})["vi"]
    assert "< 1 hours" in (warning(0.4) or {})["en"]
