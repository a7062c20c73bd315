"""A phone from which nothing new is taken: told on its page and its receipts, kept words, and the list of the desk."""

import pytest

from live import commands as do
from live.states import Reasoned, SuspensionReason
from tests.cast import MODERATOR
from tests.visitors import browser, citizen_cookie, staff_cookie

SENTENCE = "Xin đợi các câu đã gửi được đọc xong."
TYPED = "Còn đường vào xã thì bao giờ sửa?"
TOLD = "đang tạm ngừng nhận từ điện thoại của bạn. Lý do: gửi dồn dập, lặp lại."
JOINING = {"name": "Trần Thị Hạnh", "locality": "xã Ea Mô", "age": "over"}


@pytest.fixture
def phone(served, room):
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        yield phone


@pytest.fixture
def desk(served, room):
    with browser(served, staff_cookie(served, "moderator")) as desk:
        yield desk


@pytest.fixture
def receipt(phone) -> str:
    return str(phone.post("/d/TEST01/do/ask", data={"text": "Bao giờ sửa cầu?", "as": "phone"}).headers["location"])


def pressed(desk, command: str, **fields: str) -> int:
    return int(desk.post(f"/d/TEST01/do/{command}", data={"as": "moderator", "question": "1", **fields}).status_code)


def suspend(desk) -> None:
    assert "Tạm ngừng nhận từ người này" in desk.get("/d/TEST01/moderator?question=1").text
    assert pressed(desk, "suspend", reason="flood", sentence=SENTENCE) == 303


def test_it_is_told_on_the_phone_and_on_the_receipt_and_nowhere_else(served, phone, desk, receipt):
    suspend(desk)
    for path in ("/d/TEST01", receipt):
        page = phone.get(path).text
        assert TOLD in page
        assert SENTENCE in page
        assert "/do/appeal_suspension" in page
        assert "/d/TEST01/do/withdraw" in page
        assert "/d/TEST01/do/add_to_question" not in page
    with browser(served) as stranger:
        assert SENTENCE not in stranger.get("/d/TEST01").text
        read = stranger.get(receipt).text
    assert TOLD in read, "whoever has the receipt reads all of it"
    assert "/do/appeal_suspension" not in read


def test_what_is_typed_comes_back_with_the_reason(phone, desk, receipt):
    suspend(desk)
    answer = phone.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"})
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert SENTENCE in answer.text


def test_joining_again_with_the_same_device_changes_nothing_and_another_device_is_another_person(
    served, room, desk, receipt, phone
):
    suspend(desk)
    (seat,) = room.dialogue.suspended
    phone.post("/d/TEST01/join", data=JOINING | {"name": "Hạnh khác"})
    assert phone.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"}).status_code == 409
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as other:
        assert other.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"}).status_code == 303
    assert list(room.dialogue.suspended) == [seat]


def test_the_desk_sees_who_it_is_and_why_reads_the_appeal_and_takes_again(served, phone, desk, receipt):
    suspend(desk)
    said = phone.post(
        "/d/TEST01/do/appeal_suspension", data={"as": "phone", "text": "Tôi gửi có một câu", "back": receipt}
    )
    assert (said.status_code, said.headers["location"]) == (303, receipt)
    assert "Tôi gửi có một câu" in phone.get(receipt).text
    with browser(served, staff_cookie(served, "moderator", login="khac")) as other:
        page = other.get("/d/TEST01/moderator").text
        assert page.count(SENTENCE) == 1
        assert "Tôi gửi có một câu" in page
        assert "Nhân vật moderator" in page
        opened = other.get("/d/TEST01/moderator?question=1").text
        assert "Đang tạm ngừng nhận từ người này:" in opened
        assert pressed(other, "readmit") == 303
    assert TOLD not in phone.get("/d/TEST01").text
    assert phone.post("/d/TEST01/do/ask", data={"text": TYPED, "as": "phone"}).status_code == 303


def test_it_is_among_ones_own_acts_with_its_way_back(room, phone, desk, receipt):
    suspend(desk)
    page = desk.get("/d/TEST01/moderator").text
    assert "Đã tạm ngừng nhận từ người hỏi câu số 1" in page
    (act,) = (act for acts in room.dialogue.acts.values() for act in acts)
    assert desk.post("/d/TEST01/do/undo", data={"as": "moderator", "act": str(act.n)}).status_code == 303
    assert room.dialogue.suspended == {}


@pytest.mark.parametrize("role", ["clerk", "chair", "secretary"])
def test_no_other_desk_may(served, room, phone, receipt, role):
    with browser(served, staff_cookie(served, role)) as desk:
        fields = {"as": role, "question": "1", "reason": "flood", "sentence": SENTENCE}
        assert desk.post("/d/TEST01/do/suspend", data=fields).status_code == 409
    assert room.dialogue.suspended == {}


def test_the_desk_chooses_from_the_list_of_the_dialogue(served, room, desk, receipt):
    served.run(room.handle(do.SetReasons(f"Gửi trùng | {SENTENCE}", of=Reasoned.SUSPENSION), MODERATOR))
    page = desk.get("/d/TEST01/moderator?question=1&open=suspend").text
    assert f'data-sentence="{SENTENCE}">Gửi trùng</option>' in page
    assert pressed(desk, "suspend", reason="other", words="Gửi trùng", sentence=SENTENCE) == 303
    (held,) = room.dialogue.suspended.values()
    assert (held.reason, str(held.words)) == (SuspensionReason.OTHER, "Gửi trùng")


def test_what_a_desk_entered_has_no_phone_to_stop(served, room, desk):
    with browser(served, staff_cookie(served, "clerk")) as clerk:
        clerk.post("/d/TEST01/do/ask", data={"as": "clerk", "text": "Giá nước?", "name": "Ông Năm"})
    assert "/do/suspend" not in desk.get("/d/TEST01/moderator?question=1").text
    assert pressed(desk, "suspend", reason="flood", sentence=SENTENCE) == 409
