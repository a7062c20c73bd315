"""What is long is saved or refused in words; a line that takes no message so large is no reason to wait for ever."""

import re

import pytest

from live.glossary import LIMIT as GLOSSARY
from server.doors.incoming import LARGEST
from tests.rules.tree import ROOT
from tests.waiting import until
from tests.web.visits import opened, visitor

pytestmark = pytest.mark.browser

LETTER = "Kính thưa Ủy ban, đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được. "
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('outbox:')).length"
OPEN = "() => document.getElementById('live').dataset.link === 'open'"
DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def phone(browser, house):
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as context:
        yield opened(context, f"/d/{house.code}")


@pytest.fixture
def desk(browser, house):
    with visitor(browser, house, house.staff("thuky", "secretary"), **DESK) as context:
        yield opened(context, f"/d/{house.code}/transcript")


def ask(page, text: str) -> None:
    page.locator("#ask-text").fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def texts(house) -> list[str]:
    return [str(question.text) for question in house.room.dialogue.questions.values()]


def test_a_frame_of_a_page_is_smaller_than_the_largest_that_a_line_takes():
    script = (ROOT / "web/static/js/live/outbox.js").read_text(encoding="utf-8")
    (largest,) = re.findall(r"const LARGEST = ([\d_]+);", script)
    assert int(largest) < LARGEST


@pytest.mark.parametrize("letters", [6_000, 60_000])
def test_a_pasted_letter_is_refused_in_words_and_kept(house, phone, letters):
    letter = (LETTER * 1_000)[:letters].strip()
    ask(phone, letter)
    refused = phone.locator("#ask .form__said[data-said=refused]")
    refused.wait_for()
    assert f"Dài {len(letter)} ký tự, quá giới hạn 500." in refused.inner_text()
    assert phone.locator("#ask-text").input_value() == letter
    assert phone.evaluate(KEPT) == 0
    assert phone.evaluate(OPEN), "the line was given up over a text"
    ask(phone, letter[:499])
    phone.locator("#ask .form__said[data-said=ok]").wait_for()
    assert texts(house) == [letter[:499].strip()]


def test_what_is_larger_than_any_request_is_refused_in_words_and_kept(house, phone):
    book = "ệệệệệệệệệệệ " * 11_000  # nine bytes a letter on its way: more than the megabyte of a request
    phone.evaluate("text => (document.getElementById('ask-text').value = text, null)", book)
    phone.evaluate("() => document.getElementById('ask-text').form.requestSubmit()")
    refused = phone.locator("#ask .form__said[data-said=refused]")
    refused.wait_for()
    assert "quá dài nên máy chủ không nhận" in refused.inner_text()
    assert phone.locator("#ask-text").input_value() == book
    assert phone.evaluate(KEPT) == 0


def test_a_line_that_ends_over_a_message_brings_it_by_another_way_once(browser, house):
    """A network may take less than the server does."""
    ended = []

    def relay(near):
        far = near.connect_to_server()
        far.on_message(near.send)

        def up(frame):
            if len(frame) < 300:
                return far.send(frame)
            ended.append(frame)
            return near.close(code=1009)

        near.on_message(up)

    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as context:
        context.route_web_socket("**/live**", relay)
        page = opened(context, f"/d/{house.code}")
        ask(page, (LETTER * 5)[:400])
        page.locator("#ask .form__said[data-said=ok]").wait_for()
        assert texts(house) == [(LETTER * 5)[:400].strip()]
        assert len(ended) == 1, "it was tried again on a line that had ended over it"


def test_a_whole_glossary_is_saved(house, desk):
    names = [f"Nguyễn Thị Thuở Ngưỡng {number:05}" for number in range(450)]
    text = "\n".join(f"{name} = ngướng {name[-5:]}" for name in names)
    assert 19_000 < len(text) <= GLOSSARY
    desk.locator("summary", has_text="Từ điển tên riêng").click()
    desk.locator("#glossary-place textarea").fill(text)
    desk.get_by_role("button", name="Lưu từ điển").click()
    until(lambda: house.room.dialogue.glossary.terms, "the glossary to be saved")
    assert [str(term.written) for term in house.room.dialogue.glossary.terms] == names


def test_a_long_line_is_written_whole_and_a_longer_one_comes_back_in_words(house, desk):
    whole = "Ngưỡng " * 571
    desk.get_by_label("Lời nói").fill(whole)
    desk.keyboard.press("Enter")
    until(lambda: house.room.dialogue.lines, "the line to be written")
    (line,) = house.room.dialogue.lines.values()
    assert str(line.text) == whole.strip()
    desk.get_by_label("Lời nói").fill(whole + whole)
    assert "Quá 3993 ký tự" in desk.locator("#scribe .form__said[data-said=over]").inner_text()
    desk.keyboard.press("Enter")
    refused = desk.locator("#scribe .form__said[data-said=refused]")
    refused.wait_for()
    assert "quá giới hạn 4000" in refused.inner_text()
    assert desk.get_by_label("Lời nói").input_value() == whole + whole


def test_pasting_more_than_the_limit_cuts_nothing_and_says_so(browser, house):
    with visitor(browser, house, house.staff("nhap", "clerk"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/clerk")
        email = (LETTER * 20)[:700].strip()
        page.locator("#ask-form [name=text]").fill(email)
        said = page.locator("#ask-form .field", has=page.locator("[name=text]")).locator(".field__error")
        assert said.inner_text() == f"Quá {len(email) - 500} ký tự, xin rút ngắn"
        page.locator("#ask-form [name=text]").fill(email[:500])
        assert said.count() == 0
        page.locator("#ask-form [name=text]").fill(email)
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator("#ask-form .form__said[data-said=refused]").wait_for()
        assert page.locator("#ask-form [name=text]").input_value() == email
        assert texts(house) == []
