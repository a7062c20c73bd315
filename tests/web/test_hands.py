"""Those who speak instead of writing, in real browsers: a raised hand, and somebody at the microphone now."""

import pytest

from live import commands as do
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1440, "height": 900}}


def test_a_hand_is_raised_called_and_seen_and_a_second_is_not_offered_meanwhile(browser, house, hanh):
    with (
        visitor(browser, house, hanh[1]) as phone,
        visitor(browser, house, house.staff("lan", "moderator"), **WIDE) as desk,
    ):
        page, moderator = opened(phone, f"/d/{house.code}"), opened(desk, f"/d/{house.code}/moderator")
        page.get_by_text("Giơ tay xin nói").click()
        page.get_by_label("Vài chữ về điều muốn nói").fill("Giếng nhiễm mặn")
        page.get_by_role("button", name="Giơ tay", exact=True).click()
        shown(page, "Đã giơ tay, số 1.")
        shown(page, "Bạn đang giơ tay.")
        assert not page.get_by_label("Vài chữ về điều muốn nói").is_visible()
        moderator.locator("#q-1").get_by_text("Xin nói về: Giếng nhiễm mặn").wait_for()
        moderator.locator("#q-1").get_by_role("button", name="Duyệt").click()
        shown(page, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
        house.send(do.CallNext())
        shown(page, "Đến lượt: xin mời nói ở micrô.")
        page.locator("#stage .now__voice").wait_for()
        house.send(do.ReturnToQueue(1))
        page.locator("#mine-1 summary", has_text="Bỏ tay xuống").click()
        page.get_by_role("button", name="Bỏ tay xuống").click()
        shown(page, "Đã bỏ tay xuống.")
        page.get_by_label("Vài chữ về điều muốn nói").wait_for()


def test_somebody_at_the_microphone_is_on_the_stage_by_one_press_and_named_by_the_secretary(browser, house):
    with (
        visitor(browser, house, house.staff("lan", "moderator"), **WIDE) as desk,
        visitor(browser, house, house.staff("mai", "secretary"), **WIDE) as proof,
    ):
        moderator = opened(desk, f"/d/{house.code}/moderator")
        secretary = opened(proof, f"/d/{house.code}/transcript")
        moderator.keyboard.press("h")
        shown(secretary, "Phát biểu trực tiếp tại micrô")
        secretary.get_by_text("Ghi tên người đang nói").click()
        secretary.locator("[id^=stage-name]").get_by_label("Họ tên").fill("Bà Sáu")
        secretary.locator("[id^=stage-name]").get_by_label("Người hỏi đồng ý nêu tên công khai").check()
        secretary.get_by_role("button", name="Ghi tên").click()
        moderator.locator("#stage").get_by_text("Bà Sáu").wait_for()
        count(secretary, "[id^=stage-name]", 0)


def test_the_key_for_the_microphone_pressed_by_mistake_is_taken_back_by_one_other(browser, house):
    with visitor(browser, house, house.staff("lan", "moderator"), **WIDE) as desk:
        page = opened(desk, f"/d/{house.code}/moderator")
        page.keyboard.press("h")
        count(page, "#stage[data-number='1']", 1)
        page.locator("#mine [data-key=z]").first.wait_for()
        page.keyboard.press("z")
        count(page, "#done > #q-1[data-state=withdrawn]", 1)
        assert house.room.dialogue.turn is None
        assert not any(question.waiting for question in house.room.dialogue.questions.values())


def test_similar_questions_are_read_to_whoever_stands_at_the_desk(browser, house, hanh):
    house.send(do.Ask("Cầu Ea Mô hỏng lâu rồi, khi nào xã sửa?"), by=hanh[0])
    with visitor(browser, house, house.staff("nga", "clerk"), **WIDE) as desk:
        clerk = opened(desk, f"/d/{house.code}/clerk")
        clerk.get_by_label("Nội dung câu hỏi").press_sequentially("bao gio xa sua cau ea mo")
        clerk.locator("similar-questions").get_by_text("Cầu Ea Mô hỏng lâu rồi").wait_for()
        clerk.get_by_role("button", name="Gửi câu hỏi").click()
        clerk.locator("#q-2").wait_for()
        clerk.locator("similar-questions:empty").wait_for(state="attached")
