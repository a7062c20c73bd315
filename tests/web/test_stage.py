"""The hall screen in a real browser."""

from typing import Any

import pytest

from live import commands as do
from live.refusals import Refused
from live.states import DialogueState, Outcome, Part
from tests.cast import MODERATOR, SECRETARY
from tests.web.house import described
from tests.web.visits import opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

HALL = {"width": 1280, "height": 720}
ONE_LINE = """corner => { const code = corner.querySelector('.hall__code b');
  const was = code.textContent;
  code.textContent = 'WMWMWM';
  const size = parseFloat(getComputedStyle(code).fontSize);
  const fits = code.scrollWidth <= code.clientWidth && code.clientHeight < 1.8 * size;
  code.textContent = was;
  return fits }"""
FITS = """() => { const text = document.querySelector('[data-fit]');
  return [text.scrollHeight <= text.clientHeight, parseFloat(getComputedStyle(text).fontSize)] }"""


@pytest.fixture
def screen(browser, house):
    with visitor(browser, house, house.staff("man", "stage"), viewport=HALL) as context:
        yield opened(context, f"/d/{house.code}/stage")


def call(house, text: str) -> None:
    house.send(do.Ask(text), by=house.clerk)
    number = len(house.room.dialogue.questions)
    house.send(do.Approve(number), do.CallNext())


@pytest.mark.parametrize("length, least", [(40, 40), (160, 30), (320, 22), (490, 18)])
def test_a_question_of_any_length_fits_and_can_be_read_from_afar(house, screen, length, least):
    call(house, ("Đường vào thôn hỏng, " * 30)[:length].strip() + "?")
    shown(screen, "Câu số")
    screen.wait_for_function("() => document.querySelector('[data-fit]')?.style.fontSize")
    fits, size = screen.evaluate(FITS)
    assert fits
    assert size >= least


TITLE = (
    "Hội nghị đối thoại giữa Chủ tịch Ủy ban nhân dân xã Ea Mô với Nhân dân về đất đai, nước sạch và hạ tầng năm 2026"
)


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 140])
def test_a_long_title_beside_the_words_of_a_rehearsal_leaves_the_question_its_room(browser, house, percent):
    room = house.run(house.parts.rooms.create("HALL02", described(title=TITLE), MODERATOR))
    steps = [do.MoveDialogue(DialogueState.ANNOUNCED), do.MoveDialogue(DialogueState.REHEARSAL), do.ScaleStage(percent)]
    for step in (*steps, do.Ask(("Đường vào thôn hỏng, " * 30)[:300]), do.Approve(1), do.CallNext()):
        assert not isinstance(house.run(room.handle(step, MODERATOR)), Refused), step
    with visitor(browser, house, house.staff("man", "stage"), viewport=HALL) as context:
        page = opened(context, "/d/HALL02/stage")
        page.wait_for_function("() => document.querySelector('[data-fit]')?.style.fontSize")
        fits, size = page.evaluate(FITS)
        assert fits
        assert size >= 20


def test_the_question_grows_into_the_room_of_captions_that_are_off(house, screen):
    call(house, ("Đường vào thôn hỏng, " * 30)[:490])
    house.send(
        do.WriteLine("Xã sẽ sửa đường vào thôn trước mùa mưa, và báo lại cho bà con biết tiến độ."), by=SECRETARY
    )
    shown(screen, "Xã sẽ sửa đường")
    screen.wait_for_function("() => document.querySelector('[data-fit]')?.style.fontSize")
    sizes = []
    for _ in range(2):
        fits, size = screen.evaluate(FITS)
        assert fits
        sizes.append(size)
        screen.keyboard.press("c")
    assert sizes[0] < sizes[1]


def test_code_and_address_are_always_there(house, screen):
    for number in (1, 2):
        corner = screen.locator(".hall__join")
        box = corner.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= HALL["width"]
        assert box["y"] + box["height"] <= HALL["height"]
        assert house.code in corner.inner_text()
        assert corner.locator("svg").count() == 1
        assert corner.evaluate(ONE_LINE), "six letters in two lines are typed in as five"
        call(house, "Câu dài " * 60)
        shown(screen, "Câu số")
        house.send(do.GiveOutcome(number, Outcome.ANSWERED))


