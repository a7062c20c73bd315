"""Giving a file on the capture page, in a real browser."""

import pytest

from tests.server.doors.test_files import tone, wav
from tests.web.sounding import have, recorded
from tests.web.visits import visitor, while_it_runs

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, house):
    with visitor(browser, house, house.staff("thuky", "secretary")) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/sound")
        page.get_by_role("heading", name="Đưa tệp ghi âm vào phiên").click()
        yield page


def told(page, sentence):
    """The server's reader is a process of its own, which takes its time to start on a busy machine."""
    while_it_runs(page, lambda: sentence in page.locator("#give-state").inner_text(), sentence, seconds=30)


def choose(page, content, name="ghi âm.wav"):
    page.locator("#give input[type=file]").set_input_files({"name": name, "mimeType": "audio/wav", "buffer": content})
    page.get_by_role("button", name="Gửi tệp").click()


def test_a_file_is_sent_through_a_cut_and_read(page, house):
    cuts = iter([True, True])

    def through(route):
        if route.request.method == "PUT" and "at=524288" in route.request.url and next(cuts, False):
            route.abort()
        else:
            route.continue_()

    page.route("**/file/**", through)
    choose(page, wav(tone(40)))
    told(page, "Xong: 40 giây tiếng đã ở trong bản ghi.")
    assert recorded(page.context, house) == tone(40).tobytes()


def test_what_is_no_sound_is_told_in_a_sentence(page):
    choose(page, b"not sound" * 1000, "bài hát.mp3")
    told(page, "Tệp này không phải tệp âm thanh hay phim")
    assert page.get_by_role("button", name="Gửi tệp").is_enabled()


def test_sending_can_be_cancelled(page, house):
    page.route("**/file/**", lambda route: route.continue_() if route.request.method == "DELETE" else route.abort())
    choose(page, wav(tone(40)))
    page.get_by_role("button", name="Hủy").click()
    told(page, "Đã hủy.")
    while_it_runs(page, lambda: not list((house.settings.data_dir / "given").iterdir()), "the file to be forgotten")
    assert have(house) == 0
