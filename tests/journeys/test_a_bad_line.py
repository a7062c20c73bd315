"""A telephone in a valley: it loses the network, keeps what is written, comes back, and nothing happens twice."""

import pytest

from live import commands as do
from tests.cast import CLERK, MODERATOR
from tests.journeys.citizens import asked, asks, is_told, joined
from tests.journeys.hall import LIVE, Hall, opened, shown
from tests.visitors import open_dialogue
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATER = "Bao giờ có nước sạch ở buôn Krông?"
HALF = "Đang viết dở về chiếc cầu"
SAME_PAGE = "() => { window.stayed = true; }"


@pytest.fixture
def room(served):
    return open_dialogue(served)


@pytest.fixture
def line(hall: Hall):
    """Hạnh's telephone. A browser writes every failed connection on its console: here that is what is asked for."""
    hall.expected = ("net::ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
    return hall.phone("hanh")


@pytest.fixture
def hanh(line, room):
    return joined(line, room.code, "Trần Thị Hạnh", "xã Ea Mô")


def texts(room) -> list[str]:
    return [str(question.text) for question in room.dialogue.questions.values()]


def happens(served, room, *commands, by=MODERATOR) -> None:
    """What others do meanwhile, from another device."""
    for command in commands:
        served.run(room.handle(command, by))


def test_a_question_asked_without_network_is_kept_said_to_be_kept_and_arrives_once(line, hanh, room):
    hanh.evaluate(SAME_PAGE)
    line.set_offline(True)
    asks(hanh, WATER)
    shown(hanh, "Chưa gửi được vì mạng. Câu hỏi của bạn đã được lưu trên máy này, đang chờ gửi.")
    shown(hanh, "Mất mạng. Câu hỏi của bạn đã được lưu trên máy này, đang chờ gửi.")
    assert WATER in hanh.locator("outbox-list").inner_text()
    assert hanh.get_by_label("Câu hỏi", exact=True).is_editable(), "the next one cannot be written"
    assert texts(room) == []
    line.set_offline(False)
    is_told(hanh, 1, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
    shown(hanh, "Đã ghi vào sổ của phiên, số 1. Phiếu nhận")
    asked(hanh, 2, "Và bao giờ có điện?")
    assert texts(room) == [WATER, "Và bao giờ có điện?"]
    assert hanh.evaluate("() => window.stayed"), "the page was loaded anew"


def test_a_page_that_was_away_is_patched_and_what_is_being_typed_stays(hall, served, room, line, hanh):
    page = hanh
    sockets = []

    def through(socket):
        sockets.append((socket, socket.connect_to_server()))

    page.route_web_socket("**/live**", through)
    page.goto(f"/d/{room.code}")
    page.wait_for_function(LIVE)
    page.evaluate(SAME_PAGE)
    page.get_by_label("Câu hỏi", exact=True).fill(HALF)
    happens(served, room, do.Ask("Hỏi hộ cụ Ba: cầu bao giờ xong?"), by=CLERK)
    there, server = sockets[-1]
    there.close(code=4000)
    server.close()
    happens(served, room, do.Approve(1))
    page.locator("#next #q-1").wait_for()
    happens(served, room, do.CallNext())
    page.locator("#stage[data-number='1']").wait_for()
    assert page.get_by_label("Câu hỏi", exact=True).input_value() == HALF
    assert page.evaluate("() => window.stayed"), "the page was loaded anew"
    assert len(sockets) > 1


def test_two_pages_of_one_telephone_tell_the_same_and_send_nothing_twice(line, hanh, room, served):
    other = opened(line, f"/d/{room.code}")
    asked(hanh, 1, WATER)
    is_told(other, 1, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
    line.set_offline(True)
    asks(hanh, "Câu viết ở trang thứ nhất?")
    asks(other, "Câu viết ở trang thứ hai?")
    for page in (hanh, other):
        shown(page, "Chưa gửi được vì mạng.")
    line.set_offline(False)
    until(lambda: other.evaluate("1") and len(texts(room)) == 3, "both questions to arrive", 20)
    for page in (hanh, other):
        page.locator("#mine > .mine").nth(2).wait_for()
        page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('outbox:'))")
    assert sorted(texts(room)) == sorted([WATER, "Câu viết ở trang thứ nhất?", "Câu viết ở trang thứ hai?"])
    happens(served, room, do.Approve(1))
    for page in (hanh, other):
        is_told(page, 1, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
