"""Two moderators at one queue, by hand: both press next, one approves what the other refuses; merged and parted."""

import pytest
from playwright.sync_api import Page, expect

from live.entries import QuestionCalled
from tests.journeys.citizens import asked, is_told, joined
from tests.journeys.hall import Hall, opened, pressed, shown
from tests.journeys.staff import STAFF, dialogue_made, employ, signed_in
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

SOON = 800
"""Milliseconds until both hands come down: by then both pages know when."""


def two_desks(hall: Hall, served: Served) -> tuple[str, Page, Page]:
    """An open dialogue, and two moderators at their desks."""
    employ(served)
    one = signed_in(hall.desk("one"), "tochuc")
    code = dialogue_made(one)
    two = signed_in(hall.desk("two"), "kiemduyet")
    return code, opened(one.context, f"/d/{code}/moderator"), opened(two.context, f"/d/{code}/moderator")


def both_press(pages: tuple[Page, Page], key: str) -> None:
    """The button of this key is pressed on both pages in the same moment: neither has heard of the other."""
    at = pages[0].evaluate("soon => Date.now() + soon", SOON)
    press = "() => document.querySelector(`#stage [data-key='${key}']`).click()"
    for page in pages:
        page.evaluate(f"([key, at]) => void setTimeout({press}, at - Date.now())", [key, at])


def approves(page: Page, number: int) -> None:
    page.locator(f"#review > #q-{number}").get_by_role("button", name="Duyệt").click()
    page.locator(f"#queue > #q-{number}").wait_for()


def test_both_press_next_and_one_question_is_called(hall: Hall, served: Served) -> None:
    code, one, two = two_desks(hall, served)
    phone = joined(hall.phone("phone"), code, "Trần Thị Hạnh", "xã Ea Mô")
    for number, text in enumerate(("Bao giờ sửa cầu?", "Bao giờ có nước?", "Bao giờ có điện?"), 1):
        asked(phone, number, text)
        approves(one, number)
    two.locator("#queue > #q-3").wait_for()
    both_press((one, two), "n")
    for page in (one, two):
        expect(page.locator("#stage")).to_have_attribute("data-number", "1")
        expect(page.locator("#deck > li")).to_have_count(2)
    is_told(phone, 1, "Đang được trả lời.")
    is_told(phone, 2, "Sắp đến lượt, đứng thứ 1.")
    both_press((one, two), "1")
    for page in (one, two):
        page.locator("#done > #q-1").wait_for()
        expect(page.locator("#stage")).to_have_attribute("data-number", "")
    is_told(phone, 1, "Đã được trả lời tại phiên.")
    room = served.run(served.parts.rooms.get(code))
    assert room is not None
    entries = served.run(served.parts.journal.entries(room.stream.id))
    assert [entry.fact.question for entry in entries if isinstance(entry.fact, QuestionCalled)] == [1]


def test_one_approves_what_the_other_is_refusing(hall: Hall, served: Served) -> None:
    code, one, two = two_desks(hall, served)
    name = STAFF["tochuc"][0]
    phone = joined(hall.phone("phone"), code, "Trần Thị Hạnh", "xã Ea Mô")
    asked(phone, 1, "Bao giờ sửa cầu?")
    one.locator("#review > #q-1").focus()
    one.keyboard.press("r")
    two.locator("#q-1", has_text=f"Đang đọc: {name}").wait_for()
    one.get_by_label("Lý do").first.select_option("insult")
    two.locator("#q-1").focus()
    two.keyboard.press("a")
    shown(two, f"{name} đang giữ câu này")
    two.locator("#q-1").get_by_role("link", name="Thêm…").click()
    pressed(two, f"Nhận thay {name}")
    two.locator("#q-1", has_text=f"nhận thay {name}").wait_for()
    two.locator("#q-1").focus()
    two.keyboard.press("a")
    two.locator("#queue > #q-1").wait_for()
    pressed(one, "Từ chối câu này")
    shown(one, "Câu số 1 hiện đang trong hàng chờ.")
    assert "xúc phạm" in one.locator("#work [name=sentence]").first.input_value(), "what was typed is still there"
    is_told(phone, 1, "Đã duyệt, đứng thứ 1 trong hàng chờ.")


def test_merged_the_asker_is_told_and_parted_again_is_told_too(hall: Hall, served: Served) -> None:
    code, one, two = two_desks(hall, served)
    hanh = joined(hall.phone("hanh"), code, "Trần Thị Hạnh", "xã Ea Mô")
    tuan = joined(hall.phone("tuan"), code, "Y Tuấn Niê", "buôn Krông")
    asked(hanh, 1, "Bao giờ xã sửa cầu Ea Mô bị gãy?")
    asked(tuan, 2, "Cầu Ea Mô bị gãy, bao giờ xã sửa?")
    for number in (1, 2):
        approves(one, number)
    one.locator("#q-2").focus()
    one.locator("#q-2").get_by_role("link", name="Thêm…").click()
    pressed(one, "Gộp vào câu số 1")
    is_told(tuan, 2, "Đã gộp vào câu số 1 vì hỏi cùng một việc.")
    two.locator("#q-1", has_text="gồm cả câu số 2").wait_for()
    two.locator("#done > #q-2").focus()
    two.locator("#q-2").get_by_role("button", name="Tách ra").click()
    is_told(tuan, 2, "Đã duyệt, đứng thứ 2 trong hàng chờ.")
    is_told(hanh, 1, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
    expect(one.locator("#queue > li")).to_have_count(2)
