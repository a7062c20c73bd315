"""The level of the capture page: what nobody hears, and what is too loud, is said long enough to be read."""

import wave

import numpy as np
import pytest

from tests.web.sounding import microphone_of, noise_file, started
from tests.web.test_unplugging import DEVICES
from tests.web.visits import shown, visitor

pytestmark = pytest.mark.browser

WORDS = """async (peaks) => {
  const { show, reset } = await import("sound/level");
  reset();
  return peaks.map((peak) => (show(peak), document.getElementById("level-words").textContent));
}"""
DEAD, QUIET, LOUD = "Micrô không cho tiếng nào", "Gần như không có tiếng", "Quá to"
MUTED = "Máy này đang tắt tiếng micrô"


def silent_file(folder):
    """Exact zeros: what a muted headset gives."""
    path = folder / "silent.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.zeros(48_000 * 5, "<i2").tobytes())
    return path


def begins(words):
    """Which sentence stands after each block of a tenth of a second, by its beginning."""
    return [next((one for one in (DEAD, QUIET, LOUD) if text.startswith(one)), text) for text in words]


def test_the_words_come_in_time_and_stay_to_be_read(browser, house):
    with visitor(browser, house, house.staff("thuky", "secretary")) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/sound")
        page.get_by_role("heading", name="Thu âm", exact=True).wait_for()
        said = begins(page.evaluate(WORDS, [0] * 21))
        assert said == [""] * 20 + [DEAD]
        assert begins(page.evaluate(WORDS, [0.001] * 51))[-2:] == ["", QUIET]
        assert begins(page.evaluate(WORDS, [0] * 30 + [0.001]))[-1] == ""
        said = begins(page.evaluate(WORDS, [1, *[0.1] * 30]))
        assert said == [LOUD] * 30 + [""]


def test_a_microphone_that_gives_nothing_is_told_while_it_records(browser, house, tmp_path):
    with microphone_of(browser, silent_file(tmp_path)) as chromium:
        staff = house.staff("thuky", "secretary")
        with visitor(chromium, house, staff, permissions=["microphone"]) as context:
            page = started(context, house)
            shown(page, DEAD)
            page.get_by_role("button", name="Dừng thu").click()
            page.get_by_text(DEAD).wait_for(state="detached")


def test_a_muted_microphone_is_told_until_it_is_let_on_again(browser, house, tmp_path):
    with microphone_of(browser, noise_file(tmp_path)) as chromium:
        staff = house.staff("thuky", "secretary")
        with visitor(chromium, house, staff, permissions=["microphone"]) as context:
            context.add_init_script(DEVICES)
            page = started(context, house)
            page.evaluate("() => window.tracks.at(-1).dispatchEvent(new Event('mute'))")
            shown(page, MUTED)
            page.evaluate("() => window.tracks.at(-1).dispatchEvent(new Event('unmute'))")
            page.get_by_text(MUTED).wait_for(state="detached")


def test_the_page_tells_whose_microphone_it_is(browser, house, tmp_path):
    with microphone_of(browser, noise_file(tmp_path)) as chromium:
        staff = house.staff("thuky", "secretary")
        with visitor(chromium, house, staff, permissions=["microphone"]) as context:
            page = context.new_page()
            page.goto(f"/d/{house.code}/sound")
            page.get_by_label("Micrô của ai").select_option("agency")
            page.get_by_label("Tên người giữ micrô").fill("Ông Lê Văn Bình")
            page.get_by_role("button", name="Bắt đầu thu").click()
            shown(page, "Đang thu. Tiếng đã đến máy chủ")
            (intake,) = house.room.dialogue.sources["hall"].intakes
            assert (intake.role.value, str(intake.owner)) == ("agency", "Ông Lê Văn Bình")
