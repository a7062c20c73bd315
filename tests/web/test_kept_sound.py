"""Sound that waits: through a cut, a reload and a crash not one sample is missing or doubled on the server's disk."""

import numpy as np
import pytest
from playwright.sync_api import Error

from tests.waiting import until
from tests.web.sounding import Line, Made, have, microphone_of, noise_file, recorded, started
from tests.web.visits import shown, visitor, while_it_runs

pytestmark = pytest.mark.browser
MINUTE = 60 * 16_000


@pytest.fixture
def microphone(browser, tmp_path):
    with microphone_of(browser, noise_file(tmp_path)) as chromium:
        yield chromium


@pytest.fixture
def context(microphone, house):
    with visitor(microphone, house, house.staff("thuky", "secretary"), permissions=["microphone"]) as context:
        yield context


def stopped(page):
    page.get_by_role("button", name="Dừng thu").click()
    shown(page, "Đã dừng thu. Mọi tiếng đã thu đều ở trên máy chủ.")


def test_a_cut_in_mid_speech_costs_not_one_sample(context, house):
    made, line = Made(context), Line(context)
    page = started(context, house)
    while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
    line.cut()
    shown(page, "Tiếng vẫn đang được giữ trên máy này")
    cut = len(made.pcm)
    while_it_runs(page, lambda: len(made.pcm) > cut + 96_000, "three seconds without a network")
    line.mend()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    stopped(page)
    assert recorded(context, house) == made.pcm
    assert house.room.dialogue.sources["hall"].gaps == ()


# The page waits 8 s for an acknowledgement, then takes the line for dead; here a tenth of that is enough.
IMPATIENT = """
const later = window.setTimeout;
window.setTimeout = (work, ms, ...more) => later(work, ms === 8_000 ? 800 : ms, ...more);
"""


def test_a_line_that_is_dead_and_looks_open_costs_not_one_sample(context, house):
    made, line = Made(context), Line(context)
    context.add_init_script(IMPATIENT)
    page = started(context, house)
    while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
    line.hole()
    shown(page, "Tiếng vẫn đang được giữ trên máy này")
    cut = len(made.pcm)
    while_it_runs(page, lambda: len(made.pcm) > cut + 64_000, "two seconds into the hole")
    assert have(house) * 2 < cut
    line.mend()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    stopped(page)
    assert recorded(context, house) == made.pcm
    assert house.room.dialogue.sources["hall"].gaps == ()


# Blocks of noise at once instead of in real time: the same wire, store and server as the page has.
SPEAK = """async ([code, seconds, seed]) => {
  const [{ SoundWire }, { openKeeping }, { own }] = await Promise.all(
    ["sound/wire", "sound/keeping", "sound/left"].map((name) => import(name)));
  let state = seed;
  const noise = () => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) >> 16);
  window.block = () => Int16Array.from({ length: 1600 }, noise);
  const line = { id: crypto.randomUUID(), code, source: "hall", base: null, began: Date.now() };
  await own(line.id);
  const address = location.origin.replace("http", "ws") + `/d/${code}/sound/hall`;
  window.wire ??= new SoundWire(address, { line, keeping: await openKeeping() });
  window.say = (seconds) => { for (let i = 0; i < seconds * 10; i++) window.wire.add(window.block()); };
  window.say(seconds);
}"""


# Whoever reads the store waits for what was being written before.
ON_DISK = "async () => { await (await (await import('sound/keeping')).openKeeping()).lines(); }"


def noise(seed, samples):
    """The same numbers as SPEAK makes."""
    made = np.empty(samples, "<i2")
    state = seed
    for at in range(samples):
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFFFFFF
        made[at] = np.uint16(state >> 16).astype(np.int16)
    return made.tobytes()


def silent_page(context, house):
    page = context.new_page()
    page.goto(f"/d/{house.code}/sound")
    return page


def test_a_minute_without_a_network_is_sent_when_it_is_back(context, house):
    line, page = Line(context), silent_page(context, house)
    page.evaluate(SPEAK, [house.code, 5, 7])
    while_it_runs(page, lambda: have(house) > 16_000, "the beginning")
    line.cut()
    page.evaluate("say(60)")
    line.mend()
    page.evaluate("say(5); wire.stop()")
    while_it_runs(page, lambda: have(house) == 70 * 16_000, "all of it", 30)
    assert recorded(context, house) == noise(7, 70 * 16_000)


