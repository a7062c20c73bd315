"""The desk: words of several sources at once, and what is missing at its place, which the player passes over."""

import pytest

from live import commands as do
from server.rooms.ears import MACHINE
from tests.cast import SECRETARY
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1440, "height": 900}}
SECOND = 16_000


@pytest.fixture
def desk(browser, house):
    with visitor(browser, house, house.staff("thuky", "secretary"), **DESK) as context:
        yield opened(context, f"/d/{house.code}/transcript")


async def recorded_with_a_gap(house):
    """Two seconds of sound, ten that were lost, and five more."""
    listening = house.parts.listening
    ear = await listening.begin(house.room, "hall", SECRETARY)
    await listening.take(ear, 0, bytes(2 * 2 * SECOND))
    await listening.take(ear, 12 * SECOND, bytes(2 * 5 * SECOND))
    await listening.stop(ear, SECRETARY)


def test_words_of_two_sources_stand_side_by_side_with_their_names(desk, house):
    house.send(do.StartRecording("hall"), do.StartRecording("chair"), by=SECRETARY)

    async def speak():
        house.room.words("hall", "thưa bà con")
        house.room.words("chair", "xin mời")

    house.run(speak())
    shown(desk, "Hội trường: thưa bà con")
    assert desk.locator("#partial").inner_text().split("\n")[1].endswith(": xin mời")


def test_lost_sound_stands_among_the_lines_and_is_passed_over_when_they_are_heard_again(desk, house):
    house.run(recorded_with_a_gap(house))
    house.send(do.Hear("hall", 1, 1, 0, 2 * SECOND, "trước", "Trước."), by=MACHINE)
    shown(desk, "mất 10,0 giây tiếng")
    desk.locator("a[data-play]").first.click()
    desk.wait_for_function("() => document.getElementById('player').currentTime >= 12")
    desk.locator("[data-gap=lost][data-playing]").wait_for()


def test_stopped_captions_and_passed_over_sound_are_seen_where_they_were(desk, house):
    house.send(do.StartRecording("hall"), do.WriteLine("Trước"), do.HideCaptions(), by=SECRETARY)
    shown(desk, "Phụ đề công khai đang ngừng từ lúc này.")
    house.send(do.ShowCaptions(), by=SECRETARY)
    shown(desk, "Phụ đề công khai ngừng đến")
    house.send(do.SkipSound("hall", 1, 0, 20 * SECOND), by=MACHINE)
    shown(desk, "máy bỏ qua 20,0 giây")
    shown(desk, "Máy nghe chữ đã bỏ qua 20 giây")
    count(desk, "#lines > .gap", 2)
    for button in ("Cho máy nghe lại", "Nghe lại ngay"):
        with desk.context.expect_page() as opened_beside:
            desk.get_by_role("button", name=button).click()
        shown(opened_beside.value, "Nghe lại bản ghi")
