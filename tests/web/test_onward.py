"""Nobody stands still for a network: what is kept leaves its form free, and its answer touches nothing new."""

from collections.abc import Callable

import pytest

from live import commands as do
from live.states import DialogueState
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

FIRST, SECOND = "Bao giờ có nước sạch?", "Cầu thôn 3 bao giờ sửa?"
FREE = "() => !document.getElementById('ask-text').value && !document.getElementById('ask-text').readOnly"
DESK = {"viewport": {"width": 1440, "height": 900}}


def without_network(page, path: str):
    page.route("**/do/**", lambda route: route.abort())
    page.route("**/feed?**", lambda route: route.abort())
    page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
    page.goto(path)
    page.context.set_offline(True)
    return page


def network_back(page) -> None:
    page.unroute("**/do/**")
    page.context.set_offline(False)


def send(page, text: str) -> None:
    page.locator("#ask-text").fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def waits(page, number: int) -> None:
    """So many texts lie on the device, and the form is free."""
    count(page, "outbox-list .mine", number)
    page.wait_for_function(FREE)


def texts(house) -> list[str]:
    return [str(question.text) for question in house.room.dialogue.questions.values()]


@pytest.fixture
def phone(browser, house):
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as context:
        yield context


@pytest.fixture
def desk(browser, house):
    with visitor(browser, house, house.staff("nhap", "clerk"), **DESK) as context:
        yield context


def test_a_second_question_is_written_while_the_first_waits_and_both_arrive_in_order(house, phone):
    page = without_network(phone.new_page(), f"/d/{house.code}")
    send(page, FIRST)
    waits(page, 1)
    shown(page, "đang chờ gửi. Có thể viết câu khác ngay bây giờ.")
    send(page, SECOND)
    waits(page, 2)
    network_back(page)
    until(lambda: texts(house) == [FIRST, SECOND], "both to arrive")
    count(page, "outbox-list .mine", 0)


def test_the_answer_to_the_first_leaves_what_is_being_written_alone(house, phone):
    page = without_network(phone.new_page(), f"/d/{house.code}")
    send(page, FIRST)
    waits(page, 1)
    page.locator("#ask-text").fill(SECOND)
    network_back(page)
    shown(page, "Đã ghi vào sổ của phiên, số 1.")
    assert page.locator("#ask-text").input_value() == SECOND
    page.reload()
    assert page.locator("#ask-text").input_value() == SECOND
    assert texts(house) == [FIRST]


@pytest.mark.parametrize("writing", ["", SECOND])
def test_what_is_refused_later_comes_back_to_an_empty_form_and_beside_one_in_use(house, phone, writing):
    page = without_network(phone.new_page(), f"/d/{house.code}")
    send(page, FIRST * 30)
    waits(page, 1)
    page.locator("#ask-text").fill(writing)
    network_back(page)
    shown(page, "quá giới hạn 500. Chưa gửi; hãy rút gọn")
    assert page.locator("#ask-text").input_value() == (writing or FIRST * 30)
    count(page, "outbox-list .mine", 1 if writing else 0)
    if writing:
        assert FIRST * 30 in page.locator("outbox-list").inner_text()


def test_a_question_refused_because_the_dialogue_closes_is_seen_with_the_reason_though_its_form_is_gone(house, phone):
    """It leaves the phone in the moment in which the moderator closes: the form is hidden before the answer comes."""
    held: list[Callable[[], None]] = []

    def relay(near):
        far = near.connect_to_server()
        far.on_message(near.send)

        def up(frame):
            if '"ask"' in frame and not held:
                held.append(lambda: far.send(frame))
            else:
                far.send(frame)

        near.on_message(up)

    phone.route_web_socket("**/live**", relay)
    page = opened(phone, f"/d/{house.code}")
    send(page, FIRST)
    while_it_runs(page, lambda: held, "the question to be on its way")
    house.send(do.MoveDialogue(DialogueState.CLOSING))
    page.locator("#ask form").first.wait_for(state="hidden")
    held[0]()
    shown(page, "Chưa vào sổ. Máy chủ trả lời: Phiên đối thoại hiện không nhận câu hỏi.")
    assert FIRST in page.locator("outbox-list").inner_text()
    back = page.get_by_role("button", name="Đưa lại vào ô viết")
    assert not back.is_visible()
    house.send(do.MoveDialogue(DialogueState.OPEN, "còn giờ"))
    back.click()
    assert page.locator("#ask-text").input_value() == FIRST
    page.get_by_role("button", name="Gửi câu hỏi").click()
    shown(page, "Đã ghi vào sổ của phiên, số 1.")
    assert texts(house) == [FIRST]


def test_a_clerk_types_the_next_card_while_the_network_is_away_and_a_wrong_one_comes_back_whole(house, desk):
    page = without_network(desk.new_page(), f"/d/{house.code}/clerk")
    form = page.locator("#ask-form")
    form.get_by_label("Họ tên").fill("Bà Sáu")
    form.locator("[name=topic]").select_option(index=1)
    form.get_by_label("Xã, phường").fill("xã Ea Mô")
    form.get_by_label("Người hỏi đồng ý nêu tên công khai").check()
    send(page, FIRST)
    waits(page, 1)
    assert form.get_by_label("Họ tên").input_value() == ""
    assert form.locator("[name=topic]").input_value() == "", "the next card is about something else"
    assert not form.get_by_label("Người hỏi đồng ý nêu tên công khai").is_checked()
    form.get_by_label("Số in trên phiếu, nếu có").fill("77")
    form.get_by_label("Họ tên").fill("Ông Bảy")
    send(page, SECOND)
    waits(page, 2)
    network_back(page)
    until(lambda: texts(house) == [FIRST], "the right one to arrive")
    shown(page, "Không tìm thấy mục này.")
    assert page.locator("#ask-text").input_value() == SECOND
    assert form.get_by_label("Họ tên").input_value() == "Ông Bảy"
    assert form.get_by_label("Số in trên phiếu, nếu có").input_value() == "77"
    assert [str(question.name) for question in house.room.dialogue.questions.values()] == ["Bà Sáu"]
