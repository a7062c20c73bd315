"""Choosing from a second reading in a real browser: a row at a time, at its place, and back."""

import pytest

from live import commands as do
from tests.cast import MACHINE, SECRETARY
from tests.second_reading import read_again
from tests.web.visits import shown, visitor
from transcription.heard import SAMPLE_RATE as SECOND

pytestmark = pytest.mark.browser
TABLET = {"viewport": {"width": 820, "height": 1180}}


@pytest.fixture
def address(house):
    """Two lines of the first draft, and a reading that heard the first one otherwise and one more."""
    house.send(do.StartRecording("hall"), by=SECRETARY)
    house.send(do.Hear("hall", 1, 1, 0, 2 * SECOND, "kinh thua ba con", "Kinh thua ba con."), by=MACHINE)
    house.send(do.Hear("hall", 1, 2, 10 * SECOND, 12 * SECOND, "sua cau", "Sua cau."), by=MACHINE)
    house.send(do.StopRecording("hall"), by=SECRETARY)
    read_again(house.settings.data_dir, house.code, {0: "kính thưa bà con", 10: "sửa cầu", 30: "tôi hỏi thêm"})
    return f"/d/{house.code}/readings?source=hall&reading=1"


def texts(house):
    return [str(line.text).casefold().strip(".") for line in house.room.dialogue.lines.values() if not line.struck]


def test_a_row_is_taken_and_given_back_where_the_eye_is(browser, house, address):
    with visitor(browser, house, house.staff("thuky", "secretary"), **TABLET) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate("() => { document.title = 'chưa tải lại' }")
        row = page.locator("#row-0")
        row.get_by_role("button", name="Lấy bản này").click()
        row.get_by_text("đã lấy bản này").wait_for()
        assert texts(house)[0] == "kính thưa bà con"
        shown(page, "Lấy cả 2 dòng còn lại")
        assert row.get_by_role("button", name="Trả lại bản đầu").evaluate("it => it === document.activeElement")
        page.keyboard.press("Enter")
        row.get_by_role("button", name="Lấy bản này").wait_for()
        assert texts(house) == ["kinh thua ba con", "sua cau"]
        shown(page, "Lấy cả 3 dòng còn lại")
        assert page.title() == "chưa tải lại", "the page was loaded anew, and the place in it lost"


def test_words_of_a_gap_come_in_and_go_again(browser, house, address):
    with visitor(browser, house, house.staff("thuky", "secretary"), **TABLET) as context:
        page = context.new_page()
        page.goto(address)
        row = page.locator(f"#row-{30 * SECOND}")
        row.get_by_role("button", name="Lấy bản này").click()
        row.get_by_role("button", name="Trả lại bản đầu").wait_for()
        assert texts(house)[-1] == "tôi hỏi thêm"
        row.get_by_role("button", name="Trả lại bản đầu").click()
        row.get_by_role("button", name="Lấy bản này").wait_for()
        assert texts(house) == ["kinh thua ba con", "sua cau"]


def test_a_choice_that_could_not_be_sent_is_told_and_can_be_made_again(browser, house, address):
    with visitor(browser, house, house.staff("thuky", "secretary"), **TABLET) as context:
        page = context.new_page()
        page.goto(address)
        context.set_offline(True)
        page.locator("#row-0").get_by_role("button", name="Lấy bản này").click()
        shown(page, "Mất mạng, chưa rõ")
        context.set_offline(False)
        page.locator("#row-0").get_by_role("button", name="Lấy bản này").click()
        page.locator("#row-0").get_by_text("đã lấy bản này").wait_for()
        assert page.get_by_text("Mất mạng, chưa rõ").is_hidden()
        assert texts(house)[0] == "kính thưa bà con"
