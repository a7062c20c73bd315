"""What passes between the desks, in a real browser: claims, private data, departures, messages, and the hall screen."""

import pytest

from live import commands as do
from live.states import Overlay, QuestionState, RefusalReason
from tests.cast import MODERATOR, SECOND_MODERATOR
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}


def test_a_claimed_question_is_taken_over_and_what_is_private_is_hidden(browser, house):
    house.send(do.Ask("Gọi tôi 0912 345 678, bao giờ có sổ đỏ?"), by=house.clerk)
    house.send(do.StartReview(1), by=SECOND_MODERATOR)
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-1").get_by_role("button", name="Duyệt").click()
        shown(page, f"{SECOND_MODERATOR.name} đang giữ câu này đến")
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        page.get_by_role("button", name=f"Nhận thay {SECOND_MODERATOR.name}").click()
        page.locator("#q-1").get_by_text(f"nhận thay {SECOND_MODERATOR.name}").wait_for()
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        assert page.locator("#work mark").inner_text() == "0912 345 678"
        page.get_by_role("button", name="Che các chỗ này").click()
        page.locator("#q-1").get_by_text("Gọi tôi […], bao giờ có sổ đỏ?").wait_for()
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        opening = page.get_by_role("button", name="Mở bản gốc")
        opening.wait_for()
        assert page.locator("#work").get_by_text("0912").count() == 0
        opening.click()
        count(page, "dialog[open]", 0)
        page.locator("#q-1").get_by_role("link", name="Thêm…").click()
        page.locator("#work").get_by_text("0912 345 678").wait_for()
        assert (
            page.locator("#work .meta", has_text="Đã mở bản gốc:").locator("span").nth(1).inner_text().startswith("Mau")
        )
    assert len(house.room.dialogue.questions[1].dossier.opened_by) == 1


def test_who_departs_from_the_announced_order_is_asked_why(browser, house):
    house.send(*[do.Ask(f"Câu {number}?") for number in range(3)], by=house.clerk)
    house.send(*[do.Approve(number) for number in (1, 2, 3)], do.DeclareMixing(hall=1, online=1, reason="Theo quy chế"))
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        shown(page, "Theo thứ tự, tiếp là câu số 1")
        page.locator("#q-3").focus()
        page.keyboard.press("d")
        work = page.locator("#work")
        work.get_by_role("button", name="Chuẩn bị").click()
        work.get_by_text("Hãy ghi lý do").wait_for()
        work.locator("details[open]").get_by_label("Vì sao khác thứ tự đã công bố").fill("Người hỏi phải về sớm")
        work.get_by_role("button", name="Chuẩn bị").click()
        count(page, "#deck > #q-3", 1)
        page.locator("#q-3").get_by_text("Người hỏi phải về sớm").wait_for(state="attached")
    assert house.room.dialogue.deck == (3,)


def test_an_asker_adds_and_appeals_from_the_phone(browser, house):
    hanh, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu?"), by=hanh)
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}")
        page.locator("#mine-1-add summary").click()
        page.get_by_label("Điều muốn nói thêm").fill("Cầu hỏng từ năm 2023.")
        page.get_by_role("button", name="Gửi phần bổ sung").click()
        page.locator("#mine-1").get_by_text("Cầu hỏng từ năm 2023.").wait_for()
        house.send(do.Refuse(1, RefusalReason.OFF_TOPIC, "Ngoài chủ đề."))
        page.locator("#mine-1-appeal summary").click()
        page.get_by_label("Vì sao nên xem lại").fill("Đây là cầu chung.")
        page.get_by_role("button", name="Gửi đề nghị").click()
        shown(page, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
        count(page, "#mine-1-appeal", 0)
    assert house.room.dialogue.questions[1].state is QuestionState.RECEIVED


def test_a_message_stays_on_the_chair_s_page_until_it_is_read(browser, house):
    house.send(do.SendMessage("Còn năm phút."))
    with visitor(browser, house, house.staff("chutoa", "chair"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/chair")
        shown(page, "Còn năm phút.")
        page.get_by_role("button", name="Đã đọc").click()
        count(page, "#messages > li", 0)


def test_the_hall_screen_is_led_from_the_desk(browser, house):
    with visitor(browser, house, house.staff("man", "moderator"), **DESK) as context:
        hall = opened(context, f"/d/{house.code}/stage")
        desk = opened(context, f"/d/{house.code}/moderator")
        desk.get_by_text("Màn hình hội trường", exact=True).click()
        desk.get_by_label("Lời trên màn hình hội trường").fill("Nghỉ đến 9 giờ")
        desk.get_by_role("button", name="Hiện lời này").click()
        hall.locator(".board__text").get_by_text("Nghỉ đến 9 giờ").wait_for(state="visible")
        house.send(do.HideOverlay(), do.ShowOverlay(Overlay.QR))
        hall.get_by_text("Quét mã để đặt câu hỏi").wait_for(state="visible")
        box = hall.locator(".hall__join .qr__code").bounding_box()
        assert box is not None
        assert box["width"] > 300


def test_who_leads_sees_before_pressing_what_the_hall_will_see(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu Ea Mô?", name="Trần Thị Hạnh", locality="xã Ea Mô"), by=house.clerk)
    house.send(do.Approve(1))
    with visitor(browser, house, house.staff("chu", "chair"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/chair")
        page.get_by_text("Màn hình hội trường", exact=True).click()
        preview = page.locator("hall-preview")
        preview.get_by_text("Bao giờ sửa cầu Ea Mô?").wait_for()
        assert "Một công dân ở xã Ea Mô" in preview.inner_text()
        assert "Hạnh" not in preview.inner_text()
        page.get_by_label("Lời trên màn hình hội trường").fill("Giải lao đến 9 giờ")
        preview.get_by_text("Giải lao đến 9 giờ").wait_for()
        house.send(do.Ask("Câu nữa?"), do.Approve(2), by=MODERATOR)
        preview.get_by_text("Giải lao đến 9 giờ").wait_for()
        page.get_by_label("Lời trên màn hình hội trường").fill("")
        preview.get_by_text("Câu số 1").wait_for()
