"""What a phone reads when nothing is taken, and a refusal that ends well."""

from datetime import timedelta

import pytest

from live import commands as do
from live.states import DialogueState, RefusalReason
from server import clock
from tests.cast import SECOND_MODERATOR
from tests.web.house import described
from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser
LEFT = {
    timedelta(days=3, minutes=5): "Còn khoảng 3 ngày.",
    timedelta(hours=5): "Còn khoảng 5 giờ.",
    timedelta(minutes=26, seconds=30): "Còn khoảng 25 phút.",
    timedelta(seconds=55): "Còn khoảng 1 phút.",
    timedelta(minutes=-3): "Đã đến giờ, chờ chủ trì mở phiên.",
}
"""None is so near to where its words change that a slow machine would read the next ones."""


def test_stopped_in_the_midst_of_writing_the_words_are_there_when_it_goes_on(browser, house, hanh):
    wide = {"viewport": {"width": 1440, "height": 900}}
    with (
        visitor(browser, house, hanh[1]) as phone,
        visitor(browser, house, house.staff("lan", "moderator"), **wide) as desk,
    ):
        page, moderator = opened(phone, f"/d/{house.code}"), opened(desk, f"/d/{house.code}/moderator")
        field = page.get_by_label("Câu hỏi", exact=True)
        field.fill("Đang viết dở thì")
        moderator.locator("#rules > summary").click()
        tick = moderator.get_by_label("Nhận câu hỏi từ điện thoại")
        tick.uncheck()
        moderator.get_by_role("button", name="Lưu việc nhận câu hỏi").click()
        shown(page, "Người điều hành đang tạm ngừng nhận câu hỏi mới. Câu đã gửi và chữ đang viết đều được giữ")
        assert not field.is_visible()
        tick.check()
        moderator.get_by_role("button", name="Lưu việc nhận câu hỏi").click()
        field.wait_for()
        assert field.input_value() == "Đang viết dở thì"


@pytest.mark.parametrize(
    "state, words",
    [
        (DialogueState.CLOSING, "Phiên sắp kết thúc nên không nhận thêm câu hỏi."),
        (DialogueState.PAUSED, None),
    ],
)
def test_each_state_says_in_its_own_words_whether_one_may_ask(browser, house, hanh, state, words):
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        house.send(do.MoveDialogue(state))
        page.locator(f".standing[data-state={state.value}]").wait_for()
        visible = [line for line in page.locator(".ask__closed").all() if line.is_visible()]
        assert [line.inner_text()[: len(words or "")] for line in visible] == ([words] if words else [])
        assert page.get_by_label("Câu hỏi", exact=True).is_visible() is (words is None)


def test_a_refusal_is_appealed_from_the_receipt_and_the_question_is_approved_after_all(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Bao giờ sửa cầu Ea Mô?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        shown(page, "Đã ghi vào sổ của phiên, số 1.")
        house.send(do.Refuse(1, RefusalReason.OFF_TOPIC, "Phiên này bàn về đất đai."))
        shown(page, "Không đưa ra phiên. Lý do: nội dung ngoài chủ đề của phiên.")
        page.get_by_role("link", name="Phiếu nhận").click()
        shown(page, "Phiên này bàn về đất đai.")
        page.get_by_label("Vì sao nên xem lại").fill("Cầu nằm trên đất thu hồi của dự án.")
        page.get_by_role("button", name="Gửi đề nghị").click()
        shown(page, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
        assert page.get_by_role("button", name="Gửi đề nghị").count() == 0
        house.send(do.Approve(1), by=SECOND_MODERATOR)
        page.reload()
        shown(page, "Đã duyệt, đứng thứ 1 trong hàng chờ.")


def test_whoever_comes_too_early_reads_when_it_begins_and_where(browser, house):
    told = "Dự kiến bắt đầu lúc 07 giờ 30, 05/03/2026, tại Nhà văn hóa xã."
    with visitor(browser, house) as phone:
        page = opened(phone, f"/d/{house.code}")
        assert not page.get_by_text(told).is_visible(), "it has begun"
        house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"))
        page.get_by_text(told).wait_for(state="visible")
        shown(page, "Đã đến giờ, chờ chủ trì mở phiên.")


def test_until_it_begins_the_phone_says_about_how_long_it_is_by_the_servers_clock(browser, house):
    house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"))
    with visitor(browser, house) as phone:
        phone.clock.set_system_time(clock.now() - timedelta(hours=7))  # a phone whose own clock is wrong
        page = opened(phone, f"/d/{house.code}")
        for left, words in LEFT.items():
            house.send(described(starts_at=clock.now() + left))
            shown(page, words)
        house.send(do.MoveDialogue(DialogueState.OPEN))
        page.wait_for_function("() => !document.querySelector('starts-in')")