@pytest.mark.parametrize("ends", ["reload", "crash"])
def test_what_waited_in_a_page_that_ended_is_sent_by_the_next(context, house, ends):
    line, page = Line(context), silent_page(context, house)
    page.evaluate(SPEAK, [house.code, 5, 11])
    while_it_runs(page, lambda: have(house) > 16_000, "the beginning")
    line.cut()
    page.evaluate("say(60)")
    page.evaluate(ON_DISK)
    if ends == "reload":
        page.reload()
    else:
        crashed(page)
        page = silent_page(context, house)
    shown(page, "giây đã thu lần trước chưa gửi xong, đang gửi bù")
    line.mend()
    while_it_runs(page, lambda: have(house) == 65 * 16_000, "all of it", 30)
    page.locator("#left").wait_for(state="hidden")
    assert recorded(context, house) == noise(11, 65 * 16_000)
    assert house.room.dialogue.sources["hall"].gaps == ()


def crashed(page):
    """End the page's own process, as an out-of-memory would."""
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


def test_nothing_is_left_behind_once_all_is_sent(context, house):
    page = silent_page(context, house)
    page.evaluate(SPEAK, [house.code, 3, 5])
    page.evaluate("wire.stop()")
    while_it_runs(page, lambda: page.evaluate("wire.state") == "stopped", "the end")
    page.reload()
    count = "async () => (await (await (await import('sound/keeping')).openKeeping()).lines()).length"
    assert page.evaluate(count) == 0


def test_what_another_microphone_recorded_meanwhile_is_kept_and_ours_put_behind_it(context, house):
    page = silent_page(context, house)
    line = Line(page)
    page.evaluate(SPEAK, [house.code, 5, 3])
    while_it_runs(page, lambda: have(house) == 80_000, "the beginning")
    line.cut()
    page.evaluate("say(10)")
    other = silent_page(context, house)
    other.evaluate(SPEAK, [house.code, 4, 99])
    other.evaluate("wire.takeOver(); wire.stop()")
    while_it_runs(other, lambda: have(house) >= 80_000 + 64_000, "the other's sound")
    line.mend()
    page.evaluate("wire.stop()")
    while_it_runs(page, lambda: have(house) == (5 + 10 + 4) * 16_000, "ours behind it", seconds=40)
    ours, theirs, disk = noise(3, 15 * 16_000), noise(99, 64_000), recorded(context, house)
    assert disk == ours[: 2 * 80_000] + theirs + ours[2 * 80_000 :]


DENIED = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } })"
FULL = """IDBObjectStore.prototype.put = function () { throw new DOMException("full", "QuotaExceededError"); }"""


@pytest.mark.parametrize("storage", [DENIED, FULL], ids=["denied", "full"])
def test_without_storage_memory_keeps_it_and_the_page_says_so(context, house, storage):
    made, line = Made(context), Line(context)
    context.add_init_script(storage)
    page = started(context, house)
    shown(page, "Trình duyệt không cho giữ tiếng trên ổ đĩa của máy này")
    line.cut()
    cut = len(made.pcm)
    while_it_runs(page, lambda: len(made.pcm) > cut + 32_000, "a second without a network")
    line.mend()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    stopped(page)
    assert recorded(context, house) == made.pcm


def test_the_second_computer_is_asked_and_may_take_over(context, house):
    made = Made(context)
    first = started(context, house)
    second = context.new_page()
    second.goto(f"/d/{house.code}/sound")
    second.get_by_role("button", name="Bắt đầu thu").click()
    shown(second, "đang được thu")
    second.get_by_role("button", name="Chuyển sang thu ở máy này").click()
    shown(second, "Đang thu. Tiếng đã đến máy chủ")
    shown(first, "Máy khác đã nhận thu nguồn này.")
    before = have(house)
    while_it_runs(second, lambda: have(house) > before + 8_000, "the second's sound")
    stopped(second)
    assert len(recorded(context, house)) <= len(made.pcm)
    assert house.room.dialogue.sources["hall"].gaps == ()


def test_a_trial_is_played_back_and_sent_nowhere(context, house):
    page = silent_page(context, house)
    page.get_by_role("button", name="Thu thử 5 giây").click()
    page.locator("#played").wait_for(state="visible", timeout=12_000)
    until(lambda: page.evaluate("document.getElementById('played').duration") == 5, "five seconds to listen to")
    assert "hall" not in house.room.dialogue.sources
