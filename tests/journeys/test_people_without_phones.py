"""Who has no phone is no guest: a card typed in by the clerk, a machine that tells how it stands; and a linked site."""

import pytest
from playwright.sync_api import expect

from tests.journeys.citizens import asks
from tests.journeys.hall import LIVE, PATIENCE, Hall, opened, pressed, shown
from tests.journeys.staff import dialogue_made, employ, signed_in
from tests.server.photos.test_redrawing import with_place
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

EA_TUL = "Điểm cầu Ea Tul"


def looked_up(machine, typed):
    """Type on the pad as a finger does."""
    for letter in typed:
        machine.get_by_role("group", name="Bàn phím số").get_by_role("button", name=letter, exact=True).click()
    pressed(machine, "Xem")


def test_a_card_a_clerk_and_a_machine_in_the_hall(hall: Hall, served: Served) -> None:
    employ(served)
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    clerk = signed_in(hall.desk("clerk"), "nhaplieu")
    clerk.goto(f"/d/{code}/cards")
    clerk.get_by_label("In thêm bao nhiêu phiếu").fill("2")
    pressed(clerk, "Lấy số để in")
    with clerk.expect_download() as printed:
        clerk.get_by_role("link", name="Tải tệp PDF để in").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF-")

    machine = hall.desk("machine", viewport={"width": 820, "height": 1180}).new_page()
    machine.goto(f"/d/{code}/kiosk")
    looked_up(machine, "2")
    shown(machine, "Phiếu này chưa được nhập")

    clerk.goto(f"/d/{code}/clerk")
    clerk.wait_for_function(LIVE)
    clerk.get_by_label("Số in trên phiếu, nếu có").fill("2")
    clerk.get_by_label("Nội dung câu hỏi").fill("Đường vào buôn hỏng từ mùa mưa trước, bao giờ sửa?")
    pressed(clerk, "Gửi câu hỏi")
    clerk.get_by_role("link", name="In giấy hẹn").click()
    shown(clerk, "Phiếu số 2")
    receipt = clerk.locator(".slip__receipt").inner_text()

    looked_up(machine, "2")
    shown(machine, "Phiếu số 2 · Câu hỏi số 1")
    shown(machine, "Đang chờ người kiểm duyệt đọc")
    expect(machine.get_by_text("Đường vào buôn")).to_have_count(0)

    organiser.goto(f"/d/{code}/moderator")
    organiser.locator("#q-1").get_by_role("button", name="Duyệt").click()
    machine.keyboard.type(f"{served.url}/d/{code}/card/{receipt}")  # a scanner, wherever the focus is
    machine.keyboard.press("Enter")
    shown(machine, "đứng thứ 1 trong hàng chờ")
    shown(machine, "Đường vào buôn")
    machine.get_by_role("link", name="Xong, xóa màn hình").click()
    expect(machine.get_by_text("Đường vào buôn")).to_have_count(0)


def test_a_refused_card_is_appealed_at_the_desk_and_approved(hall: Hall, served: Served) -> None:
    employ(served)
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    clerk = signed_in(hall.desk("clerk"), "nhaplieu")
    clerk.goto(f"/d/{code}/clerk")
    clerk.wait_for_function(LIVE)
    form, card = clerk.locator("#ask-form"), clerk.locator("#q-1")
    form.get_by_label("Nội dung câu hỏi").fill("Tòa xử rồi mà xã chưa trả đất, bao giờ trả?")
    form.get_by_text("Kèm một ảnh, nếu cần").click()
    form.locator("input[type=file]").set_input_files(
        {"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": with_place()}
    )
    form.locator(".photo-field__seen").wait_for()
    pressed(clerk, "Gửi câu hỏi")
    card.locator(".photo img").wait_for()

    organiser.goto(f"/d/{code}/moderator")
    organiser.wait_for_function(LIVE)
    organiser.locator("#q-1").get_by_role("link", name="Từ chối…").click()
    organiser.locator("#work").get_by_label("Lý do").first.select_option(label="Đã có quyết định cuối cùng")
    organiser.locator("#work").get_by_label("Câu người hỏi sẽ đọc").first.fill("Việc này tòa đã xử xong.")
    organiser.get_by_role("button", name="Từ chối câu này").click()

    machine = hall.desk("machine").new_page()
    machine.goto(f"/d/{code}/kiosk?look=1")
    shown(machine, "hỏi bàn nhập câu hỏi")
    card.get_by_text("Việc này tòa đã xử xong.").wait_for()
    card.get_by_text("Đề nghị xem lại", exact=True).click()
    card.get_by_label("Vì sao nên xem lại").fill("Tòa xử xong rồi nhưng chưa ai thi hành.")
    card.get_by_role("button", name="Gửi đề nghị").click()

    again = organiser.locator("#review #q-1")
    again.get_by_text("người hỏi đề nghị xem lại").wait_for()
    again.get_by_role("button", name="Duyệt").click()
    organiser.locator("#queue #q-1").wait_for()
    machine.goto(f"/d/{code}/kiosk?look=1")
    shown(machine, "đứng thứ 1 trong hàng chờ")


