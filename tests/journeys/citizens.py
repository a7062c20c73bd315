"""What a citizen does on a telephone: join with the form, ask, look what became of it."""

from playwright.sync_api import BrowserContext, Page

from tests.journeys.hall import LIVE, pressed, shown


def joined(
    context: BrowserContext, code: str, name: str, locality: str, *, named: bool = False, live: bool = True
) -> Page:
    """The phone page after the form, in which no consent is given beforehand."""
    page = context.new_page()
    page.goto(f"/d/{code}")
    page.get_by_role("link", name="Tham gia phiên").click()
    page.get_by_label("Tên của bạn").wait_for()
    assert page.locator("input[type=checkbox]").count() >= 4
    assert page.locator("input:checked").count() == 0
    page.get_by_label("Tên của bạn").fill(name)
    page.get_by_label("Xã, phường").fill(locality)
    page.get_by_label("Tôi đủ 16 tuổi trở lên").check()
    page.get_by_label("Công khai tên tôi cùng câu hỏi").set_checked(named)
    pressed(page, "Tham gia")
    if live:
        page.wait_for_function(LIVE)
    return page


def asks(page: Page, text: str) -> None:
    """Write a question and send it."""
    page.get_by_label("Câu hỏi", exact=True).fill(text)
    pressed(page, "Gửi câu hỏi")


def is_told(page: Page, number: int, sentence: str) -> None:
    """Wait until "my questions" say this of the question."""
    page.locator(f"#mine > #mine-{number}", has_text=sentence).wait_for()


def asked(page: Page, number: int, text: str) -> None:
    """Ask and wait for the receipt."""
    asks(page, text)
    shown(page, f"Đã ghi vào sổ của phiên, số {number}. Phiếu nhận")
