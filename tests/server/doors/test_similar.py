"""Similar questions: what an asker may be offered, what a moderator may be shown, and who may ask at all."""

import pytest

from live import commands as do
from live.states import Outcome
from server.doors.limits import SIMILAR
from server.similar.finder import WAITING
from tests.cast import CLERK, MODERATOR, SECOND_MODERATOR
from tests.visitors import browser, citizen_cookie, staff_cookie

TYPED = "Bao giờ thì xã sửa cầu Ea Mô?"


@pytest.fixture
def bridge(served, room):
    """Question 1, from a paper card: about the bridge, still unread."""
    ask = do.Ask("Cầu Ea Mô hỏng lâu rồi, khi nào xã sửa?", name="Ông Ba", locality="xã Ea Mô")
    served.run(room.handle(ask, CLERK))
    return room


def offered(served, cookie: str = "", text: str = TYPED, **headers: str):
    with browser(served, cookie, **headers) as phone:
        return phone.post("/d/TEST01/similar", data={"text": text})


def test_a_phone_is_offered_what_everybody_may_read_and_nothing_else(served, bridge):
    hanh = citizen_cookie(served, "Trần Thị Hạnh")
    assert offered(served, hanh).text.strip() == ""
    served.run(bridge.handle(do.Approve(1), MODERATOR))
    answer = offered(served, hanh, "sua cau ea mo bao gio")
    assert "Cầu Ea Mô hỏng lâu rồi" in answer.text
    assert "Cùng hỏi câu này thay vì gửi" in answer.text
    assert 'name="question" value="1"' in answer.text
    served.run(bridge.handle(do.SetAside(1), MODERATOR))
    served.run(bridge.handle(do.Reopen(1), MODERATOR))
    assert offered(served, hanh).text.strip() == ""


def test_ones_own_question_is_not_offered(served, room):
    hanh = citizen_cookie(served, "Trần Thị Hạnh")
    with browser(served, hanh) as phone:
        assert phone.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"}).status_code == 303
    served.run(room.handle(do.Approve(1), MODERATOR))
    assert offered(served, hanh).text.strip() == ""
    assert "sửa cầu Ea Mô" in offered(served, citizen_cookie(served, "Y Tuấn Niê")).text


def test_an_answered_question_is_read_and_not_supported(served, bridge):
    for command in (do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED)):
        served.run(bridge.handle(command, MODERATOR))
    text = offered(served).text
    assert "Xem kết quả" in text
    assert "do/support" not in text


def test_another_page_may_not_ask_through_the_browser_of_a_citizen(served, bridge):
    served.run(bridge.handle(do.Approve(1), MODERATOR))
    assert offered(served, Origin="https://example.org").status_code == 404
    assert offered(served).status_code == 200


def test_who_asks_without_end_is_told_when_to_come_back(served, bridge):
    hanh = citizen_cookie(served, "Trần Thị Hạnh")
    statuses = {offered(served, hanh).status_code for _ in range(2 * SIMILAR.amount + 2)}
    assert statuses == {200, 429}
    assert offered(served, citizen_cookie(served, "Y Tuấn Niê")).status_code == 200


def test_a_crowd_at_the_door_is_offered_nothing_and_nobody_waits(served, bridge, monkeypatch):
    served.run(bridge.handle(do.Approve(1), MODERATOR))
    monkeypatch.setattr(served.parts.similar, "_waiting", WAITING)
    assert offered(served).text.strip() == ""


def test_the_receipt_offers_it_to_whoever_asked_and_to_nobody_else(served, bridge):
    served.run(bridge.handle(do.Approve(1), MODERATOR))
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        receipt = phone.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"}).headers["location"]
        page = phone.get(receipt).text
        assert "Đã có câu hỏi việc tương tự" in page
        said = {"as": "phone", "question": "1", "on": "on", "back": receipt}
        assert phone.post("/d/TEST01/do/support", data=said).headers["location"] == receipt
        assert 'aria-pressed="true"' in phone.get(receipt).text
    with browser(served) as holder:
        assert "tương tự" not in holder.get(receipt).text


def test_the_opened_card_lists_likely_duplicates_whatever_their_state_and_merges_by_one_touch(served, bridge):
    served.run(bridge.handle(do.Ask(TYPED, name="Bà Tư", locality="xã Ea Mô"), CLERK))
    served.run(bridge.handle(do.Ask("Chợ đêm mở đến mấy giờ?", name="Cô Năm"), CLERK))
    with browser(served, staff_cookie(served, "moderator")) as desk:
        page = desk.get("/d/TEST01/moderator?question=2").text
        assert "Gộp vào câu số 1" in page
        assert "Gộp vào câu số 3" not in page
        merge = {"as": "moderator", "question": "2", "into": "1", "back": "/d/TEST01/moderator"}
        assert desk.post("/d/TEST01/do/merge", data=merge).status_code == 303
    assert bridge.dialogue.questions[2].merged_into == 1


def test_what_leads_others_is_not_offered_a_lead(served, bridge):
    """A chain of merges is not made (live/asides), so it is not offered either."""
    for text in (TYPED, "Cầu Ea Mô bao giờ sửa xong?"):
        served.run(bridge.handle(do.Ask(text, name="Bà Tư"), CLERK))
    served.run(bridge.handle(do.Merge(2, into=1), SECOND_MODERATOR))
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "alike-title" not in desk.get("/d/TEST01/moderator?question=1").text
        page = desk.get("/d/TEST01/moderator?question=3").text
        assert "Gộp vào câu số 1" in page
        assert "Gộp vào câu số 2" not in page
