"""Old telephones and careful browsers: everything a citizen needs, and the moderator's work, by plain forms."""

import pytest

from tests.journeys.citizens import asks, joined
from tests.journeys.hall import Hall, pressed, shown
from tests.journeys.staff import employ, signed_in
from tests.visitors import open_dialogue

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BRIDGE = "Bao giờ xã sửa xong cầu Ea Mô?"


@pytest.fixture
def room(served):
    return open_dialogue(served)


@pytest.fixture
def hanh(hall: Hall, room):
    return joined(hall.phone("hanh", java_script_enabled=False), room.code, "Trần Thị Hạnh", "xã Ea Mô", live=False)


def test_a_question_is_asked_read_and_followed_with_plain_forms(hall: Hall, served, room, hanh):
    asks(hanh, BRIDGE)
    shown(hanh, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
    receipt = hanh.url
    assert "/r/" in receipt
    employ(served)
    desk = hall.desk("moderator", java_script_enabled=False)
    signed_in(desk, "kiemduyet")
    moderator = desk.new_page()
    moderator.goto(f"/d/{room.code}/moderator")
    moderator.locator("#review #q-1").get_by_role("link", name="Xử lý câu").click()
    moderator.locator("#work").get_by_role("button", name="Duyệt, xếp hàng").click()
    moderator.locator("#queue #q-1").wait_for()
    assert moderator.url.endswith("/moderator")
    pressed(moderator, "Mời câu tiếp theo")
    pressed(moderator, "Bắt đầu tính giờ hỏi")
    pressed(moderator, "Trả lời một phần")
    moderator.locator("#done #q-1").wait_for()
    hanh.goto(receipt)
    shown(hanh, "Đã được trả lời một phần tại phiên.")
    hanh.goto(f"/d/{room.code}")
    shown(hanh, "Đã được trả lời một phần tại phiên.")


def test_the_page_of_a_refusal_keeps_the_typed_text_to_be_shortened_and_sent_again(hall: Hall, room, hanh):
    hall.expected = ("409 (Conflict)",)  # the refusal itself, as the browser writes it down
    asks(hanh, "Cầu hỏng đã lâu. " * 60)
    hanh.get_by_role("heading", name="Chưa làm được").wait_for()
    kept = hanh.get_by_label("Nội dung")
    assert kept.input_value().startswith("Cầu hỏng đã lâu.")
    assert len(kept.input_value()) > 900
    kept.fill(BRIDGE)
    pressed(hanh, "Gửi lại")
    shown(hanh, "Đã nhận, số 1.")
    assert [str(question.text) for question in room.dialogue.questions.values()] == [BRIDGE]


def test_the_language_is_switched_and_remembered(room, hanh):
    address = hanh.url
    pressed(hanh, "English")
    assert hanh.url == address
    hanh.get_by_role("button", name="Send the question").wait_for()
    assert hanh.locator("html").get_attribute("lang") == "en"
    hanh.goto("/")
    assert hanh.locator("html").get_attribute("lang") == "en"
    pressed(hanh, "Tiếng Việt")
    assert hanh.locator("html").get_attribute("lang") == "vi"
