"""The shell of citizens' pages: a closed page opens without a network, says of when it is, and sends what is typed."""

import re

import pytest

from live import commands as do
from live.states import RefusalReason
from server.rooms.room import Room
from server.store.backup import begin_new_epochs
from tests.cast import MODERATOR
from tests.waiting import until
from tests.web.proxy import Proxy, is_feed, is_socket
from tests.web.shells import BANNER, again, copy_of, keeping, kept, stop
from tests.web.visits import LIVE, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATER = "Bao giờ có nước sạch?"
SAFE = "Điều bạn gõ được giữ trên máy này và tự gửi khi có mạng."
AT_ONCE = "const chance = Math.random; Math.random = () => chance() / 50;"
"""A page that may load itself anew within half a minute does so within a second."""
FRESH = "() => !('kept' in document.documentElement.dataset)"


def ask(page, text: str) -> None:
    page.get_by_label("Câu hỏi", exact=True).fill(text)
    page.get_by_role("button", name="Gửi câu hỏi").click()


def room_of(served, house) -> Room:
    room = served.run(served.parts.rooms.get(house.code))
    assert isinstance(room, Room)
    return room


def texts(room) -> list[str]:
    return [str(question.text) for question in room.dialogue.questions.values()]


def test_a_closed_page_opens_though_the_server_is_gone_and_what_is_typed_there_arrives_once(browser, house, hanh):
    complaints: list[str] = []
    with keeping(browser, house, hanh[1]) as phone:
        phone.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        house.send(do.Ask("Đường bao giờ sửa?"), by=house.clerk)
        house.send(do.Approve(1))
        kept(phone, f"/d/{house.code}").close()
        assert complaints == []
        stop(house)

        page = copy_of(phone, f"/d/{house.code}")
        page.locator(BANNER).wait_for()
        assert re.fullmatch(rf"Bản lưu lúc \d\d:\d\d; chưa có mạng\. {SAFE}", page.locator(BANNER).inner_text())
        page.locator("#next #q-1").wait_for()
        assert page.evaluate("() => getComputedStyle(document.querySelector('.bar')).position") == "sticky", "no sheet"
        ask(page, WATER)
        page.locator("outbox-list", has_text=WATER).wait_for()
        shown(page, "Câu hỏi của bạn đã được lưu trên máy này, đang chờ gửi.")
        page.close()
        page = copy_of(phone, f"/d/{house.code}")
        assert WATER in page.locator("outbox-list").inner_text(), "what waits is not seen"

        with again(house) as served:
            room = room_of(served, house)
            page.locator("#mine-2", has_text=WATER).wait_for(timeout=40_000)
            page.wait_for_function(FRESH)
            page.locator(BANNER).wait_for(state="hidden")
            served.run(room.handle(do.Approve(2), house.clerk))
            assert texts(room) == ["Đường bao giờ sửa?", WATER]
            page.close()


def test_a_copy_is_as_new_as_what_the_phone_was_shown_last_and_goes_on_from_there(browser, house, hanh):
    """Not as the page was loaded: a question that was received since is on it, and so is what one supports."""
    with keeping(browser, house, hanh[1]) as phone:
        house.send(do.Ask("Đường bao giờ sửa?"), by=house.clerk)
        house.send(do.Approve(1))
        page = kept(phone, f"/d/{house.code}")
        page.wait_for_function(LIVE)
        ask(page, WATER)
        page.locator("#mine-2").wait_for()
        support = page.locator("#q-1 support-button button")
        support.click()
        page.locator("#q-1 support-button button[aria-pressed=true]").wait_for()
        stored = "async () => (await (await caches.match(location.pathname)).text()).includes('id=\"mine-2\"')"
        until(lambda: page.evaluate(stored), "the receipt to be kept")
        page.close()
        phone.set_offline(True)
        house.send(do.Approve(2))
        page = copy_of(phone, f"/d/{house.code}")
        page.add_init_script(AT_ONCE)
        shown(page, "Đã nhận, số 2. Đang chờ người kiểm duyệt đọc.")
        assert page.locator("#q-1 support-button button").get_attribute("aria-pressed") == "true"
        assert page.locator("#mine form[aria-busy]").count() == 0
        page.get_by_label("Câu hỏi", exact=True).fill("Đang viết dở")
        phone.set_offline(False)
        page.locator("#next #q-2").wait_for(timeout=40_000)
        shown(page, "Đã duyệt, đứng thứ 2 trong hàng chờ.")
        page.locator(BANNER).wait_for(state="hidden")
        assert page.get_by_label("Câu hỏi", exact=True).input_value() == "Đang viết dở"
        page.close()


