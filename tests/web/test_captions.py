"""Captions as people read them: on a phone, over a video picture; rows that do not jump."""

import pytest

from live import commands as do
from server.rooms.ears import MACHINE
from tests.cast import MODERATOR, SECRETARY
from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser
SAID = (
    "Đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được, bà con phải gùi từng bao ra đường lớn."
)


def hear(house, text, at=0):
    if "hall" not in house.room.dialogue.sources:
        house.send(do.StartRecording("hall"), by=SECRETARY)
    house.send(do.Hear("hall", 1, at + 1, at * 16_000, (at + 1) * 16_000, text, text), by=MACHINE)


def partial(house, text):
    async def say():
        house.room.words("hall", text)

    house.run(say())


LAWS = """async () => {
  const { rows, WIDE } = await import("captions/rows");
  const words = ["Nghị", "quyết", "của", "Hội", "đồng", "nhân", "dân,", "liên", "thôn.", "a", "bảy", "x".repeat(60)];
  let state = 1;
  const pick = (n) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % n;
  const broken = [];
  for (let round = 0; round < 2000; round++) {
    const said = Array.from({ length: pick(30) }, () => words[pick(words.length)]);
    const found = rows(said.join(" "));
    if (found.join(" ") !== said.join(" ")) broken.push(["words", said]);
    if (found.some((row) => row.length > WIDE && row.includes(" "))) broken.push(["wide", said]);
    for (let n = 0; n < said.length; n++) {
      const before = rows(said.slice(0, n).join(" ")).slice(0, -1);
      if (before.some((row, i) => row !== found[i])) broken.push(["jumped", said, n]);
    }
  }
  return broken.slice(0, 3);
}"""


@pytest.fixture
def overlay(browser, house):
    with visitor(browser, house, viewport={"width": 1280, "height": 720}) as context:
        yield opened(context, f"/d/{house.code}/overlay")


ROWS = """() => {
  const [box] = document.querySelectorAll("caption-rows");
  const line = Number.parseFloat(getComputedStyle(box).lineHeight);
  const fits = (row) => row.scrollWidth <= row.clientWidth && row.clientHeight < 1.5 * line;
  return [...box.children].map((row) => [row.textContent, fits(row)]);
}"""


def rows_of(page):
    return page.evaluate("() => [...document.querySelectorAll('caption-rows > span')].map((row) => row.textContent)")


def test_rows_keep_every_word_fit_and_never_change_once_complete(overlay):
    assert overlay.evaluate(LAWS) == []


def test_the_overlay_shows_two_rows_on_nothing_to_anybody(overlay, house):
    hear(house, SAID)
    overlay.wait_for_function("() => document.querySelectorAll('caption-rows > span').length === 2")
    assert all(len(row) <= 42 for row in rows_of(overlay))
    assert "đường lớn." in rows_of(overlay)[1]
    shown(overlay, "bản nháp tự động")
    assert overlay.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert overlay.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_whoever_comes_late_finds_the_last_lines(browser, house):
    hear(house, SAID)
    with visitor(browser, house, viewport={"width": 1280, "height": 720}) as context:
        page = opened(context, f"/d/{house.code}/overlay?size=8&place=top&back=shadow")
        page.wait_for_function("() => document.querySelectorAll('caption-rows > span').length === 2")
        body = page.locator("body")
        assert [body.get_attribute(f"data-{name}") for name in ("size", "place", "back")] == ["8", "top", "shadow"]


@pytest.mark.parametrize("path, draft", [("", ".captions__draft"), ("/stage", ".hall__draft")])
def test_phone_and_hall_show_two_lines_as_a_draft_until_they_are_checked_and_read_none_out(browser, house, path, draft):
    for at, text in enumerate(("Thưa bà con.", "Cầu đã hỏng.", "Xã sẽ sửa.")):
        hear(house, text, at)
    with visitor(browser, house, house.staff("tochuc", "organiser")) as context:
        page = opened(context, f"/d/{house.code}{path}")
        shown(page, "Xã sẽ sửa.")
        page.wait_for_function("() => document.querySelectorAll('caption-rows > span').length === 2")
        assert [fits for _, fits in page.evaluate(ROWS)] == [True, True]
        assert page.locator("#captions").get_attribute("aria-live") == "off"
        page.locator(draft).wait_for(state="visible")
        for line in list(house.room.dialogue.lines.values()):
            house.send(do.EditLine(line.id, f"{line.text} Rõ.", line.revision), by=SECRETARY)
        shown(page, "Xã sẽ sửa. Rõ.")
        page.locator(draft).wait_for(state="hidden")


@pytest.mark.parametrize("query", ["?size=0", "?size=99999999999999", "?size=-1", "?place=%00&back=<script>"])
def test_a_strange_wish_is_answered_with_what_is_usual_or_nearest(browser, house, query):
    with visitor(browser, house) as context:
        answer = context.request.get(f"{house.url}/d/{house.code}/overlay{query}")
        assert answer.status == 200
        assert 'data-place="bottom" data-back="box"' in answer.text()
        assert "<script>alert" not in answer.text()


def test_stopped_captions_are_gone_from_the_picture_at_once(overlay, house):
    hear(house, SAID)
    partial(house, "số điện thoại của tôi là")
    shown(overlay, "số điện thoại của tôi là")
    house.send(do.HideCaptions(), by=MODERATOR)
    overlay.wait_for_function("() => document.querySelectorAll('caption-rows > span').length === 0")


def test_a_checked_line_is_no_draft_any_more(overlay, house):
    hear(house, SAID)
    shown(overlay, "bản nháp tự động")
    (line,) = house.room.dialogue.lines.values()
    house.send(do.EditLine(line.id, "Đường vào thôn hỏng.", line.revision), by=SECRETARY)
    overlay.locator("caption-rows").get_by_text("Đường vào thôn hỏng.").wait_for(state="visible")
    overlay.locator(".overlay__draft").wait_for(state="hidden")


