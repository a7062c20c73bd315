"""Whoever follows a dialogue with a keyboard and no mouse: finds it, reads it, looks after one question."""

from datetime import date

import pytest

from live import commands as do
from live.states import CommitmentState, DialogueState, Outcome, RefusalReason
from tests.cast import BY_JUNE, CLOSED, HANH, MINUTES_APPROVED, SECRETARY, SIGNED, usual
from tests.web.keys import DESK, at_desk, by_keys
from tests.web.visits import count, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
AGENCY = "Phòng Kinh tế"


@pytest.fixture
def asked(house):
    """Her question, the cookie of her phone, and the path of her receipt."""
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu Ea Mô?"), by=seat)
    return cookie, f"/r/{house.room.dialogue.questions[1].receipt}"


def question(house):
    return house.room.dialogue.questions[1]


def test_a_receipt_is_found_added_to_proved_and_taken_back(browser, house, asked):
    cookie, receipt = asked
    with by_keys(browser, house, "/", cookie) as keys:
        keys.fill("Mã phiên hoặc mã phiếu nhận", receipt.removeprefix("/r/").lower())
        keys.enter(f"**{receipt}")
        keys.pressed("Bổ sung cho câu này")
        keys.fill("Điều muốn nói thêm", "Cầu nối hai buôn.")
        keys.follow("Gửi phần bổ sung", f"**{receipt}")
        assert [str(added) for added in question(house).dossier.additions] == ["Cầu nối hai buôn."]
        keys.follow("Kiểm tra", f"**{receipt}/check**")
        keys.page.wait_for_function("() => document.activeElement.id === 'proof'")
        keys.still_here()
        keys.pressed("Số liệu để người khác kiểm tra lại")
        keys.pressed("Rút câu hỏi này", by="Shift+Tab")
        keys.follow("Rút câu số 1", f"**{receipt}")
        shown(keys.page, "Đã rút theo ý người hỏi.")
        keys.follow("Về phiên đối thoại", f"**/d/{house.code}")


def test_a_refusal_is_appealed_on_the_receipt_and_an_answer_judged(browser, house, asked):
    cookie, receipt = asked
    house.send(do.Refuse(1, RefusalReason.OFF_TOPIC, "Xin hỏi ở buổi sau."))
    with by_keys(browser, house, receipt, cookie) as keys:
        keys.fill("Vì sao nên xem lại", "Cầu là việc của xã.")
        keys.follow("Gửi đề nghị", f"**{receipt}")
        shown(keys.page, "Cầu là việc của xã.")
        assert str(question(house).dossier.appeal) == "Cầu là việc của xã."
        house.send(do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
        keys.page.reload()
        keys.pressed("Chưa thỏa đáng…")
        keys.fill("Còn điều gì chưa rõ hoặc chưa đúng", "Chưa nói ngày nào.")
        keys.follow("Gửi ý kiến", f"**{receipt}")
        shown(keys.page, "Chưa nói ngày nào.")


def test_a_wrong_code_is_said_where_it_was_typed(browser, house):
    with by_keys(browser, house, "/") as keys:
        keys.fill("Mã phiên hoặc mã phiếu nhận", "KHONGCO")
        keys.enter("**/?code=KHONGCO")
        keys.page.wait_for_function("() => document.activeElement.name === 'code'")
        keys.still_here()
        assert keys.described().startswith("Không có phiên nào mang mã KHONGCO.")
        keys.press("Control+a")
        keys.write(house.code)
        keys.enter(f"**/d/{house.code}")
        keys.follow("Thông báo về phiên này", "**/notice")
        keys.follow("Vào phiên", f"**/d/{house.code}")


def test_the_machine_in_the_hall_is_read_in_english_and_forgets_it(browser, house, asked):
    with by_keys(browser, house, f"/d/{house.code}/kiosk", viewport={"width": 820, "height": 1180}) as keys:
        keys.page.clock.install()
        keys.follow("English", "**/kiosk?language=en", by="Shift+Tab")
        keys.page.wait_for_function("() => document.activeElement.id === 'look'")
        keys.write("1")
        keys.enter("**/kiosk?language=en&look=1")
        shown(keys.page, "Received, number 1.")
        keys.follow("Tiếng Việt", "**/kiosk?language=vi&look=1", by="Shift+Tab")
        shown(keys.page, "Đã nhận, số 1.")
        keys.follow("English", "**/kiosk?language=en&look=1", by="Shift+Tab")
        keys.page.clock.run_for(21_000)
        keys.page.wait_for_url(f"**/d/{house.code}/kiosk")
        assert keys.page.locator("html").get_attribute("lang") == "vi"
        keys.follow("English", "**/kiosk?language=en", by="Shift+Tab")
        keys.page.clock.run_for(21_000)  # nothing looked up, and the next one is still not left before English
        keys.page.wait_for_url(f"**/d/{house.code}/kiosk")


@pytest.fixture
def published(house):
    """Minutes that everybody reads, with a promise that is kept and one that is not due yet."""
    house.send(do.Ask("Bao giờ sửa cầu Ea Mô?"), by=house.citizen("Hạnh", "xã Ea Mô")[0])
    house.send(do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    for number, (what, due) in enumerate((("Sửa cầu", BY_JUNE), ("Đặt đèn", date(2099, 1, 1))), 1):
        house.send(do.NoteCommitment(what, AGENCY, due), by=SECRETARY)
        for to in (CommitmentState.READ_BACK, CommitmentState.IN_MINUTES):
            house.send(do.MoveCommitment(number, to), by=SECRETARY)
    return house


def test_an_agency_begins_and_reports_its_promise(browser, published):
    house = published
    with at_desk(browser, house, "agency", house.staff("coquan", "agency", agency=AGENCY)) as keys:
        keys.pressed("Bắt đầu thực hiện cam kết số 1")
        count(keys.page, "#mine > li:first-child [data-mark]", 1)
        keys.still_here()
        keys.pressed("Báo kết quả cam kết số 1")
        keys.fill("Việc đã làm và bằng chứng", "Đã đổ xong mố cầu.")
        keys.fill("Địa chỉ trang có bằng chứng", "https://eamo.example/cau")
        keys.pressed("Báo kết quả", within="form")
        keys.page.locator("#commitments").get_by_text("Đã đổ xong mố cầu.").wait_for()
        keys.still_here()
    assert house.room.dialogue.commitments[1].state is CommitmentState.EVIDENCE_GIVEN


def test_the_record_and_the_promises_are_read(browser, published):
    house = published
    for command in (*CLOSED, *MINUTES_APPROVED, *SIGNED, do.MoveDialogue(DialogueState.PUBLISHED)):
        house.send(command, by=usual(command))
    with by_keys(browser, house, "/", **DESK) as keys:
        keys.follow("Xem kết quả đối thoại", "**/record")
        keys.follow("Mọi cam kết", "**/commitments")
        for tab, shows in (("Quá hạn", 1), ("Trong hạn", 1), ("Đã giữ lời", 0), ("Tất cả", 2)):
            keys.follow(tab, "**/commitments**")
            assert keys.page.locator("main .list > li:not(.empty)").count() == shows, tab


def test_the_table_of_opinions_is_scrolled_by_keys(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu Ea Mô?", "Giao thông"), by=HANH)
    house.send(do.Approve(1))
    with by_keys(browser, house, f"/d/{house.code}/synthesis", house.staff("lan", "organiser")) as keys:
        keys.to("Giao thông", within="[role=region]")
        keys.press("ArrowRight", "ArrowRight")
        keys.page.wait_for_function("() => document.activeElement.scrollLeft > 0")
