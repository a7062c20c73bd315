"""The sound of a line on the secretary's desk: heard again, sought in, with hands that stay on the words."""

import numpy as np
import pytest

from live import commands as do
from server.rooms.ears import sound_directory
from tests.cast import MACHINE, SECRETARY
from tests.web.visits import opened, visitor
from transcription.heard import SAMPLE_RATE
from transcription.recordings import Recording

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = "() => document.getElementById('player').currentTime"


def test_a_line_is_heard_again_and_keys_go_back_and_on_in_its_recording(browser, house):
    house.send(do.StartRecording("hall"), by=SECRETARY)
    tone = (np.sin(np.arange(30 * SAMPLE_RATE) / 8) * 8_000).astype("<i2")
    Recording(sound_directory(house.settings.data_dir, house.code, "hall")).append(0, tone.tobytes())
    start = 12 * SAMPLE_RATE
    house.send(do.Hear("hall", 1, 1, start, start + 3 * SAMPLE_RATE, "xin chao", "Xin chào."), by=MACHINE)
    cookie = house.staff("thuky", "secretary")
    with visitor(browser, house, cookie, viewport={"width": 1440, "height": 900}) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        player = page.locator("#player")
        assert player.is_hidden()
        words = page.locator("#lines textarea")
        words.focus()
        page.keyboard.press("Alt+p")
        player.wait_for()
        page.wait_for_function(f"{PLACE} >= 12")
        player.evaluate("player => player.pause()")
        page.keyboard.press("Alt+l")
        page.wait_for_function(f"{PLACE} >= 16.9")
        page.keyboard.press("Alt+j")
        page.keyboard.press("Alt+j")
        page.wait_for_function(f"{PLACE} <= 11")
        assert words.evaluate("field => field === document.activeElement")
