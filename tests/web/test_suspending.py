"""A phone from which nothing new is taken: told while somebody writes, whose words stay; and the list at the desk."""

import pytest

from live import commands as do
from live.states import SuspensionReason
from tests.web.visits import count, opened, visitor

pytestmark = pytest.mark.browser
TYPED = "Còn đường vào xã thì bao giờ sửa?"
SENTENCE = "Xin đợi các câu đã gửi được đọc xong."
DESK = {"viewport": {"width": 1440, "height": 900}}
SUSPEND = do.Suspend(1, SuspensionReason.FLOOD, SENTENCE)


def test_the_phone_is_told_at_once_keeps_what_is_typed_and_sends_it_when_it_is_taken_again(browser, house):
    hanh, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu?"), by=hanh)
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}")
        page.locator("#ask-text").fill(TYPED)
        house.send(SUSPEND)
        page.locator("#mine-suspension", has_text=SENTENCE).wait_for()
        page.locator(".ask__closed[data-when=suspended]:visible").wait_for()
        assert page.locator(".bar .count").inner_text() == "1", "it is no question"
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator(".ask .form__said[data-said=refused]", has_text=SENTENCE).wait_for()
        assert page.locator("#ask-text").input_value() == TYPED
        page.locator("#suspension-appeal summary").click()
        page.locator("#suspension-appeal textarea").fill("Tôi gửi có một câu")
        page.get_by_role("button", name="Gửi đề nghị nhận lại").click()
        page.locator("#mine-suspension", has_text="Tôi gửi có một câu").wait_for()
        house.send(do.Readmit(1))
        page.locator("#mine-suspension").wait_for(state="detached")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator("#mine-2").wait_for()
    assert str(house.room.dialogue.questions[2].text) == TYPED


def test_a_moderator_suspends_in_the_dialog_and_every_moderator_has_the_way_back(browser, house):
    hanh, _ = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu?"), by=hanh)
    with visitor(browser, house, house.staff("mau", "moderator")) as context:
        page = opened(context, f"/d/{house.code}/moderator?question=1&open=suspend")
        form = page.locator("#work-dialog form[action$='/suspend']")
        form.locator("select").select_option("flood")
        assert "Các câu đã gửi đang được đọc" in form.locator("textarea").input_value()
        form.get_by_role("button").click()
        count(page, "#suspended > li", 1)
        count(page, "#mine .own-act", 1)
    with visitor(browser, house, house.staff("nga", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#suspended-part summary").click()
        page.get_by_role("button", name="Nhận lại").click()
        count(page, "#suspended > li", 0)
    assert house.room.dialogue.suspended == {}