def test_a_reader_chooses_size_contrast_and_place_and_finds_them_again(browser, house):
    hear(house, SAID)
    with visitor(browser, house) as context:
        page = opened(context, f"/d/{house.code}")
        shown(page, "Bản nháp tự động, chưa ai kiểm lại.")
        size = "parseFloat(getComputedStyle(document.querySelector('#captions .caption')).fontSize)"
        usual = page.evaluate(size)
        assert page.locator("#captions").get_attribute("aria-live") == "off"
        page.get_by_text("Chỉnh phụ đề").click()
        page.get_by_role("button", name="Chữ to hơn").click()
        page.get_by_label("Chữ trắng trên nền đen").check()
        page.get_by_label("Giữ ở cuối màn hình").check()
        page.get_by_label("Trình đọc màn hình đọc từng câu đã xong").check()
        page.reload()
        shown(page, "Bản nháp tự động")
        page.wait_for_function("() => document.querySelector('.captions').dataset.size === '1'")
        assert page.evaluate(size) > usual
        assert page.evaluate("getComputedStyle(document.querySelector('.captions')).backgroundColor") == "rgb(0, 0, 0)"
        assert page.locator("#captions").get_attribute("aria-live") == "polite"
        assert page.locator(".caption--now").get_attribute("aria-live") is None


@pytest.mark.parametrize("size", ["0", "3"])
@pytest.mark.parametrize("path, width", [("", 320), ("", 360), ("", 1440), ("/stage", 1280)])
def test_however_much_is_said_two_rows_are_shown_each_on_one_line(browser, house, path, width, size):
    for at in range(3):
        hear(house, SAID, at)
    viewport = {"width": width, "height": 720}
    with visitor(browser, house, house.staff("man", "stage"), viewport=viewport) as context:
        kept = {"caption-size": size, "hall-captions": size}
        context.add_init_script(f"if (location.host) Object.assign(localStorage, {kept})")
        page = opened(context, f"/d/{house.code}{path}")
        partial(house, "Bà con xã Ea Mô cảm ơn, và còn muốn hỏi thêm về cái cầu ở đầu thôn Bảy vừa hỏng tuần trước")
        page.wait_for_function(
            "() => document.querySelector('caption-rows > :last-child').textContent.endsWith('trước')"
        )
        shown_rows = page.evaluate(ROWS)
        assert [fits for _, fits in shown_rows] == [True, True]
        assert all(len(row) <= 60 for row, _ in shown_rows)


def test_all_lines_are_one_touch_away_and_are_never_taken_from_those_who_have_them_read_out(browser, house):
    for at, text in enumerate(("Thưa bà con.", "Cầu đã hỏng.", "Xã sẽ sửa.")):
        hear(house, text, at)
    with visitor(browser, house) as context:
        page = opened(context, f"/d/{house.code}")
        page.locator("caption-rows").get_by_text("Xã sẽ sửa.").wait_for(state="visible")
        there = "() => getComputedStyle(document.getElementById('captions')).display !== 'none'"
        assert page.evaluate(there)
        assert page.locator("caption-rows").get_attribute("aria-hidden") == "true"
        page.get_by_text("Xem nhiều dòng hơn").click()
        page.locator("caption-rows").wait_for(state="hidden")
        box = page.locator("#captions").get_by_text("Thưa bà con.").bounding_box()
        assert box is not None
        assert box["width"] > 100
        page.get_by_text("Xem nhiều dòng hơn").click()
        page.locator("caption-rows").wait_for(state="visible")


HALL = "getComputedStyle(document.querySelector('.hall__captions'))"


def test_the_hall_chooses_size_contrast_and_place_by_keys_and_finds_them_again(browser, house):
    hear(house, SAID)
    with visitor(browser, house, house.staff("man", "stage"), viewport={"width": 1280, "height": 720}) as context:
        page = opened(context, f"/d/{house.code}/stage")
        page.locator("caption-rows > span").first.wait_for(state="visible")
        usual = page.evaluate(f"parseFloat({HALL}.fontSize)")
        for key in "++kt":
            page.keyboard.press(key)
        assert page.evaluate(f"parseFloat({HALL}.fontSize)") == pytest.approx(1.5 * usual)
        page.reload()
        page.locator("caption-rows > span").first.wait_for(state="visible")
        assert page.evaluate(f"parseFloat({HALL}.fontSize)") == pytest.approx(1.5 * usual)
        assert page.evaluate(f"{HALL}.backgroundColor") == "rgb(0, 0, 0)"
        over = "document.querySelector('.hall__captions').getBoundingClientRect().bottom"
        assert page.evaluate(f"{over} <= document.querySelector('#stage-place').getBoundingClientRect().top")
        for key in "kt---":
            page.keyboard.press(key)
        assert page.evaluate(f"parseFloat({HALL}.fontSize)") == pytest.approx(usual)
        assert page.evaluate(f"{HALL}.backgroundColor") != "rgb(0, 0, 0)"


def test_a_hall_screen_may_be_asked_for_its_captions_by_its_address(browser, house):
    hear(house, SAID)
    with visitor(browser, house, house.staff("man", "stage")) as context:
        page = opened(context, f"/d/{house.code}/stage?captions=largest&look=contrast&place=top")
        body = page.locator("body")
        assert body.get_attribute("data-captions-size") == "3"
        assert body.get_attribute("data-captions-top") == ""
        page.goto(f"/d/{house.code}/stage?captions=huge&look=x&place=y")
        page.wait_for_function("() => document.body.dataset.captionsSize === '0'")
        assert body.get_attribute("data-captions-contrast") is None
