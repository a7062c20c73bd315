"""The clerk's desk by plain forms: what receipt and kiosk promise of it is there, for whoever has no phone."""

import pytest

from live import commands as do
from live.photos import photo_for
from live.refusals import Code
from live.seats import Audience, Seat
from live.states import Channel, QuestionState
from tests.cast import CLERK, HANH, MODERATOR, REFUSED
from tests.server.photos.test_redrawing import with_place
from tests.visitors import browser, citizen_cookie, staff_cookie

PAPER = do.Ask("Đường vào buôn hỏng từ mùa mưa trước, bao giờ sửa?", channel=Channel.HALL_CARD, card=1)


@pytest.fixture
def paper(served, room):
    """Question 1 came on card 1."""
    for command in (do.PrintCard(), PAPER):
        served.run(room.handle(command, CLERK))
    return room


@pytest.fixture
def clerk(served, paper):
    with browser(served, staff_cookie(served, "clerk")) as clerk:
        yield clerk


def sent(clerk, command: str, **fields: str) -> None:
    """What a form on the page sends; its answer leads back there."""
    answer = clerk.post(f"/d/TEST01/do/{command}", data={"as": "clerk", "back": "/d/TEST01/clerk", **fields})
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01/clerk"), answer.text


def test_a_refused_card_is_read_out_appealed_and_approved_after_all(served, paper, clerk):
    served.run(paper.handle(REFUSED, MODERATOR))
    page = clerk.get("/d/TEST01/clerk").text
    assert REFUSED.sentence in page
    assert "/do/appeal" in page
    sent(clerk, "appeal", question="1", text="Tòa đã xử xong từ tháng trước.")
    page = clerk.get("/d/TEST01/clerk").text
    assert "Tòa đã xử xong từ tháng trước." in page
    assert "/do/appeal" not in page, "one appeals once"
    served.run(paper.handle(do.Approve(1), MODERATOR))
    assert paper.dialogue.questions[1].state is QuestionState.QUEUED


def test_words_are_added_a_name_is_told_later_and_a_withdrawal_is_taken_back(served, paper, clerk):
    sent(clerk, "add_to_question", question="1", text="Cả cây cầu nữa.")
    sent(clerk, "name_speaker", question="1", name="Ông Năm", locality="thôn 3")
    sent(clerk, "withdraw", question="1")
    page = clerk.get("/d/TEST01/clerk").text
    assert "Cả cây cầu nữa." in page
    assert "Đã ghi rút câu số" in page
    sent(clerk, "undo", act=str(paper.n))
    question = paper.dialogue.questions[1]
    assert (question.state, str(question.name)) == (QuestionState.RECEIVED, "Ông Năm")


def test_what_was_said_aloud_is_refused_until_it_is_read_back_and_the_words_come_back(served, paper, clerk):
    said = {"as": "clerk", "text": "Giá nước sao tăng?", "channel": "phone_call", "reason": ""}
    refused = clerk.post("/d/TEST01/do/ask", data=said)
    assert refused.status_code == 409
    assert "Hãy đọc lại cho người hỏi nghe" in refused.text
    assert "Giá nước sao tăng?" in refused.text
    sent(clerk, "ask", **(said | {"reason": "Máy bị ngắt"}))
    assert "chưa đọc lại: Máy bị ngắt" in clerk.get("/d/TEST01/clerk").text


def test_the_slip_and_the_receipt_name_the_officer_and_no_public_page_does(served, paper, clerk):
    sent(clerk, "ask", text="Giá nước sao tăng?", channel="phone_call", read_back="on")
    served.run(paper.handle(do.Approve(2), MODERATOR))
    receipt = paper.dialogue.questions[2].receipt
    assert "Người nhập: Nhân vật clerk, đã đọc lại cho người hỏi nghe" in clerk.get("/d/TEST01/slip/2").text
    with browser(served) as anybody:
        assert "người nhập: Nhân vật clerk" in anybody.get(f"/r/{receipt}").text
        for public in ("/d/TEST01", "/d/TEST01/kiosk?look=2", "/d/TEST01/notice"):
            assert "Nhân vật clerk" not in anybody.get(public).text


def given(client, question: int, seat: str = "?as=clerk"):
    files = {"photo": ("phieu.jpg", with_place(), "image/jpeg")}
    return client.post(f"/d/TEST01/photo/{question}{seat}", files=files)


def test_a_photo_of_the_paper_goes_beside_it_and_is_seen_at_the_desk_and_by_those_who_read(served, paper, clerk):
    assert "Gửi kèm ảnh chụp phiếu" in clerk.get("/d/TEST01/clerk").text
    answer = given(clerk, 1)
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01/clerk")
    assert photo_for(paper.dialogue.questions[1], Seat("", Audience.PHONE)) == ""
    assert clerk.get("/d/TEST01/photo/1").status_code == 200
    assert "/d/TEST01/photo/1" in clerk.get("/d/TEST01/clerk").text
    for cookie, status in ((staff_cookie(served, "moderator"), 200), (citizen_cookie(served, "Hạnh"), 404), ("", 404)):
        with browser(served, cookie) as other:
            assert other.get("/d/TEST01/photo/1").status_code == status


def test_the_desk_brings_no_photo_for_a_phone_and_nobody_comes_in_as_a_clerk(served, paper, clerk):
    served.run(paper.handle(do.Ask("Từ điện thoại?"), HANH))
    assert given(clerk, 2).status_code == 409
    assert given(clerk, 1, seat="").status_code == 409, "a clerk's browser is no phone"
    with browser(served, citizen_cookie(served, "Hạnh")) as phone:
        assert given(phone, 1).status_code == 404
        assert phone.post("/d/TEST01/similar", data={"as": "clerk", "text": "Đường vào buôn"}).status_code == 404
    assert not paper.dialogue.questions[1].photo


def test_the_desk_is_offered_what_was_asked_already_even_if_nobody_has_read_it(served, paper, clerk):
    typed = {"as": "clerk", "text": "bao gio sua duong vao buon"}
    found = clerk.post("/d/TEST01/similar", data=typed).text
    assert "Đường vào buôn hỏng" in found
    assert "/do/support" not in found
    served.run(paper.handle(REFUSED, MODERATOR))
    assert clerk.post("/d/TEST01/similar", data=typed).text.strip() == ""


def test_a_clerk_undoes_nothing_of_others(served, paper, clerk):
    served.run(paper.handle(do.Approve(1), MODERATOR))
    answer = clerk.post(
        "/d/TEST01/do/undo", data={"as": "clerk", "act": str(paper.n)}, headers={"Accept": "application/json"}
    )
    assert answer.json()["code"] == Code.UNDO_GONE