def test_the_machine_forgets_by_itself(hall: Hall, served: Served) -> None:
    employ(served)
    code = dialogue_made(signed_in(hall.desk("organiser"), "tochuc"))
    machine = hall.desk("machine").new_page()
    machine.clock.install()
    machine.goto(f"/d/{code}/kiosk?look=7")
    shown(machine, "Không thấy “7”")
    machine.clock.run_for(21_000)
    machine.wait_for_url(f"**/d/{code}/kiosk", timeout=PATIENCE)
    expect(machine.get_by_text("Không thấy")).to_have_count(0)


def links_a_site(organiser):
    """Name it, and seat its clerk there."""
    organiser.get_by_role("link", name="Điểm cầu").click()
    organiser.get_by_label("Các điểm cầu, mỗi dòng một nơi").fill(EA_TUL)
    pressed(organiser, "Lưu danh sách điểm cầu")
    organiser.get_by_label("Y Bia Niê (eatul)").select_option(EA_TUL)
    organiser.locator("form", has_text="Y Bia Niê").get_by_role("button", name="Lưu chỗ ngồi").click()
    expect(organiser.get_by_label("Y Bia Niê (eatul)")).to_have_value("1")


def says_at_the_site(clerk):
    """Somebody says it aloud; it is read back before it is sent."""
    clerk.get_by_label("Nội dung câu hỏi").fill("Điện ở buôn Tul yếu, bao giờ có trạm biến áp mới?")
    clerk.get_by_label("Họ tên").fill("Y Sol Niê")
    clerk.get_by_label("Người hỏi đồng ý nêu tên công khai").check()
    pressed(clerk, "Gửi câu hỏi")
    shown(clerk, "Hãy đọc lại cho người hỏi nghe rồi đánh dấu")
    clerk.get_by_label("Đã đọc lại cho người hỏi nghe").check()
    pressed(clerk, "Gửi câu hỏi")


def asks_at_the_site(hall, code):
    """Scan the code on the wall, join and ask."""
    phone = hall.phone("phone").new_page()
    phone.goto(f"/d/{code}/site/1")
    shown(phone, f"Tham gia từ: {EA_TUL}")
    phone.get_by_label("Tên của bạn").fill("H'Ren Mlô")
    phone.get_by_label("Xã, phường").fill("xã Ea Tul")
    phone.get_by_label("Tôi đủ 16 tuổi trở lên").check()
    pressed(phone, "Tham gia")
    phone.wait_for_function(LIVE)
    asks(phone, "Nước máy ở buôn Tul đục, khi nào sửa?")


def test_a_linked_site_with_its_own_clerk_phone_and_screen(hall: Hall, served: Served) -> None:
    employ(served)
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    links_a_site(organiser)
    site = hall.desk("site")
    clerk, screen = signed_in(site, "eatul"), opened(site, f"/d/{code}/site/1/stage")
    clerk.goto(f"/d/{code}/clerk")
    clerk.wait_for_function(LIVE)
    shown(clerk, f"Bạn nhập cho {EA_TUL}")
    says_at_the_site(clerk)
    clerk.locator("#done .staff-card", has_text="Y Sol Niê").wait_for()

    asks_at_the_site(hall, code)
    other = signed_in(hall.desk("main clerk"), "nhaplieu")
    other.goto(f"/d/{code}/clerk")
    other.wait_for_function(LIVE)
    other.get_by_label("Nội dung câu hỏi").fill("Câu ở hội trường chính?")
    pressed(other, "Gửi câu hỏi")
    other.locator("#done .staff-card", has_text="hội trường chính").wait_for()
    clerk.locator("#done .staff-card", has_text="hội trường chính").wait_for(state="attached")
    expect(clerk.locator("#done .staff-card:visible")).to_have_count(1)
    organiser.goto(f"/d/{code}/moderator")
    organiser.wait_for_function(LIVE)
    organiser.locator("#review .staff-card", has_text="Nước máy").get_by_text(EA_TUL).wait_for()
    organiser.locator("#review .staff-card", has_text="trạm biến áp").get_by_role("button", name="Duyệt").click()
    main_hall = opened(
        hall.desk("organiser's screen", storage_state=organiser.context.storage_state()), f"/d/{code}/stage"
    )
    pressed(organiser, "Mời câu tiếp theo")
    for page in (screen, main_hall):
        shown(page, f"Xin mời {EA_TUL}")
        shown(page, "Y Sol Niê")
    expect(screen.locator("#live[data-ours]")).to_have_count(1)
    expect(main_hall.locator("#live[data-ours]")).to_have_count(0)
    organiser.get_by_text("Theo điểm cầu").click()
    expect(organiser.get_by_role("row", name=f"{EA_TUL} 2 2 0")).to_be_visible()
