"""Words written otherwise than heard, in a real browser: names offered, a glossary, the words as heard in reach."""

import pytest

from live import commands as do
from tests.cast import MACHINE, SECRETARY
from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
RAW = "suối rông búc có mười hai hộ"


@pytest.fixture
def line(house):
    house.send(do.StartRecording("hall"), by=SECRETARY)
    times = tuple((n * 8_000, n * 8_000 + 7_000, sure) for n, sure in enumerate((990, 400, 300, 980, 600, 900, 990)))
    spans = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 6), (6, 7))
    near = ((1, 3, "Krông Búk"),)
    heard = do.Hear("hall", 1, 1, 0, 64_000, RAW, "Suối rông búc có 12 hộ.", times, spans=spans, suggestions=near)
    house.send(heard, by=MACHINE)
    return max(house.room.dialogue.lines)


def test_a_near_name_is_put_in_by_one_press_and_doubt_follows_the_figures(browser, house, line):
    with visitor(browser, house, house.staff("thuky", "secretary"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        doubts = page.locator(f"#line-{line} .growing .doubt")
        assert doubts.all_text_contents() == ["rông", "búc", "12"]
        page.get_by_role("button", name="rông búc → Krông Búk?").click()
        page.wait_for_function(
            "id => document.querySelector(`#line-${id} textarea`).defaultValue === 'Suối Krông Búk có 12 hộ.'", arg=line
        )
        assert page.get_by_role("button", name="Krông Búk?").count() == 0
        page.locator(f"#line-{line}").get_by_role("link", name="khác…").click()
        shown(page, f"Máy nghe: {RAW}")
    assert str(house.room.dialogue.lines[line].text) == "Suối Krông Búk có 12 hộ."


def test_the_glossary_is_kept_on_the_desk_beside_what_the_notice_gives(browser, house, line):
    with visitor(browser, house, house.staff("thuky", "secretary"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        page.get_by_text("Từ điển tên riêng").click()
        shown(page, "Vũ Ngọc Mai")
        page.get_by_label("Tên cần viết đúng").fill("Krông Búk = rông búc\nBa Tơ")
        page.get_by_role("button", name="Lưu từ điển").click()
        page.wait_for_function("() => document.querySelector('#glossary [name=revision]').value === '1'")
        page.reload()
        page.get_by_text("Từ điển tên riêng").click()
        assert page.get_by_label("Tên cần viết đúng").input_value() == "Krông Búk = rông búc\nBa Tơ"
    assert house.room.dialogue.glossary.lines == "Krông Búk = rông búc\nBa Tơ"


def test_a_citizen_can_always_see_the_words_as_heard(browser, house, line):
    _, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    with visitor(browser, house, cookie, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}")
        shown(page, "Suối rông búc có 12 hộ.")
        assert page.get_by_text(RAW).is_hidden()
        page.locator(".caption__raw > summary").click()
        assert page.get_by_text(RAW).is_visible()
