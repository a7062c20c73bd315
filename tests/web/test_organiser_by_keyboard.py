"""An organiser with a keyboard and no mouse: comes and goes, makes a dialogue and leads it to its end, looks after the
people and the linked sites. After each form the keyboard is where the answer stands."""

import pytest

from server import clock
from server.doors.identity import hash_password
from tests.web.keys import DESK, Keys, at_desk, by_keys
from tests.web.visits import shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
PASSWORD = "k7mt-9xwq-3fbd"
EA_TUL, EA_HLEO = "Điểm cầu Ea Tul", "Điểm cầu Ea Hleo"


@pytest.fixture
def lan(house):
    """An organiser who knows her password."""
    hashed = house.run(hash_password(PASSWORD))
    house.run(
        house.parts.people.add_staff("lan", "Trần Thị Lan", hashed, frozenset({"organiser"}), clock.now(), agency="")
    )
    return house


def sign_in(keys: Keys, login: str, password: str) -> None:
    keys.fill("Tên đăng nhập", login)
    keys.fill("Mật khẩu", password)
    keys.follow("Đăng nhập", whole=True, within="main")


def test_staff_come_and_go(browser, lan):
    with by_keys(browser, lan, "/", **DESK) as keys:
        keys.follow("Cán bộ đăng nhập", "**/sign-in")
        sign_in(keys, "lan", "sai")
        keys.page.wait_for_function("() => document.activeElement.name === 'password'")
        keys.still_here()
        assert keys.described().startswith("Tên đăng nhập và mật khẩu không khớp")
        keys.write(PASSWORD)
        keys.enter("**/staff")
        keys.follow("Đăng xuất", lan.url + "/")
        keys.page.go_back()
        shown(keys.page, "Cán bộ đăng nhập")


def answered(keys: Keys, sentence: str) -> None:
    """The new page says this, and the keyboard is there."""
    keys.page.wait_for_function("() => document.activeElement.matches('[role=status], [role=alert]')")
    assert sentence in keys.page.evaluate("() => document.activeElement.innerText")
    keys.still_here()


def made(keys: Keys) -> None:
    """From the list of dialogues to the settings of a new one."""
    keys.follow("Tạo phiên mới", "**/staff/new")
    keys.fill("Tên phiên", "Đối thoại về đường liên xã")
    keys.fill("Cơ quan tổ chức", "UBND xã Ea Mô")
    keys.to("Bắt đầu lúc")
    keys.page.keyboard.type("05052027")  # the same whether the day or the month comes first
    keys.press("Tab")
    keys.page.keyboard.type("0730A")
    keys.fill("Địa điểm", "Nhà văn hóa xã")
    keys.fill("Nhóm nội dung", "Giao thông\nĐất đai")
    keys.follow("Tạo phiên", "**/desk", whole=True)


LIFE = [
    ("Thông báo phiên", "Đã thông báo, nhận câu hỏi trước"),
    ("Diễn tập", "Diễn tập"),
    ("Sẵn sàng", "Sẵn sàng"),
    ("Mở phiên", "Đang diễn ra"),
    ("Tạm dừng", "Đang tạm dừng"),
    ("Mở lại phiên", "Đang diễn ra"),
    ("Chuyển sang kết thúc", "Đang kết thúc"),
    ("Kết thúc phiên", "Đã kết thúc"),
]


def test_a_dialogue_is_made_announced_led_and_closed(browser, house):
    with by_keys(browser, house, "/staff", house.staff("lan", "organiser"), **DESK) as keys:
        made(keys)
        keys.fill("Phút cho một lượt hỏi", "200")
        keys.pressed("Lưu thông báo")  # the browser itself holds it back, and says so at the field
        assert keys.page.evaluate("() => document.activeElement.name") == "asking_minutes"
        keys.press("Control+a")
        keys.write("4")
        keys.fill("Chủ trì", "Chủ tịch UBND xã", within="[name=chair]", by="Shift+Tab")
        keys.enter("**/desk?done=saved")
        answered(keys, "Đã lưu thông báo.")
        for button, state in LIFE:
            keys.follow(button, "**/desk?done=moved", whole=True)
            answered(keys, f"Trạng thái của phiên giờ là: {state}.")


def test_a_way_back_asks_for_its_reason(browser, house):
    with at_desk(browser, house, "desk", house.staff("lan", "organiser")) as keys:
        keys.pressed("Đóng lại, về trạng thái sẵn sàng")
        keys.fill("Lý do", "Mở nhầm giờ")
        keys.enter("**/desk?done=moved")
        answered(keys, "Trạng thái của phiên giờ là: Sẵn sàng.")