def test_a_copy_of_another_epoch_gets_a_whole_page_and_loads_itself_anew(browser, house, hanh):
    """A backup was put back meanwhile: the numbers of the copy mean nothing any more."""
    with keeping(browser, house, hanh[1]) as phone:
        house.send(do.Ask("Đường bao giờ sửa?"), by=house.clerk)
        house.send(do.Approve(1))
        page = kept(phone, f"/d/{house.code}")
        old = page.locator("#live").get_attribute("data-epoch")
        page.close()
        house.run(house.parts.database.write(begin_new_epochs))
        stop(house)
        phone.add_init_script(AT_ONCE)
        page = copy_of(phone, f"/d/{house.code}")
        page.locator("#next #q-1").wait_for()
        with again(house) as served:
            room = room_of(served, house)
            served.run(room.handle(do.Refuse(1, RefusalReason.INSULT, "Xin nói lại cho nhã."), MODERATOR))
            page.locator("#q-1").wait_for(state="detached", timeout=40_000)
            page.wait_for_function("() => performance.getEntriesByType('navigation')[0].type === 'reload'")
            page.wait_for_function(LIVE)
            assert page.evaluate(FRESH)
            assert page.locator("#live").get_attribute("data-epoch") == room.epoch != old
            page.close()


def through(house) -> Proxy:
    return Proxy(house.settings.port, lambda _: "pass")


def test_behind_a_slow_network_the_copy_comes_after_seconds_and_its_own_line_brings_the_news(browser, house, hanh):
    def slow(head: bytes) -> str:
        return "pass" if is_socket(head) or is_feed(head) or b" /d/HALL01 " not in head.split(b"\r\n")[0] else "swallow"

    with through(house) as line, keeping(browser, house, hanh[1], base_url=line.url) as phone:
        page = kept(phone, f"/d/{house.code}")
        order = [head.split(b" ")[1] for _, head in line.seen]
        files = [place for place, path in enumerate(order) if path.startswith(b"/static/") and b"icon" not in path]
        assert max(files) < order.index(b"/shell.js"), "the worker came before sheets and scripts"
        page.close()
        house.send(do.Ask("Đường bao giờ sửa?"), by=house.clerk)
        house.send(do.Approve(1))
        line.rule = slow
        page = copy_of(phone, f"/d/{house.code}")
        page.locator("#next #q-1").wait_for()
        page.wait_for_function(FRESH)
        page.close()


def test_a_proxy_whose_server_is_gone_shows_the_copy_with_other_words(browser, house, hanh):
    with through(house) as line, keeping(browser, house, hanh[1], base_url=line.url) as phone:
        kept(phone, f"/d/{house.code}").close()
        line.rule = lambda _: "bad gateway"
        page = copy_of(phone, f"/d/{house.code}")
        shown(page, f"chưa nối được với máy chủ. {SAFE}")
        page.close()


def test_a_receipt_opens_without_a_network_takes_nothing_then_and_is_true_again_with_one(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        house.send(do.Ask(WATER), by=hanh[0])
        path = f"/r/{house.room.dialogue.questions[1].receipt}"
        kept(phone, path).close()
        phone.set_offline(True)
        page = copy_of(phone, path)
        shown(page, "Trang tự làm mới khi có mạng; lúc đó mới gửi được bổ sung.")
        shown(page, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
        assert page.locator("main form:visible, main summary:visible", has_text="Rút").count() == 0
        house.send(do.Approve(1))
        phone.set_offline(False)
        shown(page, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
        page.locator("#kept").wait_for(state="hidden")
        page.locator("summary", has_text="Rút câu hỏi này").click()
        page.get_by_role("button", name="Rút câu số 1").click()
        shown(page, "Đã rút theo ý người hỏi.")
