"""Dates and hours as each language writes them, in Vietnam's time."""

from datetime import UTC, datetime

import pytest

from server.rooms.wording import filters

EVENING = datetime(2026, 3, 12, 0, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "language, name, written",
    [
        ("vi", "hour", "07 giờ 05"),
        ("vi", "moment", "07 giờ 05, 12/03/2026"),
        ("en", "hour", "07:05"),
        ("en", "moment", "07:05, 12/03/2026"),
        ("vi", "clock", "07:05:09"),
        ("en", "clock", "07:05:09"),
        ("vi", "day", "12/03/2026"),
        ("en", "day", "12/03/2026"),
    ],
)
def test_a_moment_is_written_as_its_language_does(language, name, written):
    assert filters(language)[name](EVENING) == written


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["day", "hour", "clock", "moment"])
def test_what_has_no_time_is_written_as_nothing(language, name):
    assert filters(language)[name](None) == ""


@pytest.mark.parametrize(
    "samples, written", [(0, "0:00"), (15_999, "0:00"), (16_000, "0:01"), (959_999, "0:59"), (65 * 16_000, "1:05")]
)
def test_a_place_in_a_recording_is_written_as_the_time_that_has_passed_there(samples, written):
    known = filters("vi")
    assert known["span"](known["sampled"](samples)) == written
