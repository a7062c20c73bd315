"""Networks that let no socket through, hold answers back, or answer in the server's place."""

import pytest

from live import commands as do
from tests.waiting import until
from tests.web.proxy import Proxy, is_feed, is_socket
from tests.web.visits import LIVE, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

LINK = "wanted => document.getElementById('live').dataset.link === wanted"


@pytest.fixture
def proxy(house):
    with Proxy(house.settings.port, always("pass")) as proxy:
        yield proxy


def no_sockets(what: str):
    return lambda head: what if is_socket(head) else "pass"


def always(what: str):
    """Whatever is asked for."""
    return lambda _head: what


def arrived(house) -> list[str]:
    return [str(question.text) for question in house.room.dialogue.questions.values()]


def ask(page, text: str) -> None:
    page.locator("#ask-text").fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def test_a_socket_refused_is_replaced_by_a_feed_that_brings_everything(browser, house, hanh, proxy):
    proxy.rule = no_sockets("refuse")
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.goto(f"{proxy.url}/d/{house.code}")
        page.wait_for_function(LIVE)
        house.send(do.Ask("Hỏi từ nơi khác?"), by=house.clerk)
        house.send(do.Approve(1))
        page.locator("#next #q-1").wait_for()
        ask(page, "Mạng chặn WebSocket?")
        shown(page, "Đã ghi vào sổ của phiên, số 2.")
        page.locator("#mine-2").wait_for()
        refused = proxy.count(is_socket)
        page.reload()
        page.wait_for_function(LIVE)
        assert proxy.count(is_socket) == refused, "the session forgot what it had learned"


def test_a_socket_that_says_nothing_is_given_up_within_five_seconds(browser, house, hanh, proxy):
    proxy.rule = no_sockets("swallow")
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{proxy.url}/d/{house.code}")
        while_it_runs(page, lambda: proxy.count(is_socket), "the socket to be tried")
        page.clock.run_for(5_000)
        page.wait_for_function(LIVE)
        assert proxy.count(is_feed) == 1


def test_a_network_that_opens_up_gets_sockets_again(browser, house, hanh, proxy):
    proxy.rule = no_sockets("refuse")
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{proxy.url}/d/{house.code}")
        while_it_runs(page, lambda: proxy.count(is_socket), "the socket to be tried")
        page.clock.run_for(1_000)
        page.wait_for_function(LIVE)
        proxy.rule = always("pass")
        page.clock.run_for(31_000)
        house.send(do.Ask("Có tin mới?"), by=house.clerk)
        house.send(do.Approve(1))
        page.locator("#next #q-1").wait_for()
        page.clock.run_for(100)
        while_it_runs(page, lambda: proxy.count(is_socket, "pass"), "a socket to be tried again")
        page.wait_for_function(LINK, arg="open")
        feeds = proxy.count(is_feed)
        house.send(do.CallNext())
        page.locator("#stage[data-number='1']").wait_for()
        assert proxy.count(is_feed) == feeds


def test_where_the_feed_is_held_back_too_the_page_is_asked_again(browser, house, hanh, proxy):
    proxy.rule = lambda head: "refuse" if is_socket(head) else "hold" if is_feed(head) else "pass"
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{proxy.url}/d/{house.code}")
        page.locator("#ask-text").fill("Đang viết dở")
        house.send(do.Ask("Hỏi từ nơi khác?"), by=house.clerk)
        house.send(do.Approve(1))
        later(page, lambda: page.locator("#next #q-1").count(), "the news")
        assert page.locator("#ask-text").input_value() == "Đang viết dở"


@pytest.mark.parametrize("answer", ["sign in", "redirect", "511"])
def test_a_network_that_wants_a_sign_in_is_named_and_takes_nothing(browser, house, hanh, proxy, answer):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{proxy.url}/d/{house.code}")
        page.wait_for_function(LIVE)
        proxy.rule = always(answer)
        proxy.cut()
        ask(page, "Câu này có mất không?")
        words = (
            "Mạng này chưa cho ra ngoài. Hãy mở trang đăng nhập Wi-Fi, rồi quay lại đây. Câu hỏi của bạn đã được lưu"
        )
        later(page, lambda: page.get_by_text(words).count(), "the network to be named")
        before = len(proxy.seen)
        for _ in range(24):
            page.clock.run_for(5_000)
        assert len(proxy.seen) - before < 24 * 3, "the page hammers the network"
        assert arrived(house) == []
        proxy.rule = always("pass")
        later(page, lambda: arrived(house), "the question to arrive")
        later(page, lambda: page.get_by_text("Đã ghi vào sổ của phiên, số 1.").count(), "the asker to be told")
        assert arrived(house) == ["Câu này có mất không?"]


def test_a_busy_gateway_is_no_sign_in_page(browser, house, hanh, proxy):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{proxy.url}/d/{house.code}")
        page.wait_for_function(LIVE)
        proxy.rule = always("bad gateway")
        proxy.cut()
        words = "Mạng chập chờn, đang nối lại."
        later(page, lambda: page.get_by_text(words).count() and proxy.count(is_feed), "the page to say so")
        assert page.get_by_text("Mạng này chưa cho ra ngoài").count() == 0
        proxy.rule = always("pass")
        later(page, lambda: page.evaluate(LINK, "open"), "the page to come back")


def test_a_line_that_was_cut_while_nothing_happened_is_found_and_replaced(browser, house, hanh, proxy):
    """A home router forgets an idle line: nobody is told, and what is sent goes nowhere."""
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        lines: list[str] = []
        forgotten: set[str] = set()

        def through(socket):
            server, name = socket.connect_to_server(), f"line {len(lines)}"
            lines.append(name)
            server.on_message(lambda text: name in forgotten or socket.send(text))
            socket.on_message(lambda text: name in forgotten or server.send(text))

        page.route_web_socket("**/live**", through)
        page.goto(f"/d/{house.code}")
        page.wait_for_function(LIVE)
        forgotten.add("line 0")
        house.send(do.Ask("Có ai nghe không?"), by=house.clerk)
        house.send(do.Approve(1))
        later(page, lambda: len(lines) > 1, "another line to be opened", step=2_000)
        page.locator("#next #q-1").wait_for()


def later(page, true_now, what: str, step: int = 5_000) -> None:
    """Let the page's clock run until something is so; the network answers in between."""

    def so():
        page.clock.run_for(step)
        return true_now()

    until(so, what, 30)
