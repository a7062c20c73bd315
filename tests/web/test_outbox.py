"""What is typed is kept until it is answered: through reloads, other tabs, forbidden and full storage, refusals."""

import json
import sqlite3

import pytest

from live import commands as do
from live.states import DialogueState
from server import clock
from tests.waiting import until
from tests.web.visits import LIVE, count, opened, shown, visitor

pytestmark = pytest.mark.browser

WATER = "Bao giờ có nước sạch?"
KEPT = "Câu hỏi của bạn đã được lưu trên máy này, đang chờ gửi."
UNKEPT = "Máy này không cho lưu: xin giữ trang mở cho đến khi gửi xong."
DENIED = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });"
EMPTY = "() => !Object.keys(localStorage).some((key) => key.startsWith('outbox:'))"


def ask(page, text: str) -> None:
    page.locator("#ask-text").fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def unsent(page, house, text: str = WATER) -> None:
    """Ask on a page whose network takes nothing."""
    page.route("**/do/**", lambda route: route.abort())
    page.route("**/feed?**", lambda route: route.abort())
    page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
    page.goto(f"/d/{house.code}")
    ask(page, text)
    page.locator(".form__said[data-said=busy]").wait_for(timeout=20_000)  # Another tab may be trying its own just now.


def open_up(page) -> None:
    """The network takes commands again, and the device notices."""
    page.unroute("**/do/**")
    page.evaluate("() => dispatchEvent(new Event('online'))")


def texts(house) -> list[str]:
    return [str(question.text) for question in house.room.dialogue.questions.values()]


def operations(house) -> list[str]:
    with sqlite3.connect(house.settings.data_dir / "doithoai.db") as database:
        return [op for (op,) in database.execute("select op from ops where op is not null")]


def test_a_page_that_crashed_while_sending_sends_the_same_op_and_the_field_is_empty(house, phone):
    page = phone.new_page()
    unsent(page, house)
    (kept,) = page.evaluate("() => Object.entries(localStorage).filter(([key]) => key.startsWith('outbox:'))")
    page.close()
    again = phone.new_page()
    again.goto(f"/d/{house.code}")
    assert again.locator("#ask-text").input_value() == ""
    until(lambda: again.evaluate(EMPTY), "the outbox to be empty")
    assert texts(house) == [WATER]
    assert json.loads(kept[1])["op"] in operations(house)


WAITS = """window.waits = [];
  Math.random = () => 1;
  const real = window.setTimeout;
  window.setTimeout = (work, ms, ...more) => {
    const ours = new Error().stack.includes("at later ");
    if (ours) window.waits.push(ms);
    return real(work, ours ? Math.min(ms, 5) : ms, ...more);
  };"""
"""Notes for how long the outbox puts a text off, the longest that chance allows, and cuts that short."""


def test_whoever_is_told_busy_again_and_again_waits_twice_as_long_each_time(house, phone):
    page = phone.new_page()
    page.add_init_script(WAITS)

    def full(line):
        server = line.connect_to_server()

        def heard(text):
            message = json.loads(text)
            if message.get("do") == "ask":
                line.send(json.dumps({"busy": message["op"], "after_ms": 2_000}))
            else:
                server.send(text)

        line.on_message(heard)

    page.route_web_socket("**/live**", full)
    page.goto(f"/d/{house.code}")
    ask(page, WATER)
    until(lambda: page.evaluate("() => waits.length") >= 9, "nine tries")
    spread = 500
    ceilings = [min(30_000, 500 * 2**times) for times in range(9)]
    assert page.evaluate("() => waits")[:9] == [2_000 + ceiling + spread for ceiling in ceilings]
    assert texts(house) == []


def test_the_three_steps_of_a_question_are_seen(house, phone):
    page = phone.new_page()
    page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
    page.route("**/feed?**", lambda route: route.abort())
    page.route("**/do/**", lambda route: route.abort())
    page.goto(f"/d/{house.code}")
    ask(page, WATER)
    reached = "number => document.querySelectorAll('.way [data-reached]').length === number"
    page.wait_for_function(reached, arg=1)
    shown(page, f"Chưa gửi được vì mạng. {KEPT}")
    open_up(page)
    page.wait_for_function(reached, arg=2)
    shown(page, "Đã ghi vào sổ của phiên, số 1.")
    page.unroute("**/feed?**")
    page.wait_for_function(reached, arg=3)
    page.locator("#ask-text").fill("Và câu nữa")
    page.locator(".way").wait_for(state="hidden")


@pytest.mark.parametrize("trouble", [DENIED, FULL])
def test_a_device_that_keeps_nothing_says_so_and_sends_all_the_same(house, phone, trouble):
    page = phone.new_page()
    page.add_init_script(trouble)
    unsent(page, house)
    shown(page, f"Chưa gửi được vì mạng. {UNKEPT}")
    shown(page, "Chỉ trên trang này, đang chờ gửi; xin giữ trang mở.")
    assert page.get_by_text(KEPT).count() == 0
    open_up(page)
    shown(page, "Đã ghi vào sổ của phiên, số 1.")
    assert texts(house) == [WATER]


