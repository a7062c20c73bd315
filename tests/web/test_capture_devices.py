"""The capture page and its computer: the microphone that was chosen is opened, and the screen stays on."""

import pytest

from tests.web.sounding import have, microphone_of, noise_file
from tests.web.visits import shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

OPENED = """
const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.opened = [];
navigator.mediaDevices.getUserMedia = async (asked) => {
  const stream = await get(asked);
  window.opened.push([asked.audio.deviceId?.exact ?? "", stream.getAudioTracks()[0].getSettings().deviceId]);
  return stream;
};
"""
LOCKS = """
window.locks = [];
Object.defineProperty(navigator, "wakeLock", { value: { async request(kind) {
  if (window.lowBattery) throw new DOMException("low battery", "NotAllowedError");
  const lock = { kind, held: true, async release() { lock.held = false; } };
  window.locks.push(lock);
  return lock;
} } });
"""


@pytest.fixture
def page(browser, house, tmp_path):
    with microphone_of(browser, noise_file(tmp_path)) as chromium:
        cookie = house.staff("thuky", "secretary")
        with visitor(chromium, house, cookie, permissions=["microphone"]) as context:
            context.add_init_script(f"if (navigator.mediaDevices) {{ {OPENED} {LOCKS} }}")  # about:blank has none
            page = context.new_page()
            page.goto(f"/d/{house.code}/sound")
            page.wait_for_function("() => document.querySelectorAll('[name=device] option').length > 2")
            yield page


def begun(page, house):
    before = have(house)
    page.get_by_role("button", name="Bắt đầu thu").click()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    while_it_runs(page, lambda: have(house) > before, "sound on the server's disk")


def stopped(page):
    page.get_by_role("button", name="Dừng thu").click()
    shown(page, "Đã dừng thu.")


def test_the_chosen_microphone_is_opened_and_stays_chosen(page, house):
    devices = page.locator("[name=device] option").evaluate_all("all => all.map(({ value, text }) => [value, text])")
    [(chosen, name)] = [device for device in devices if device[1] == "Fake Audio Input 2"]
    begun(page, house)
    stopped(page)
    page.locator("[name=device]").select_option(chosen)
    begun(page, house)
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    stopped(page)
    assert page.evaluate("opened")[0][0] == ""  # the computer's own choice
    assert page.evaluate("opened")[1] == [chosen, chosen]
    assert page.locator("[name=device] option:checked").inner_text() == name


def test_a_chosen_microphone_that_is_gone_is_told_and_no_other_is_taken_silently(page, house):
    page.evaluate("document.querySelector('[name=device]').add(new Option('Bàn trộn', 'gone'))")
    page.locator("[name=device]").select_option("gone")
    page.get_by_role("button", name="Bắt đầu thu").click()
    page.locator("#state[data-kind=failed]").wait_for()
    assert have(house) == 0


def test_the_screen_is_kept_on_while_it_records_and_let_go_afterwards(page, house):
    assert page.evaluate("locks.length") == 0
    begun(page, house)
    page.wait_for_function("() => locks.length === 1")
    assert page.evaluate("[locks[0].kind, locks[0].held]") == ["screen", True]
    page.evaluate("locks[0].held = false; document.dispatchEvent(new Event('visibilitychange'))")  # as a browser does
    page.wait_for_function("() => locks.length === 2")
    stopped(page)
    page.wait_for_function("() => locks.every(({ held }) => !held)")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("locks.length") == 2


def test_a_screen_that_may_not_be_kept_on_is_no_reason_to_stop(page, house):
    page.evaluate("window.lowBattery = true")
    begun(page, house)
    stopped(page)
    assert page.evaluate("locks.length") == 0
