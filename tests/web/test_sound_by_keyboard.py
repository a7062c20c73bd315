"""Whoever looks after the sound with a keyboard and no mouse: a trial, recording, a second reading."""

import pytest

from live import commands as do
from tests.cast import MACHINE, SECRETARY
from tests.second_reading import read_again
from tests.waiting import until
from tests.web.keys import at_desk
from tests.web.sounding import have, microphone_of, noise_file
from tests.web.visits import shown
from transcription.heard import SAMPLE_RATE as SECOND

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


def test_a_microphone_is_tried_started_and_stopped(browser, house, tmp_path):
    secretary = house.staff("thuky", "secretary")
    with (
        microphone_of(browser, noise_file(tmp_path)) as chromium,
        at_desk(chromium, house, "sound", secretary, permissions=["microphone"]) as keys,
    ):
        keys.to("Thu nguồn nào")
        keys.press("ArrowDown")
        assert keys.page.locator("[name=source]").first.input_value() == "chair"
        keys.pressed("Thu thử 5 giây rồi nghe lại")
        shown(keys.page, "Đang thu thử.")
        keys.still_here()
        shown(keys.page, "Đã thu thử xong.")
        keys.still_here()
        keys.pressed("Bắt đầu thu")
        shown(keys.page, "Đang thu. Tiếng đã đến máy chủ")
        until(lambda: house.parts.rooms.heard.get(house.code, {}).get("chair", 0) > SECOND, "a second of sound")
        keys.still_here()
        assert keys.heard() == ("button", "Dừng thu"), "the button that took the other's place"
        keys.press("Enter")
        shown(keys.page, "Đã dừng thu. Mọi tiếng đã thu đều ở trên máy chủ.")
        keys.still_here()
        assert keys.heard() == ("button", "Bắt đầu thu")
    assert not house.room.dialogue.sources["chair"].recording
    assert have(house) == 0, "the hall was not the source that was chosen"


def test_the_forms_below_open_and_say_what_they_are(browser, house):
    with at_desk(browser, house, "sound", house.staff("thuky", "secretary")) as keys:
        keys.pressed("Đưa tệp ghi âm vào phiên")
        keys.to("Tệp âm thanh hoặc phim")
        keys.pressed("Thử phòng: máy nghe đúng bao nhiêu")
        keys.to("Đoạn để đọc")
        keys.pressed("Bắt đầu đọc")
        shown(keys.page, "Chưa thu nguồn này. Hãy bấm Bắt đầu thu ở trên trước.")
        keys.still_here()


@pytest.fixture
def read_twice(house):
    """Two lines of the first draft, and a second reading that heard the first one otherwise and one more."""
    house.send(do.StartRecording("hall"), by=SECRETARY)
    house.send(do.Hear("hall", 1, 1, 0, 2 * SECOND, "kinh thua ba con", "Kinh thua ba con."), by=MACHINE)
    house.send(do.Hear("hall", 1, 2, 10 * SECOND, 12 * SECOND, "sua cau", "Sua cau."), by=MACHINE)
    house.send(do.StopRecording("hall"), by=SECRETARY)
    read_again(house.settings.data_dir, house.code, {0: "kính thưa bà con", 10: "sửa cầu", 30: "tôi hỏi thêm"})
    return house


def lines(house):
    return [str(line.text).casefold().strip(".") for line in house.room.dialogue.lines.values() if not line.struck]


def test_a_second_reading_is_chosen_from_row_by_row(browser, read_twice):
    house = read_twice
    with at_desk(browser, house, "transcript", house.staff("thuky", "secretary")) as keys:
        keys.follow("Nghe lại bản ghi", "**/readings")
        keys.follow("Lần 1", "**/readings?source=hall&reading=1#rows")
        keys.page.wait_for_function("() => document.activeElement.id === 'rows'")
        keys.still_here()
        keys.pressed("Lấy bản này 0:00")
        until(lambda: lines(house)[0] == "kính thưa bà con", "the row to be taken")
        keys.page.locator("#row-0").get_by_text("đã lấy bản này").wait_for()
        keys.still_here()
        assert keys.heard() == ("button", "Trả lại bản đầu 0:00")
        keys.follow("Lấy cả 2 dòng còn lại", by="Shift+Tab")
        assert lines(house) == ["kính thưa bà con", "sửa cầu", "tôi hỏi thêm"]
        keys.follow("Trả lại 3 dòng đã lấy")
        assert lines(house) == ["kinh thua ba con", "sua cau"]
        keys.follow("Hiện cả đoạn giống" if keys.page.get_by_text("Hiện cả đoạn giống").count() else "Bàn thư ký")
