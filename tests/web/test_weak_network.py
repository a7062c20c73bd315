"""Cut, silent and blocked networks: nothing typed is lost, nothing is sent twice."""

import pytest

from live import commands as do
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('outbox:')).length"


def ask(page, text: str) -> None:
    page.get_by_label("Câu hỏi", exact=True).fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def cut(page) -> None:
    """A network that lets nothing through, from now on."""
    page.route("**/do/**", lambda route: route.abort())
    page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))


def texts(house) -> list[str]:
    return [str(question.text) for question in house.room.dialogue.questions.values()]


def test_a_question_written_without_network_is_sent_once_when_it_is_back(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        cut(page)
        page.goto(f"/d/{house.code}")
        ask(page, "Mất mạng thì câu này có mất không?")
        page.wait_for_function("() => document.querySelector('.form__said')?.dataset.said === 'busy'")
        assert page.evaluate(KEPT) == 1
        assert texts(house) == []
        later = opened(context, f"/d/{house.code}")
        shown(later, "Đã nhận, số 1. Đang chờ")
        until(lambda: later.evaluate(KEPT) == 0, "the outbox to be empty")
        page.unroute("**/do/**")
        count(later, "#mine .mine", 1)
        assert texts(house) == ["Mất mạng thì câu này có mất không?"]


def test_what_waits_is_shown_after_a_reload(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        cut(page)
        page.goto(f"/d/{house.code}")
        ask(page, "Tải lại trang thì sao?")
        page.wait_for_function("() => document.querySelector('.form__said')?.dataset.said === 'busy'")
        page.reload()
        shown(page, "Trên máy này, đang chờ gửi; sẽ tự gửi khi có mạng.")
        assert "Tải lại trang thì sao?" in page.locator("outbox-list").inner_text()


def test_an_answer_that_was_lost_on_the_way_makes_no_second_question(browser, house, hanh):
    def lose_answers(socket):
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda text: None if '"ok"' in text else socket.send(text))

    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", lose_answers)
        page.goto(f"/d/{house.code}")
        page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
        ask(page, "Trả lời bị rơi mất?")
        while_it_runs(page, lambda: len(texts(house)) == 1, "the question to arrive")
        later = opened(context, f"/d/{house.code}")
        page.close()
        until(lambda: later.evaluate(KEPT) == 0, "the other tab to settle it", 20)
        assert len(texts(house)) == 1


def test_a_network_without_sockets_still_takes_questions(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
        page.goto(f"/d/{house.code}")
        ask(page, "Mạng chặn WebSocket?")
        shown(page, "Đã ghi vào sổ của phiên, số 1. Phiếu nhận")
        assert texts(house) == ["Mạng chặn WebSocket?"]


def test_a_page_that_was_away_comes_back_to_where_it_stood(browser, house, hanh):
    sockets = []
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()

        def through(socket):
            sockets.append((socket, socket.connect_to_server()))

        page.route_web_socket("**/live**", through)
        page.goto(f"/d/{house.code}")
        page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
        house.send(do.Ask("Hỏi trong lúc vắng?"), by=house.clerk)
        sockets[-1][0].close(code=4000)
        sockets[-1][1].close()
        house.send(do.Approve(1))
        page.locator("#next #q-1").wait_for(timeout=15_000)
        assert "since=" in sockets[-1][0].url
        assert len(sockets) > 1


def test_a_gap_is_answered_with_a_whole_page(browser, house, hanh):
    dropped: list[str] = []

    def lossy(socket):
        server = socket.connect_to_server()

        def onward(text):
            if '"q-1"' in text.replace("\\", "") and '"after"' in text and not dropped:
                dropped.append(text)
            else:
                socket.send(text)

        server.on_message(onward)
        socket.on_message(server.send)

    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", lossy)
        page.goto(f"/d/{house.code}")
        page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
        house.send(do.Ask("Một?"), do.Ask("Hai?"), by=house.clerk)
        house.send(do.Approve(1))
        while_it_runs(page, lambda: dropped, "a patch to be lost")
        house.send(do.Approve(2))
        page.locator("#next #q-1").wait_for(timeout=15_000)
        page.locator("#next #q-2").wait_for()


def test_a_seat_that_may_not_look_stays_away(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", lambda socket: socket.close(code=4503))
        page.goto(f"/d/{house.code}")
        shown(page, "Trang này không còn được nối.")
        assert page.locator("#live").get_attribute("data-link") == "gone"


def test_a_network_without_sockets_still_brings_the_news(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
        page.goto(f"/d/{house.code}")
        page.locator("#ask-text").fill("Đang viết dở")
        house.send(do.Ask("Hỏi từ nơi khác?"), by=house.clerk)
        house.send(do.Approve(1))
        page.locator("#next #q-1").wait_for(timeout=20_000)
        assert page.locator("#ask-text").input_value() == "Đang viết dở"
