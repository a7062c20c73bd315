"""What reaches the chair from other pages and what the chair stops: prepared words, notes, messages."""

import pytest

from live import commands as do
from live.agreeing import mark
from tests.cast import BY_JUNE, MODERATOR
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
AGENCY = "Phòng Kinh tế"


@pytest.fixture
def three(house):
    house.send(*(do.Ask(f"Câu {n} hỏi gì?") for n in range(1, 4)), by=house.clerk)
    house.send(*(do.Approve(n) for n in range(1, 4)))
    house.send(*(do.Assign(n, AGENCY, BY_JUNE) for n in (1, 3)))


def test_what_an_agency_writes_is_before_the_chair_for_the_next_and_for_who_waits_behind(browser, house, three):
    with (
        visitor(browser, house, house.staff("coquan", "agency", agency=AGENCY), **DESK) as theirs,
        visitor(browser, house, house.staff("chutoa", "chair"), **DESK) as presiding,
    ):
        agency, chair = opened(theirs, f"/d/{house.code}/agency"), opened(presiding, f"/d/{house.code}/chair")
        shown(chair, f"Câu số 1: {AGENCY} đang chuẩn bị")
        for number, text in ((1, "Đã bố trí 2,4 tỷ"), (3, "Chờ tỉnh duyệt")):
            task = agency.locator(f"#mine-task-{number}")
            task.locator("textarea").fill(text)
            task.get_by_role("button", name="Đưa lên bàn chủ trì").click()
            task.get_by_text("Đã có trên bàn chủ trì").wait_for()
        shown(chair, "Đã bố trí 2,4 tỷ")
        ready = chair.locator("#ready-3")
        ready.get_by_text(f"{AGENCY} có tài liệu cho câu số 3").click()
        ready.get_by_text("Chờ tỉnh duyệt").wait_for()
        ready.get_by_label("Vì sao mời trước").fill("Tài liệu đã sẵn")
        ready.get_by_role("button", name="Mời câu số 3").click()
        count(chair, "#stage[data-number='3']", 1)
        chair.locator("#prepared-3[data-on-stage=yes]", has_text="Chờ tỉnh duyệt").wait_for()


def test_a_moderators_note_reaches_the_chair(browser, house, three):
    with (
        visitor(browser, house, house.staff("mau", "moderator"), **DESK) as reading,
        visitor(browser, house, house.staff("chutoa", "chair"), **DESK) as presiding,
    ):
        desk, chair = opened(reading, f"/d/{house.code}/moderator"), opened(presiding, f"/d/{house.code}/chair")
        desk.locator("#q-2").focus()
        desk.keyboard.press("m")
        desk.locator("#work").get_by_text("Ghi chú nội bộ").click()
        desk.get_by_label("Chỉ người kiểm duyệt và người chủ trì thấy").fill("Người hỏi ngồi hàng đầu.")
        desk.locator("#work").get_by_role("button", name="Ghi", exact=True).click()
        chair.locator("#prepared-2", has_text="Người hỏi ngồi hàng đầu.").wait_for()
        assert "Ghi chú của Mau" in chair.locator("#prepared-2").inner_text()


def test_who_sends_a_message_learns_who_read_it(browser, house):
    with (
        visitor(browser, house, house.staff("mau", "moderator"), **DESK) as reading,
        visitor(browser, house, house.staff("chutoa", "chair"), **DESK) as presiding,
    ):
        desk, chair = opened(reading, f"/d/{house.code}/moderator"), opened(presiding, f"/d/{house.code}/chair")
        desk.get_by_text("Nhắn bàn khác").click()
        desk.get_by_label("Lời nhắn", exact=True).fill("Còn năm phút.")
        desk.get_by_role("button", name="Nhắn", exact=True).click()
        chair.get_by_role("button", name="Đã đọc").click()
        count(chair, "#messages > li", 0)
        told = desk.locator("#messages > li")
        told.get_by_text("bàn chủ trì đã xem lúc").wait_for()
        assert "Chutoa" in told.inner_text()
        told.get_by_role("button", name="Đã rõ").click()
        count(desk, "#messages > li", 0)


def test_the_chair_stops_questions_and_captions_and_lets_them_go_on(browser, house):
    house.send(do.SetAsking(open=True, waiting=7), do.StartRecording("hall"), by=MODERATOR)
    hanh = house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]
    with (
        visitor(browser, house, house.staff("chutoa", "chair"), **DESK) as presiding,
        visitor(browser, house, hanh) as asking,
    ):
        chair, phone = opened(presiding, f"/d/{house.code}/chair"), opened(asking, f"/d/{house.code}")
        chair.get_by_role("button", name="Tạm ngừng nhận câu hỏi").click()
        shown(phone, "Đang tạm ngừng nhận câu hỏi mới.")
        chair.get_by_role("button", name="Ngừng phụ đề công khai").click()
        shown(phone, "Phụ đề đang tắt")
        chair.get_by_role("button", name="Nhận câu hỏi tiếp").click()
        chair.get_by_role("button", name="Hiện lại phụ đề").click()
        count(phone, "#banner[data-stopped]", 0)
        count(phone, ".standing__captions", 0)
    assert house.room.dialogue.asking.waiting == 7, "stopping leaves the limit as it is"


@pytest.mark.parametrize("width, least", [(360, 22), (820, 27), (1440, 27)])
def test_the_chair_reads_question_and_clock_at_arms_length(browser, house, three, width, least):
    house.send(do.CallNext())
    size = "part => parseFloat(getComputedStyle(document.querySelector(part)).fontSize)"
    with visitor(browser, house, house.staff("chutoa", "chair"), viewport={"width": width, "height": 900}) as context:
        page = opened(context, f"/d/{house.code}/chair")
        assert min(page.evaluate(size, part) for part in (".now__text", ".clock__face")) >= least
        assert min(box["height"] for box in boxes(page, "#stage .button--big")) >= 44


def boxes(page, selector):
    return [one.bounding_box() for one in page.locator(selector).all()]


def test_two_officers_write_one_note_and_the_second_is_told(browser, house, three):
    cookies = [house.staff(login, "agency", agency=AGENCY) for login in ("mot", "hai")]
    with visitor(browser, house, cookies[0]) as one, visitor(browser, house, cookies[1]) as two:
        first, second = (opened(who, f"/d/{house.code}/agency") for who in (one, two))
        second.locator("#mine-task-1 textarea").fill("Vốn về tháng 10")
        first.locator("#mine-task-1 textarea").fill("Vốn về tháng 9")
        first.locator("#mine-task-1").get_by_role("button").click()
        until(lambda: str(house.room.dialogue.questions[1].dossier.prepared) == "Vốn về tháng 9", "the first note")
        second.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n - 1}")
        second.locator("#mine-task-1").get_by_role("button").click()
        shown(second, "bản hiện tại là: “Vốn về tháng 9”")
        assert second.locator("#mine-task-1 textarea").input_value() == "Vốn về tháng 10", "what was typed is there"
        was = second.locator("#mine-task-1 [name=was]")
        until(lambda: was.input_value() == mark_now(house), "the form to know of the note that is there")
        second.locator("#mine-task-1").get_by_role("button").click()
        until(lambda: str(house.room.dialogue.questions[1].dossier.prepared) == "Vốn về tháng 10", "the second note")


def mark_now(house):
    return mark(house.room.dialogue.questions[1].dossier.prepared)
