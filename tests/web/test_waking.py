"""A page that nobody looks at does nothing; a page that somebody looks at again finds out at once whether it lives."""

import pytest

from live import commands as do
from tests.waiting import until
from tests.web.visits import LIVE, visitor, while_it_runs

pytestmark = pytest.mark.browser

HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LEAVE = "() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
RETURN = "() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


class Lines:
    """The sockets of a page: how many were opened, and those that are mute say nothing any more."""

    def __init__(self, page):
        self.opened: list[str] = []
        self.pings = 0
        self.mute: set[int] = set()
        self.refusing = False
        self._sockets = []
        page.route_web_socket("**/live**", self._through)

    def _through(self, socket):
        number = len(self.opened)
        self.opened.append(socket.url)
        if self.refusing:
            socket.close(code=4000)
            return
        server = socket.connect_to_server()
        self._sockets.append((socket, server))

        def up(text):
            self.pings += '"ping"' in text
            if number not in self.mute:
                server.send(text)

        server.on_message(lambda text: number in self.mute or socket.send(text))
        socket.on_message(up)

    def cut(self):
        for socket, server in self._sockets:
            socket.close(code=4000)
            server.close()
        self._sockets.clear()


@pytest.fixture
def page(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = context.new_page()
        page.clock.install()
        yield page


@pytest.fixture
def lines(page, house):
    lines = Lines(page)
    page.goto(f"/d/{house.code}")
    page.wait_for_function(LIVE)
    return lines


def came(house, page) -> None:
    """News comes through."""
    house.send(do.Ask("Có tin mới?"), by=house.clerk)
    house.send(do.Approve(1))
    page.locator("#next #q-1").wait_for()


def test_a_hidden_page_has_no_timers_and_comes_back_the_moment_it_is_seen(house, page, lines):
    page.evaluate(HIDE, True)
    page.clock.run_for(120_000)
    assert lines.pings == 0
    lines.cut()
    page.wait_for_function("() => document.getElementById('live').dataset.link === 'resting'")
    page.clock.run_for(600_000)
    assert len(lines.opened) == 1
    page.evaluate(HIDE, False)
    while_it_runs(page, lambda: len(lines.opened) == 2, "a line to be opened at once")
    came(house, page)


def test_a_hidden_page_with_a_line_still_takes_the_news(house, page, lines):
    page.evaluate(HIDE, True)
    came(house, page)


def test_what_waits_to_be_sent_is_tried_also_while_hidden(house, page, lines):
    page.route("**/do/**", lambda route: route.abort())
    lines.refusing = True
    lines.cut()
    page.locator("#ask-text").fill("Gửi rồi cất máy?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    page.evaluate(HIDE, True)
    lines.refusing = False
    page.unroute("**/do/**")
    advance(page, lambda: house.room.dialogue.questions, "the question to arrive")


def test_a_line_that_died_in_the_pocket_is_replaced_within_three_seconds_of_looking(house, page, lines):
    page.evaluate(HIDE, True)
    lines.mute.add(0)
    page.evaluate(HIDE, False)
    while_it_runs(page, lambda: lines.pings == 1, "the line to be asked")
    page.clock.run_for(3_600)
    while_it_runs(page, lambda: len(lines.opened) == 2, "a new line")
    came(house, page)


def test_a_line_that_lives_is_kept_when_somebody_looks(house, page, lines):
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    while_it_runs(page, lambda: lines.pings == 1, "the line to be asked")
    page.wait_for_function("() => true")
    page.clock.run_for(20_000)
    assert len(lines.opened) == 1


def test_a_machine_that_slept_asks_as_soon_as_it_wakes(house, page, lines):
    lines.mute.add(0)
    page.clock.fast_forward(20_000)  # less than any watch on the line: only the clock's jump can tell
    while_it_runs(page, lambda: lines.pings == 1, "the line to be asked")
    page.clock.run_for(3_600)
    while_it_runs(page, lambda: len(lines.opened) == 2, "a new line")


def test_a_page_kept_by_the_browser_lets_go_of_its_line_and_takes_it_up_where_it_stood(house, page, lines):
    page.evaluate(LEAVE)
    until(lambda: not len(house.room.fanout.listeners()), "the line to be closed")
    page.evaluate(RETURN)
    while_it_runs(page, lambda: len(lines.opened) == 2, "a new line")
    assert f"since={house.room.n}" in lines.opened[1]
    came(house, page)


def test_tries_are_spread_and_never_hot(house, page, lines):
    lines.refusing = True
    page.route("**/feed?**", lambda route: route.abort())
    lines.cut()
    for _ in range(60):
        page.clock.run_for(10_000)
    assert 5 < len(lines.opened) < 120
    lines.refusing = False
    advance(page, lambda: page.evaluate("() => document.getElementById('live').dataset.link === 'open'"), "the page")
    came(house, page)


def advance(page, true_now, what: str) -> None:
    """Let the page's clock run until something is so; the network answers in between."""

    def so():
        page.clock.run_for(5_000)
        return true_now()

    until(so, what, 30)
