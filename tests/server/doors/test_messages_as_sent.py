"""One sender is one sender, whatever a gateway writes; and words that cannot be read are no question."""

import httpx2
import pytest

from live import commands as do
from server.doors.messages import GARBLED
from server.rooms.room import Room
from tests.cast import MODERATOR
from tests.server.doors.test_messages import DOOR, SENT, gateway
from tests.serving import Served

__all__ = ["gateway"]

PARTS = {"from": "0905123456", "id": "m-1", "text": "Sân tôi"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("again", ["0905123456", "84905123456", "0084905123456", "+84 (905) 123-456"])
def test_a_number_of_the_country_is_one_sender_with_one_answer_however_it_is_written(
    served: Served, room: Room, gateway: httpx2.Client, again: str
):
    """Else each spelling has its own questions waiting, and a suspended sender goes on under another."""
    served.run(room.handle(do.SetAsking(True, 1), MODERATOR))
    first = gateway.post(DOOR, data=SENT)
    assert gateway.post(DOOR, data=SENT | {"from": again}).text == first.text
    assert gateway.post(DOOR, data=SENT | {"from": again, "id": "m-2"}).status_code == 409
    assert len(room.dialogue.questions) == 1


@pytest.mark.parametrize("other", ["+66905123456", "905123456", "+849051234", "1022", "849"])
def test_other_numbers_are_other_senders(room: Room, gateway: httpx2.Client, other: str):
    gateway.post(DOOR, data=SENT)
    assert gateway.post(DOOR, data=SENT | {"from": other, "id": "m-2"}).status_code == 200
    first, second = room.dialogue.questions.values()
    assert first.entered_by != second.entered_by


@pytest.mark.parametrize("text", [b"C%E0u h%F6ng", b"Ch%E1%BB", b"%FF%FE", b"C\xe2u h\xf6ng", "Câu hỏng".encode()])
def test_words_in_another_encoding_are_sent_back_and_not_taken_as_something_else(
    room: Room, gateway: httpx2.Client, text: bytes
):
    answer = gateway.post(DOOR, content=b"from=0905123456&id=m-1&text=" + text, headers=FORM)
    assert (answer.status_code, answer.text) == (400, GARBLED)
    assert not room.dialogue.questions
    assert gateway.post(DOOR, data=SENT).status_code == 200


@pytest.mark.parametrize("encoding, status", [("utf-8", 200), ("cp1258", 400), ("latin-1", 400)])
def test_a_form_in_parts_is_read_as_utf8_or_not_at_all(room: Room, gateway: httpx2.Client, encoding: str, status: int):
    """The parser would take the bytes for another alphabet, and nobody would see that they were others."""
    parts = (
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in PARTS.items()
    )
    body = "".join(parts).encode(encoding) + b"--B--\r\n"
    answer = gateway.post(DOOR, content=body, headers={"Content-Type": "multipart/form-data; boundary=B"})
    assert answer.status_code == status
    assert [str(question.text) for question in room.dialogue.questions.values()] == ["Sân tôi"] * (status == 200)
