"""What a page shows only now and then is for everybody too: an invitation to speak, a suspension, a rehearsal, a copy.

Each state is looked at by axe-core and at five sizes, then walked through by keys: as it is, with letters of twice the
size, in the colours of a system that has its own, and without motion.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import ViewportSize

from live import commands as do
from live.states import DialogueState, SuspensionReason
from server import clock
from tests.journeys.for_everybody import AXE, LET_GO, findings
from tests.web.house import House, described
from tests.web.keys import Keys, by_keys
from tests.web.shells import copy_of, keeping, kept, stop
from tests.web.visits import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

LETTERS = "() => { document.documentElement.style.fontSize = '34px' }"
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
MOVES = "() => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 1).length"
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1440, height=900)
SENTENCE = "Ông/bà đã gửi nhiều lần trong thời gian ngắn."

Here = tuple[str, list[dict[str, str]], ViewportSize]
"""The page, the cookies of whoever looks at it, and their window."""


def suspended_phone(house: House) -> Here:
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ có nước sạch?"), by=seat)
    house.send(do.Suspend(1, SuspensionReason.FLOOD, SENTENCE))
    return f"/d/{house.code}", [cookie], PHONE


def suspended_phones(house: House) -> Here:
    suspended_phone(house)
    return f"/d/{house.code}/moderator", [house.staff("mau", "moderator")], DESK


def invited(house: House) -> Here:
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.RaiseHand("", "Giếng nhiễm mặn"), by=seat)
    house.send(do.Approve(1), do.CallNext(), do.OpenMicrophone(1))
    return f"/d/{house.code}", [cookie], PHONE


def microphone_closed(house: House) -> Here:
    here = invited(house)
    house.send(do.CloseMicrophone(1))
    return here


def inviting(house: House) -> Here:
    invited(house)
    return f"/d/{house.code}/moderator", [house.staff("mau", "moderator")], DESK


def awaited(house: House) -> Here:
    house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"))
    house.send(described(starts_at=clock.now() + timedelta(minutes=42)))
    return f"/d/{house.code}", [house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]], PHONE


def rehearsal(house: House) -> Here:
    house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"), do.MoveDialogue(DialogueState.REHEARSAL))
    return f"/d/{house.code}/desk", [house.staff("to", "organiser")], PHONE


def just_closed(house: House) -> Here:
    house.send(do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    return f"/d/{house.code}/transcript", [house.staff("mai", "secretary")], PHONE


STATES: list[tuple[Callable[[House], Here], str]] = [
    (suspended_phone, "#mine-suspension"),
    (suspended_phones, "#suspended > li"),
    (invited, "#my-microphone"),
    (microphone_closed, "#my-microphone"),
    (inviting, ".floor"),
    (awaited, "starts-in:not(:empty)"),
    (rehearsal, "#rehearsal svg"),
    (just_closed, ".scribe__after"),
]
"""How it comes to be, and what is there then."""


@pytest.mark.parametrize("state, there", STATES)
def test_a_state_is_for_everybody(browser, house, state, there):
    path, cookies, window = state(house)
    with by_keys(browser, house, path, *cookies, viewport=window, reduced_motion="reduce") as keys:
        page = keys.page
        page.locator(there).first.wait_for(state="attached")
        page.evaluate("() => document.querySelectorAll('#suspended-part').forEach((one) => { one.open = true })")
        page.locator(there).first.wait_for()
        assert page.evaluate(MOVES) == 0
        page.evaluate(AXE)
        page.evaluate(LET_GO)
        assert findings(page) == []


@pytest.mark.parametrize("state, there", STATES)
@pytest.mark.parametrize("colours, large", [("none", True), ("active", False)])
def test_a_state_is_walked_through_by_keys(browser, house, state, there, colours, large):
    path, cookies, window = state(house)
    with by_keys(browser, house, path, *cookies, viewport=window, forced_colors=colours) as keys:
        keys.page.locator(there).first.wait_for(state="attached")
        if large:
            keys.page.set_viewport_size(PHONE)
            keys.page.evaluate(LETTERS)
            assert not keys.page.evaluate(WIDE)
        assert keys.round() == []


def test_a_copy_without_a_network_is_for_everybody(browser, house, hanh):
    house.send(do.Ask("Bao giờ có nước sạch?"), by=hanh[0])
    receipt = house.room.dialogue.questions[1].receipt
    with keeping(browser, house, hanh[1]) as phone:
        for path in (f"/d/{house.code}", f"/r/{receipt}"):
            kept(phone, path).close()
        stop(house)
        for path in (f"/d/{house.code}", f"/r/{receipt}"):
            page = copy_of(phone, path)
            page.locator("#live-status:not(:empty), #kept:not(:empty)").first.wait_for()
            page.evaluate(AXE)
            page.evaluate(LET_GO)
            assert findings(page) == [], path
            page.set_viewport_size(PHONE)
            assert Keys(page).round() == [], path


def test_a_suspension_is_given_and_ended_by_keys_alone(browser, house):
    seat, _ = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ có nước sạch?"), by=seat)
    desk = f"/d/{house.code}/moderator?question=1&open=suspend"
    with by_keys(browser, house, desk, house.staff("mau", "moderator"), viewport=DESK) as keys:
        dialog = keys.page.locator("#work-dialog[open]")
        dialog.wait_for()
        keys.press("Escape")
        dialog.wait_for(state="detached")
        keys.page.wait_for_function("() => document.activeElement.id === 'q-1'")
        keys.page.emulate_media(forced_colors="active")
        keys.still_here()
        keys.page.emulate_media(forced_colors="none")
        keys.page.goto(desk)
        dialog.wait_for()
        keys.to("Lý do", within="form[action$='/suspend']")
        keys.press("ArrowDown", "Tab")
        keys.pressed("Tạm ngừng nhận", within="form[action$='/suspend']")
        keys.page.locator("#suspended > li").wait_for(state="attached")
        keys.page.locator("#work-dialog:not([open])").wait_for(state="attached")
        keys.pressed("Đang tạm ngừng nhận")
        keys.pressed("Nhận lại")
        keys.page.locator("#suspended > li").wait_for(state="detached")
        keys.still_here()


def test_what_changes_on_a_phone_is_told_politely(browser, house):
    """What is said of it lies within a region that screen readers follow, and interrupts nobody."""
    path, cookies, _ = awaited(house)
    told = "(one) => one.closest('[aria-live], [role=status], [role=alert]')?.getAttribute('aria-live') ?? 'none'"
    with keeping(browser, house, *cookies) as phone:
        page = opened(phone, path)
        assert page.locator("#live-status").evaluate(told) in {"polite", "none"}
        assert page.locator("#live-status").get_attribute("role") == "status"
        assert page.locator("starts-in").evaluate(told) == "none", "nobody is told every minute"