def test_a_frozen_screen_stands_and_then_catches_up(house, screen):
    screen.keyboard.press("f")
    shown(screen, "Màn hình đang dừng")
    call(house, "Câu hỏi trong lúc dừng?")
    screen.wait_for_function("n => Number(document.getElementById('live').dataset.n) >= n", arg=house.room.n)
    assert "trong lúc dừng" not in screen.locator("#stage-place").inner_text()
    screen.keyboard.press("f")
    shown(screen, "Câu hỏi trong lúc dừng?")
    assert not screen.get_by_text("Màn hình đang dừng").is_visible()


def test_a_screen_that_is_behind_says_by_how_much(browser, house):
    sockets: list[Any] = []

    def through(socket):
        sockets.append((socket, socket.connect_to_server()) if not sockets else (socket, None))
        if len(sockets) > 1:
            socket.close(code=4000)

    with visitor(browser, house, house.staff("man", "stage"), viewport=HALL) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", through)
        page.clock.install()
        page.goto(f"/d/{house.code}/stage")
        page.wait_for_function("() => document.getElementById('live').dataset.link === 'open'")
        assert page.locator("#stale").is_hidden()
        sockets[0][0].close(code=4000)
        page.wait_for_function("() => document.getElementById('live').dataset.link !== 'open'")
        page.clock.run_for(8_000)
        page.locator("#stale").wait_for(state="visible")
        assert page.locator("#stale").inner_text().startswith("Chậm ")


def test_a_screen_whose_line_is_silently_dead_says_so_within_seconds_and_comes_back(browser, house):
    """Wi-Fi that is gone behind the access point, a server that stands still: nothing closes, nothing is said."""
    dead, pongs = [False], []

    def through(near):
        far = near.connect_to_server()
        near.on_message(lambda frame: None if dead[0] else far.send(frame))

        def down(frame):
            if not dead[0]:
                pongs.extend([frame] if "pong" in frame else [])
                near.send(frame)

        far.on_message(down)

    with visitor(browser, house, house.staff("man", "stage"), viewport=HALL) as context:
        page = context.new_page()
        page.route_web_socket("**/live**", through)
        page.clock.install()
        page.goto(f"/d/{house.code}/stage")
        page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
        page.clock.run_for(2_000)
        while_it_runs(page, lambda: pongs, "the screen to ask and be answered")
        assert page.locator("#stale").is_hidden()
        dead[0] = True
        page.clock.run_for(8_000)
        page.locator("#stale").wait_for(state="visible")
        assert page.locator("#stale").inner_text().startswith("Chậm ")
        page.clock.run_for(4_000)
        page.wait_for_function("() => document.getElementById('live').dataset.link !== 'open'")
        assert page.locator("#stale").is_visible(), "it says nothing while it looks for the server"
        dead[0] = False
        call(house, "Câu hỏi trong lúc mất mạng?")

        def is_back() -> bool:
            page.clock.run_for(500)
            return page.locator("#stale").is_hidden()

        while_it_runs(page, is_back, "the screen to be live again", 30)
        shown(page, "Câu hỏi trong lúc mất mạng?")


@pytest.mark.parametrize("key", ["f", "F", "Shift+F"])
def test_a_key_on_a_button_works_with_caps_lock_and_shift(screen, key):
    screen.keyboard.press(key)
    shown(screen, "Màn hình đang dừng")


def test_the_clock_counts_on_after_zero(house, screen):
    call(house, "Bao lâu thì xong?")
    house.send(do.StartClock(Part.ASKING))
    screen.locator("turn-clock").wait_for()
    screen.evaluate(
        "() => { document.querySelector('turn-clock').dataset.since = new Date(Date.now() - 200000).toISOString() }"
    )
    assert screen.locator("[data-face]").inner_text().startswith("+0:")
    assert screen.locator("turn-clock[data-over]").count() == 1
