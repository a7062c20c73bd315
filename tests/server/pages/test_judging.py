"""An asker's word on the answer, without script: said on the receipt, read at the desk, counted on the record."""

import pytest

from live import commands as do
from live.states import Outcome
from tests.cast import MODERATOR
from tests.visitors import browser, citizen_cookie, staff_cookie

WORDS = "Chưa nói rõ bao giờ xong."


@pytest.fixture
def phone(served, room):
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        yield phone


@pytest.fixture
def receipt(served, room, phone) -> str:
    answer = phone.post("/d/TEST01/do/ask", data={"text": "Bao giờ sửa cầu?", "as": "phone"})
    for command in (do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED)):
        served.run(room.handle(command, MODERATOR))
    return str(answer.headers["location"])


def said(phone, receipt: str, **fields: str) -> str:
    """What the form on the receipt sends, and the receipt afterwards."""
    answer = phone.post("/d/TEST01/do/judge_answer", data={"as": "phone", "question": "1", "back": receipt, **fields})
    assert (answer.status_code, answer.headers["location"]) == (303, receipt)
    return str(phone.get(receipt).text)


def test_it_is_said_on_the_receipt_and_everybody_reads_the_number_only(served, room, phone, receipt):
    assert "Câu trả lời đã thỏa đáng chưa?" in phone.get(receipt).text
    assert "Bạn đã cho biết: câu trả lời thỏa đáng." in said(phone, receipt, settled="true")
    page = said(phone, receipt, settled="false", text=WORDS)
    assert "Bạn đã cho biết: câu trả lời chưa thỏa đáng." in page
    assert WORDS in page
    with browser(served) as stranger:
        for path in ("/d/TEST01", "/d/TEST01/reckoning"):
            public = stranger.get(path).text
            assert "chưa thỏa đáng" in public
            assert WORDS not in public
        assert "/do/judge_answer" not in stranger.get(receipt).text, (
            "a receipt is read by whoever has it, and judged by its asker"
        )


def test_what_may_be_private_in_the_words_beside_a_question_is_marked_for_the_moderator(served, room, phone, receipt):
    said(phone, receipt, settled="false", text="Gọi 0905 123 456 <b>nhé</b>")
    with browser(served, staff_cookie(served, "moderator")) as desk:
        page = desk.get("/d/TEST01/moderator?question=1").text
    assert 'Gọi <mark title="số điện thoại">0905 123 456</mark> &lt;b&gt;nhé&lt;/b&gt;' in page


def test_staff_read_what_is_missing_and_find_it(served, room, phone, receipt):
    said(phone, receipt, settled="false", text=WORDS)
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert WORDS in desk.get("/d/TEST01/moderator?question=1").text
        assert "#q-1)" in desk.get("/d/TEST01/moderator?show=unsettled").text
        said(phone, receipt, settled="true")
        assert "#q-1)" not in desk.get("/d/TEST01/moderator?show=unsettled").text
    with browser(served, staff_cookie(served, "organiser")) as organiser:
        record = organiser.get("/d/TEST01/record").text
        assert "1 thỏa đáng" in record
        assert WORDS not in record
