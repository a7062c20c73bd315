"""The people who work at an evening: they have accounts, and come in by the door that everybody uses."""

import re

from playwright.sync_api import BrowserContext, Page

from server import clock
from server.doors.identity import hash_password
from tests.journeys.hall import pressed
from tests.serving import Served

PASSWORD = "cây cầu bắc qua suối"
STAFF = {
    "tochuc": ("Phan Văn Sơn", "organiser"),
    "kiemduyet": ("Lê Thu Hà", "moderator"),
    "thuky": ("Vũ Ngọc Mai", "secretary"),
    "chutoa": ("Đỗ Minh Quang", "chair"),
    "nhaplieu": ("Bùi Thị Nga", "clerk"),
    "eatul": ("Y Bia Niê", "clerk"),
}


def employ(served: Served) -> None:
    """Give everybody an account."""

    async def add() -> None:
        hashed = await hash_password(PASSWORD)
        for login, (name, role) in STAFF.items():
            await served.parts.people.add_staff(login, name, hashed, frozenset({role}), clock.now())

    served.run(add())


def signed_in(context: BrowserContext, login: str) -> Page:
    """The page of their dialogues, after the real form."""
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    pressed(page, "Đăng nhập")
    page.get_by_text(STAFF[login][0]).first.wait_for()
    return page


def dialogue_made(page: Page) -> str:
    """Make a dialogue with the form, announce and open it; its code is the answer."""
    page.get_by_role("link", name="Tạo phiên mới").click()
    for label, text in {
        "Tên phiên": "Đối thoại về cầu và nước sạch",
        "Cơ quan tổ chức": "Ủy ban nhân dân xã Ea Mô",
        "Bắt đầu lúc": "2027-03-12T07:30",
        "Địa điểm": "Nhà văn hóa xã",
        "Chủ trì": "Đỗ Minh Quang",
        "Thư ký": "Vũ Ngọc Mai",
        "Nhóm nội dung": "Cầu đường\nNước sạch",
    }.items():
        page.get_by_label(label).fill(text)
    pressed(page, "Tạo phiên")
    page.get_by_text("Bản nháp").first.wait_for()
    for step in ("Thông báo phiên", "Mở phiên"):
        pressed(page, step)
    page.get_by_text("Đang diễn ra").first.wait_for()
    found = re.search(r"/d/(\w+)/desk", page.url)
    assert found
    return found[1]
