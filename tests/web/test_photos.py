"""A photo on its whole way in real browsers: from the file chooser to the hall screen, and what goes wrong on it."""

import pytest
from playwright.sync_api import FilePayload

from live import commands as do
from tests.server.photos.test_redrawing import file, pixels, with_place
from tests.web.visits import count, opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser

CHOSEN: FilePayload = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": with_place()}
DRAWN = (
    "selector => { const image = document.querySelector(selector); return image?.complete && image.naturalWidth > 0; }"
)


def choose(page, content=CHOSEN):
    if not page.locator(".ask .photo-field details[open]").count():
        page.locator(".ask .photo-field summary").click()
    page.locator(".ask input[type=file]").set_input_files(content)


def test_from_the_file_chooser_to_the_hall_screen(browser, house, hanh):
    wide = {"viewport": {"width": 1440, "height": 900}}
    with (
        visitor(browser, house, hanh[1]) as phone,
        visitor(browser, house, house.staff("lan", "moderator"), **wide) as desk,
        visitor(browser, house, house.staff("manh", "stage"), **wide) as hall,
    ):
        page = opened(phone, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Lan can cầu gãy thế này, bao giờ sửa?")
        choose(page)
        page.locator(".ask .photo-field__seen").wait_for()
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.wait_for_function(DRAWN, arg="#mine-1 .photo img")
        shown(page, "Chỉ bạn và người điều hành phiên thấy ảnh này.")
        screen = opened(hall, f"/d/{house.code}/stage")
        moderator = opened(desk, f"/d/{house.code}/moderator")
        moderator.locator("#q-1").get_by_role("link", name="Thêm…").click()
        moderator.wait_for_function(DRAWN, arg="#work .photo img")
        moderator.get_by_role("button", name="Duyệt, xếp hàng").click()
        page.locator("#q-1").wait_for()
        house.send(do.CallNext())
        shown(screen, "Lan can cầu gãy thế này")
        assert screen.locator("#stage .photo").count() == page.locator("#q-1 .photo").count() == 0
        moderator.goto(f"/d/{house.code}/moderator?question=1")
        moderator.get_by_role("button", name="Hiện ảnh cho mọi người").click()
        screen.wait_for_function(DRAWN, arg="#stage .photo img")
        page.wait_for_function(DRAWN, arg="#stage .photo img")
        shown(page, "Mọi người thấy ảnh này cùng câu hỏi.")
        box = screen.locator("#stage .photo img").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
        house.send(do.ShowPhoto(1, on=False))
        count(screen, "#stage .photo", 0)
        count(page, "#stage .photo", 0)


def test_what_travels_is_small_and_knows_no_place(browser, house, hanh):
    large = {**CHOSEN, "buffer": file(pixels(4000, 3000), quality=95)}
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        for content in (CHOSEN, large):
            page.get_by_label("Câu hỏi", exact=True).fill("Có ảnh kèm theo đây?")
            choose(page, content)
            page.locator(".ask .photo-field__seen").wait_for()
            with page.expect_request(lambda request: "/photo/" in request.url and request.method == "POST") as sent:
                page.get_by_role("button", name="Gửi câu hỏi").click()
            body = sent.value.post_data_buffer
            assert body is None or (len(body) < 400_000 and b"SECRET" not in body)
            page.locator(".ask [role=status]", has_text="Ảnh đã đến nơi.").wait_for()


def test_without_network_the_question_goes_first_and_the_photo_follows_by_itself_also_after_a_reload(
    browser, house, hanh
):
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        phone.route("**/photo/*", lambda route: route.abort())
        page.get_by_label("Câu hỏi", exact=True).fill("Câu hỏi không chờ ảnh?")
        choose(page)
        page.locator(".ask .photo-field__seen").wait_for()
        page.get_by_role("button", name="Gửi câu hỏi").click()
        shown(page, "Chưa gửi được ảnh vì mạng")
        assert len(house.room.dialogue.questions) == 1
        page.reload()
        phone.unroute("**/photo/*")
        while_it_runs(page, lambda: house.room.dialogue.questions[1].photo, "the photo to follow", 20)
        page.wait_for_function(DRAWN, arg="#mine-1 .photo img")
        page.wait_for_function("() => !Object.keys(localStorage).some(name => name.startsWith('photo:'))")


def test_a_photo_may_come_later_and_be_taken_off_again(browser, house, hanh):
    house.send(do.Ask("Cầu gãy lan can."), by=hanh[0])
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        page.locator("#mine-1-photo summary").click()
        page.locator("#mine-1-photo input[type=file]").set_input_files(CHOSEN)
        page.wait_for_function(DRAWN, arg="#mine-1 .photo img")
        page.get_by_role("button", name="Bỏ ảnh này").click()
        page.locator("#mine-1-photo summary").wait_for()
        assert not house.room.dialogue.questions[1].photo


def test_what_is_no_picture_is_said_at_once_and_the_words_stay(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Ảnh này hỏng?")
        choose(page, {"name": "a.heic", "mimeType": "image/heic", "buffer": b"ftypheic" + bytes(500)})
        shown(page, "Máy này không đọc được ảnh đó.")
        assert page.get_by_label("Câu hỏi", exact=True).input_value() == "Ảnh này hỏng?"


def test_without_script_the_receipt_takes_the_photo(browser, house, hanh):
    with visitor(browser, house, hanh[1], java_script_enabled=False) as phone:
        page = phone.new_page()
        page.goto(f"/d/{house.code}")
        assert not page.locator(".ask input[type=file]").is_visible()
        page.get_by_label("Câu hỏi", exact=True).fill("Điện thoại cũ, có ảnh?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator("summary", has_text="Gửi kèm một ảnh").click()
        page.locator("input[type=file]").set_input_files(CHOSEN)
        page.get_by_role("button", name="Gửi ảnh").click()
        shown(page, "Chỉ bạn và người điều hành phiên thấy ảnh này.")
        assert "/r/" in page.url
        page.get_by_role("button", name="Bỏ ảnh này").click()
        page.locator("summary", has_text="Gửi kèm một ảnh").wait_for()
