"""The end of an evening by hand: each question gets its decision by a button, the sum adds up, then it closes."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.citizens import asked, is_told, joined
from tests.journeys.hall import Hall, opened, pressed, shown
from tests.journeys.staff import dialogue_made, employ, signed_in
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

TEXTS = (
    "Bao giờ sửa cầu?",
    "Bao giờ có nước?",
    "Giá vàng ngày mai?",
    "Trường xa quá, làm sao?",
    "Đất nhà tôi tranh chấp?",
)


def adds_up(page: Page, waiting: int) -> bool:
    """Whether what was received is the sum of all other figures on the public page, so many of them waiting."""
    numbers = [int(text) for text in page.locator("#reckoning dd").all_inner_texts()]
    return numbers[0] == sum(numbers[1:]) == len(TEXTS) and numbers[1] == waiting


def arrived(page: Page, waiting: int) -> None:
    expect(page.locator("#reckoning dd").nth(1)).to_have_text(str(waiting))
    assert adds_up(page, waiting)


def answered_and_refused(desk: Page) -> None:
    """The first is answered on the stage, the third declined."""
    desk.locator("#q-1").get_by_role("button", name="Duyệt").click()
    desk.locator("#queue > #q-1").wait_for()
    pressed(desk, "Mời câu tiếp theo")
    pressed(desk, "Đã trả lời")
    desk.locator("#done > #q-1").wait_for()
    desk.locator("#q-3").focus()
    desk.keyboard.press("r")
    desk.get_by_label("Lý do").first.select_option("off_topic")
    pressed(desk, "Từ chối câu này")
    desk.locator("#done > #q-3").wait_for()


def decided(desk: Page, *numbers: int, what: str, agency: str, due: str = "", sentence: str = "") -> None:
    """Tick these on the page of what is undecided, and give them one decision."""
    for number in numbers:
        desk.get_by_label(f"Câu {number}", exact=True).check()
    desk.get_by_role("combobox", name="Quyết định").select_option(what)
    desk.get_by_label("Cơ quan trả lời, hoặc nơi nhận").fill(agency)
    desk.get_by_label("Hạn trả lời").fill(due)
    desk.get_by_label("Câu người hỏi sẽ đọc").fill(sentence)
    pressed(desk, "Ghi quyết định")


def test_every_decision_by_a_button_and_the_sum_adds_up_at_each(hall: Hall, served: Served) -> None:
    hall.expected = ("422",)  # closing too early is refused, and the browser says so
    employ(served)
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    phones = [joined(hall.phone(f"phone {n}"), code, f"Người {n}", "xã Ea Mô") for n in (1, 2)]
    for number, text in enumerate(TEXTS, 1):
        asked(phones[number % 2], number, text)
    public = opened(hall.phone("anybody"), f"/d/{code}/reckoning")
    arrived(public, 5)
    desk = opened(organiser.context, f"/d/{code}/moderator")
    answered_and_refused(desk)
    is_told(phones[1], 3, "Không đưa ra phiên. Lý do: nội dung ngoài chủ đề của phiên.")
    shown(public, "Không đưa ra vì: ngoài chủ đề 1.")
    arrived(public, 3)

    organiser.goto(f"/d/{code}/desk")
    pressed(organiser, "Chuyển sang kết thúc")
    pressed(organiser, "Kết thúc phiên")
    shown(organiser, "Còn 3 câu chưa có kết quả")
    desk.get_by_role("link", name="Quyết định những câu đang chờ").click()
    decided(desk, 2, 4, what="written_due", agency="Sở Xây dựng", due="2027-03-12")
    shown(desk, "Đã quyết định 2 câu.")
    for number in (2, 4):
        is_told(phones[0], number, "Sẽ được trả lời bằng văn bản trước ngày 12/03/2027. Nơi trả lời: Sở Xây dựng.")
    arrived(public, 1)
    decided(desk, 5, what="reroute", agency="Ban Tiếp công dân", sentence="Xin gửi đơn đến Ban Tiếp công dân tỉnh.")
    shown(desk, "Mọi câu đã nhận đều có quyết định.")
    is_told(phones[1], 5, "được hướng dẫn gửi đến: Ban Tiếp công dân.")
    arrived(public, 0)

    desk.get_by_role("link", name="Về trang Thiết lập").click()
    pressed(desk, "Kết thúc phiên")
    shown(desk, "Đã kết thúc")
    shown(phones[0], "Phiên đã kết thúc. Biên bản đang được hoàn thiện.")
    phones[0].locator(".sums", has_text="Đã nhận 5 câu = 0 đang chờ + 5 đã có kết quả.").wait_for()