@pytest.mark.parametrize("trouble, asked", [("", []), (FULL, ["beforeunload"])])
def test_the_browser_asks_before_it_lets_go_of_the_only_copy(house, phone, trouble, asked):
    page = phone.new_page()
    page.add_init_script(trouble)
    unsent(page, house)
    questions: list[str] = []

    def answer(dialog):
        questions.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.reload()
    assert questions == asked


def test_storage_cleared_meanwhile_loses_nothing_of_an_open_page_and_a_receipt_needs_none(browser, house, phone):
    page = phone.new_page()
    unsent(page, house)
    page.evaluate("() => localStorage.clear()")
    open_up(page)
    link = page.locator(".form__said a")
    link.wait_for()
    with visitor(browser, house) as elsewhere:
        receipt = elsewhere.new_page()
        receipt.goto(link.get_attribute("href"))
        shown(receipt, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")


@pytest.mark.parametrize("trouble", ["", NO_LOCKS])
def test_each_of_two_tabs_hears_of_its_own_and_nothing_goes_twice(house, phone, trouble):
    phone.add_init_script(trouble)
    first, second = phone.new_page(), phone.new_page()
    for page, text in ((first, "Câu ở trang thứ nhất?"), (second, "Câu ở trang thứ hai?")):
        unsent(page, house, text)
        shown(page, KEPT)
    assert second.locator("outbox-list .mine").count() == 2
    open_up(first)
    open_up(second)
    for page in (first, second):
        page.locator(".form__said[data-said=ok]").wait_for()
        count(page, "outbox-list .mine", 0)
    assert sorted(texts(house)) == sorted(["Câu ở trang thứ nhất?", "Câu ở trang thứ hai?"])


def test_one_tab_sends_for_the_other_and_tells_it(house, phone):
    """The second tab stays without any network; the first sends its question, and the second says the number."""
    second = phone.new_page()
    unsent(second, house)
    opened(phone, f"/d/{house.code}")
    shown(second, "Đã ghi vào sổ của phiên, số 1.")
    assert second.locator("#ask-text").input_value() == ""


def test_a_text_refused_after_its_page_was_gone_is_kept_with_the_reason_and_can_be_taken_up_again(house, phone):
    page = phone.new_page()
    unsent(page, house)
    page.close()
    house.send(do.MoveDialogue(DialogueState.CLOSING))
    again = opened(phone, f"/d/{house.code}")
    shown(again, "Chưa vào sổ. Máy chủ trả lời: Phiên đối thoại hiện không nhận câu hỏi.")
    again.reload()
    assert WATER in again.locator("outbox-list").inner_text()
    house.send(do.MoveDialogue(DialogueState.OPEN))
    again.get_by_role("button", name="Đưa lại vào ô viết").click()
    assert again.locator("#ask-text").input_value() == WATER
    count(again, "outbox-list .mine", 0)
    again.get_by_role("button", name="Gửi câu hỏi").click()
    shown(again, "Đã ghi vào sổ của phiên, số 1.")


def test_a_text_that_the_server_cannot_settle_does_not_hold_up_the_others(house, phone):
    page = phone.new_page()
    page.clock.install()
    page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
    page.route("**/feed?**", lambda route: route.abort())

    def poisoned(route):
        if "Th%E1%BB%A9+nh%E1%BA%A5t" in (route.request.post_data or ""):
            route.fulfill(status=500, body="?")
        else:
            route.continue_()

    page.route("**/do/**", poisoned)
    page.goto(f"/d/{house.code}")
    ask(page, "Thứ nhất")
    page.evaluate("""() => localStorage.setItem(`outbox:HALL01:phone:second`,
      JSON.stringify({ op: "second", do: "ask", fields: { text: "Thứ hai" }, made: Date.now() + 1 }))""")

    def second_arrived():
        page.clock.run_for(10_000)
        return texts(house) == ["Thứ hai"]

    until(second_arrived, "the second to arrive", 30)
    assert page.locator("outbox-list .mine").count() == 1


def test_somebody_whose_session_ended_is_told_keeps_what_was_typed_and_comes_back_by_signing_in(browser, house):
    cookie = house.staff("lan", "clerk")
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}/clerk")
        page.locator("#ask-form [name=text]").fill("Đang nhập dở")
        house.run(house.parts.people.end_session(cookie["value"], clock.now()))
        page.evaluate("() => dispatchEvent(new Event('pagehide'))")
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        shown(page, "Phiên đăng nhập đã kết thúc. Những gì đang viết vẫn còn trên trang này.")
        assert page.locator("#ask-form [name=text]").input_value() == "Đang nhập dở"
        link = page.get_by_role("link", name="Đăng nhập lại")
        assert link.get_attribute("href") == f"/sign-in?back=/d/{house.code}/clerk"
        context.add_cookies([house.staff("lan2", "clerk")])
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_function(LIVE)
        page.wait_for_function("() => document.getElementById('live').dataset.link === 'open'")
        assert page.locator("#ask-form [name=text]").input_value() == "Đang nhập dở"
