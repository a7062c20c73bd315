"""A hand raised by plain forms: on the phone page, its receipt, the kiosk and the hall screen."""

import pytest

from live import commands as do
from live.states import Channel, Outcome
from tests.cast import MODERATOR
from tests.visitors import Visitor, browser, citizen_cookie, staff_cookie

ABOUT = "Giếng nhiễm mặn ở buôn Krông"


@pytest.fixture
def phone(served, room):
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        yield phone


def raised(phone) -> str:
    assert "/do/raise_hand" in phone.get("/d/TEST01").text
    answer = phone.post("/d/TEST01/do/raise_hand", data={"as": "phone", "topic": "Nước sạch", "about": ABOUT})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_hand_goes_the_whole_way_in_words_of_its_own(served, room, phone):
    receipt = raised(phone)
    assert room.dialogue.questions[1].channel is Channel.VOICE
    stations = [
        ((), "Đã giơ tay, số 1. Đang chờ người kiểm duyệt đọc."),
        ((do.Approve(1),), "Đã duyệt, đứng thứ 1 trong hàng chờ."),
        ((do.PutOnDeck(1),), "Sắp đến lượt nói, đứng thứ 1. Xin đến gần micrô."),
        ((do.CallNext(),), "Đến lượt: xin mời nói ở micrô."),
        ((do.GiveOutcome(1, Outcome.ANSWERED),), "Đã nói và được trả lời tại phiên."),
    ]
    for commands, words in stations:
        for command in commands:
            served.run(room.handle(command, MODERATOR))
        assert words in phone.get(receipt).text
        assert words in phone.get("/d/TEST01").text
        assert words in phone.get("/d/TEST01/kiosk?look=1").text


def test_the_hall_reads_whom_to_let_speak_and_about_what(served, room, phone):
    raised(phone)
    served.run(room.handle(do.Approve(1), MODERATOR))
    with browser(served, staff_cookie(served, "organiser")) as staff:
        assert f"Xin nói về: {ABOUT}" in staff.get("/d/TEST01/stage").text
        assert f"Xin nói về: {ABOUT}" in staff.get("/d/TEST01/moderator").text
        served.run(room.handle(do.CallNext(), MODERATOR))
        stage = staff.get("/d/TEST01/stage").text
    assert "Xin mời nói về:" in stage
    assert ABOUT in stage


def test_a_hand_is_lowered_from_the_receipt_and_raised_again(served, room, phone):
    receipt = raised(phone)
    page = phone.get(receipt).text
    assert "Bỏ tay xuống" in page
    assert "Rút câu hỏi này" not in page
    again = phone.post("/d/TEST01/do/raise_hand", data={"as": "phone", "about": "Việc khác"})
    assert again.status_code == 409
    assert "Bạn đang giơ tay rồi, số 1." in again.text
    phone.post("/d/TEST01/do/withdraw", data={"as": "phone", "question": "1", "back": receipt})
    assert "Đã bỏ tay xuống." in phone.get(receipt).text
    assert raised(phone) != receipt


@pytest.mark.parametrize("language, words", [("vi", "Giơ tay xin nói"), ("en", "Raise your hand to speak")])
def test_both_languages_know_the_button(served, room, language, words):
    with browser(served, f"{citizen_cookie(served, 'Trần Thị Hạnh')}; lang={language}") as phone:
        assert words in phone.get("/d/TEST01").text


def test_a_page_open_for_long_raises_it_with_the_name_and_the_consent_of_now(served, room):
    cookie = citizen_cookie(served, "Trần Thị Hạnh")
    with Visitor(served, cookie) as page:
        page.next("caught_up")
        citizen_cookie(served, "Bà Hạnh", publish_name=True, token=cookie.partition("=")[2])
        assert "ok" in page.send("raise_hand", about=ABOUT)
    question = room.dialogue.questions[1]
    assert (str(question.name), question.publish_name) == ("Bà Hạnh", True)
