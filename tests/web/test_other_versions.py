"""Pages older than the server, servers older than the page, and browsers older than both."""

import re

import pytest

from live import commands as do
from server.rooms.assets import Assets
from tests.rules.tree import ROOT
from tests.web.visits import LIVE, opened, shown

STAYED = "() => { window.stayed = true; }"
LOADED_ANEW = "() => window.stayed === undefined && document.getElementById('live')?.dataset.live === 'yes'"
COME_AGAIN = """() => {
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}"""

TOO_NEW = {
    "private names (Chrome 84, Safari 15)": r"this\.#\w+|^\s+#\w+[ (=;]",
    "static fields (Safari 14.1)": r"\bstatic \w+ =",
    "static blocks (Chrome 94)": r"\bstatic \{",
    "array.at, findLast, toSorted, replaceAll": r"\.(at|findLast|toSorted|toSpliced|replaceAll|hasOwn|groupBy)\(",
    "structuredClone (Chrome 98)": r"structuredClone\(",
    "AbortSignal.timeout, any (Chrome 103)": r"AbortSignal\.(timeout|any)\(",
    "randomUUID unguarded (Chrome 92, https)": r"randomUUID\(",
    "array.fromAsync, Promise.withResolvers": r"(fromAsync|withResolvers)\(",
    "look-behind (Safari 16.4)": r"\(\?<[=!]",
    "top-level await (Chrome 89)": r"^await ",
    "popover, dialog as a must": r"\.(showPopover|requestClose)\(",
}
"""What the phone's script must do without: it promises Chrome 85, Safari 14 and Firefox 79 (docs/reference.md)."""


@pytest.mark.parametrize("name", TOO_NEW)
def test_the_phones_script_asks_for_nothing_newer_than_it_promises(name):
    assets = Assets(ROOT / "web/static")
    names = ("js/site+phone.js", "js/site+receipt.js", "js/shell/worker.js", "js/shell/emptied.js")
    script = "\n".join(assets.content(name).decode() for name in names)
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", script, flags=re.DOTALL)
    assert re.findall(TOO_NEW[name], code, flags=re.MULTILINE) == []


def deploy(house, version: str = "another") -> None:
    """From now on the server draws pages of another making."""
    house.parts.render.version = version


@pytest.mark.browser
def test_an_old_page_loads_itself_anew_once_and_not_while_somebody_types(house, phone):
    page = phone.new_page()
    page.clock.install()
    page.goto(f"/d/{house.code}")
    page.wait_for_function(LIVE)
    page.evaluate(STAYED)
    page.locator("#ask-text").fill("Đang viết")
    deploy(house)
    page.evaluate(COME_AGAIN)
    page.wait_for_function("() => document.getElementById('live').dataset.link === 'open'")
    page.clock.run_for(120_000)
    assert page.evaluate("() => window.stayed"), "loaded anew under somebody's fingers"
    page.locator("#ask-text").blur()

    page.wait_for_function(LOADED_ANEW)
    assert page.locator("#ask-text").input_value() == "Đang viết"
    page.evaluate(STAYED)  # the server draws the same as before, so it goes on to say that this page is another
    page.evaluate(COME_AGAIN)
    page.clock.run_for(120_000)
    assert page.evaluate("() => window.stayed"), "a loop"


@pytest.mark.browser
def test_words_of_a_newer_server_are_passed_over(house, phone):
    def newer(socket):
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda text: [socket.send(each) for each in ('{"hologram":1}', text, '{"now":{"mood":3}}')])

    page = phone.new_page()
    page.route_web_socket("**/live**", newer)
    page.goto(f"/d/{house.code}")
    page.wait_for_function(LIVE)
    house.send(do.Ask("Hiểu nhau không?"), by=house.clerk)
    house.send(do.Approve(1))
    page.locator("#next #q-1").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("unknown", ['["shuffle","queue"]', '["replace","nowhere","<p>?</p>"]'])
def test_a_change_that_does_not_fit_is_answered_with_a_whole_page(house, phone, unknown):
    spoilt: list[str] = []

    def newer(socket):
        server = socket.connect_to_server()
        socket.on_message(server.send)

        def onward(text):
            if '"after"' in text and not spoilt:
                spoilt.append(text)
                text = re.sub(r'"patches":\[', f'"patches":[{unknown},', text, count=1)
            socket.send(text)

        server.on_message(onward)

    page = phone.new_page()
    page.route_web_socket("**/live**", newer)
    page.goto(f"/d/{house.code}")
    page.wait_for_function(LIVE)
    house.send(do.Ask("Một?"), by=house.clerk)
    house.send(do.Approve(1))
    page.locator("#next #q-1").wait_for()


@pytest.mark.browser
def test_a_server_whose_whole_page_does_not_fit_is_not_stormed(house, phone):
    tries: list[str] = []

    def unfit(socket):
        tries.append(socket.url)
        socket.send('{"n":9,"epoch":"x","patches":[["fill","hologram",""]]}')

    page = phone.new_page()
    page.clock.install()
    page.route_web_socket("**/live**", unfit)
    page.goto(f"/d/{house.code}")
    for _ in range(12):
        page.clock.run_for(5_000)
    assert 2 < len(tries) < 60


@pytest.mark.browser
def test_without_the_part_that_morphs_the_forms_still_work(house, phone):
    """A browser that is too old for the vendored part, yet young enough for modules."""
    page = phone.new_page()
    page.route("**/idiomorph*", lambda route: route.abort())
    page.goto(f"/d/{house.code}")
    page.locator("#ask-text").fill("Máy đời cũ?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    shown(page, "Đã ghi vào sổ của phiên, số 1.")
    assert opened(phone, f"/d/{house.code}").locator("#mine-1").count() == 1