def test_a_line_that_cannot_be_read_is_where_the_keyboard_is(browser, house):
    """What a browser lets through and the server does not: here a year that no calendar of ours has."""
    with at_desk(browser, house, "desk", house.staff("lan", "organiser")) as keys:
        keys.page.evaluate("() => { document.querySelector('[name=starts_at]').type = 'text' }")
        keys.fill("Bắt đầu lúc", "sáng mai")
        keys.enter("**/desk")
        keys.page.wait_for_function("() => document.activeElement.name === 'starts_at'")
        keys.still_here()
        assert keys.described() == "Chưa đọc được dòng này. Hãy xem lại."


def somebody_added(keys: Keys) -> str:
    """The password of a clerk, who is first added without a role."""
    keys.fill("Họ tên", "Bùi Thị Nga")
    keys.fill("Tên đăng nhập", "nga")
    keys.follow("Thêm cán bộ")
    answered(keys, "Cần tên đăng nhập, họ tên và ít nhất một vai. Chưa thêm ai.")
    keys.pressed("Nhập câu hỏi", "Space", by="Shift+Tab")
    keys.follow("Thêm cán bộ")
    answered(keys, "Mật khẩu của nga:")
    return keys.page.locator("code.once").inner_text()


def test_people_are_added_given_a_password_and_locked_out(browser, lan):
    with by_keys(browser, lan, "/sign-in?back=/staff", **DESK) as keys:
        sign_in(keys, "lan", PASSWORD)
        keys.follow("Cán bộ", "**/staff/people", whole=True)
        first = somebody_added(keys)
        keys.pressed("Mật khẩu, khóa nga")
        keys.follow("Cấp mật khẩu mới")
        answered(keys, "Mật khẩu của nga:")
        second = keys.page.locator("code.once").inner_text()
        assert first != second
        for button, badges in (("Khóa tài khoản", 1), ("Mở khóa", 0)):
            keys.pressed("Mật khẩu, khóa nga")
            keys.follow(button, whole=True)
            keys.page.wait_for_function("() => document.activeElement.id.startsWith('person-')")
            keys.still_here()
            assert keys.page.locator(":focus").get_by_text("Đã khóa").count() == badges
        keys.follow("Các phiên đối thoại", "**/staff", by="Shift+Tab")
        keys.follow("Đăng xuất", lan.url + "/")
        keys.follow("Cán bộ đăng nhập", "**/sign-in")
        sign_in(keys, "nga", second)
        shown(keys.page, "Chào Bùi Thị Nga.")


def test_sites_are_listed_and_their_clerks_seated(browser, house):
    house.staff("nga", "clerk")
    with at_desk(browser, house, "sites", house.staff("lan", "organiser")) as keys:
        keys.fill("Các điểm cầu, mỗi dòng một nơi", f"{EA_TUL}\n{EA_HLEO}")
        keys.follow("Lưu danh sách điểm cầu")
        keys.page.wait_for_function("() => document.activeElement.id === 'each-title'")
        keys.still_here()
        keys.to("Nga (nga)")
        keys.press("ArrowDown", "ArrowDown")
        keys.follow("Lưu chỗ ngồi Nga")
        keys.page.wait_for_function("() => document.activeElement.id.startsWith('clerk-')")
        keys.still_here()
        assert keys.page.locator(":focus select").input_value() == "2"
        keys.follow(f"Mở màn hình của nơi này {EA_HLEO}", "**/site/2/stage", by="Shift+Tab")
    assert list(house.room.dialogue.clerks.values()) == [2]


STAFF_PAGES = ["/staff", "/staff/new", "/staff/new?from=HALL01", "/staff/people", "/d/HALL01/desk", "/d/HALL01/sites",
               "/d/HALL01/cards", "/d/HALL01/closing", "/d/HALL01/synthesis", "/d/HALL01/sound", "/d/HALL01/readings",
               "/d/HALL01/minutes"]  # fmt: skip


@pytest.mark.parametrize("width, height", [(360, 740), (1440, 900)])
def test_every_stop_of_the_organisers_pages_is_seen_and_nothing_is_out_of_reach(browser, house, width, height):
    house.staff("nga", "clerk")
    wrong = []
    for path in STAFF_PAGES:
        who = house.staff(f"lan{STAFF_PAGES.index(path)}", "organiser")
        with by_keys(browser, house, path, who, viewport={"width": width, "height": height}) as keys:
            wrong += [f"{path} {one}" for one in keys.round()]
    assert wrong == []
