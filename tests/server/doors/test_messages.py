"""An SMS gateway hands in text messages: with the dialogue's secret, each once, and with an answer to send back."""

from collections.abc import Iterator

import httpx2
import pytest
from sqlalchemy import select

from live import commands as do
from live.refusals import Code, refuse
from live.states import Channel, DialogueState, Outcome
from server import clock
from server.rooms.room import Room
from server.store import tables
from tests.cast import BY_JUNE, MODERATOR
from tests.server.pages.forms import keeping, send
from tests.serving import Served
from tests.visitors import browser, open_dialogue, staff_cookie

DOOR = "/d/TEST01/message"
NUMBER = "+84 905 123 456"
SENT = {"from": NUMBER, "id": "m-1", "text": "Bao giờ sửa cầu?"}


@pytest.fixture
def gateway(served: Served, room: Room) -> Iterator[httpx2.Client]:
    """A gateway: no cookie, no origin, its secret."""
    secret = "a-secret-of-the-gateway"
    served.run(served.parts.gateways.give("TEST01", secret, clock.now()))
    with httpx2.Client(base_url=served.url, headers={"Authorization": f"Bearer {secret}"}) as client:
        yield client


def test_a_message_is_a_question_and_its_sender_gets_the_receipt(served: Served, room: Room, gateway: httpx2.Client):
    answer = gateway.post(DOOR, data=SENT)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    question = room.dialogue.questions[1]
    assert str(question.text) == "Bao giờ sửa cầu?"
    assert question.channel is Channel.PHONE_CALL
    assert f"Đã nhận câu hỏi số 1. Mã phiếu {question.receipt}." in answer.text
    assert f"{served.url}/r/{question.receipt}" in answer.text
    with browser(served) as anybody:
        page = anybody.get(f"/r/{question.receipt}").text
    assert "tin nhắn SMS" in page
    assert "905" not in page


def test_the_same_message_is_taken_once(room: Room, gateway: httpx2.Client):
    first, again = gateway.post(DOOR, data=SENT), gateway.post(DOOR, data=SENT)
    assert (first.status_code, first.text) == (again.status_code, again.text)
    assert len(room.dialogue.questions) == 1
    other = gateway.post(DOOR, data=SENT | {"text": "Chữ khác"})
    assert other.status_code == 409
    gateway.post(DOOR, data=SENT | {"id": "m-2"})
    assert len(room.dialogue.questions) == 2


def test_the_number_is_left_for_the_answer_only(served: Served, room: Room, gateway: httpx2.Client):
    gateway.post(DOOR, data=SENT)
    for command in (do.Approve(1), do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế", due=BY_JUNE)):
        served.run(room.handle(command, MODERATOR))
    page = "/d/TEST01/contact/1"
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "+84905123456" not in desk.get(page).text
        desk.post("/d/TEST01/do/open_contact", data={"as": "moderator", "question": "1", "back": page})
        assert "+84905123456" in desk.get(page).text
    bodies = select(tables.entries.c.body)
    journal = "".join(served.run(served.parts.database.read(lambda there: list(there.scalars(bodies)))))
    assert "by_message" in journal
    assert "905123456" not in journal


def test_one_number_is_one_sender_however_it_is_written(served: Served, room: Room, gateway: httpx2.Client):
    served.run(room.handle(do.SetAsking(True, 1), MODERATOR))
    assert gateway.post(DOOR, data=SENT).status_code == 200
    refused = gateway.post(DOOR, data=SENT | {"id": "m-2", "from": "+84.905.123.456"})
    assert (refused.status_code, "đã đủ giới hạn" in refused.text) == (409, True)
    assert gateway.post(DOOR, data=SENT | {"id": "m-3", "from": "0914000000"}).status_code == 200


def test_a_long_message_is_refused_in_words_and_not_cut(room: Room, gateway: httpx2.Client):
    answer = gateway.post(DOOR, data=SENT | {"text": "ạ" * 501})
    assert answer.status_code == 409
    assert "Dài 501 ký tự, quá giới hạn 500" in answer.text
    assert not room.dialogue.questions


def test_a_dialogue_that_takes_none_says_so(served: Served, room: Room, gateway: httpx2.Client):
    served.run(room.handle(do.MoveDialogue(DialogueState.PAUSED), MODERATOR))
    served.run(room.handle(do.SetAsking(False, 3), MODERATOR))
    answer = gateway.post(DOOR, data=SENT)
    assert (answer.status_code, answer.text) == (409, refuse(Code.ASKING_STOPPED).say())


@pytest.mark.parametrize(
    "wrong", [{"from": ""}, {"from": "Viettel"}, {"from": "1" * 16}, {"id": ""}, {"id": "x" * 201}], ids=str
)
def test_what_is_no_message_is_refused_with_what_is_missing(room: Room, gateway: httpx2.Client, wrong: dict[str, str]):
    answer = gateway.post(DOOR, data=SENT | wrong)
    assert answer.status_code == 400
    assert "from" in answer.text
    assert not room.dialogue.questions


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic a-secret-of-the-gateway", "Bearer"])
def test_without_the_secret_there_is_no_door(served: Served, room: Room, gateway: httpx2.Client, header: str):
    with browser(served, staff_cookie(served, "organiser")) as stranger:
        answer = stranger.post(DOOR, data=SENT, headers={"Authorization": header} if header else {})
    assert answer.status_code == 404
    assert not room.dialogue.questions


def test_the_secret_of_one_dialogue_opens_no_other(served: Served, gateway: httpx2.Client):
    open_dialogue(served, "TEST02")
    assert gateway.post("/d/TEST02/message", data=SENT).status_code == 404
    assert gateway.post("/d/NOBODY/message", data=SENT).status_code == 404


def test_an_organiser_makes_renews_and_ends_the_secret(served: Served, room: Room):
    page = "/d/TEST01/gateway"

    def sent(secret: str, known_as: str) -> int:
        return httpx2.post(
            f"{served.url}{DOOR}", data=SENT | {"id": known_as}, headers={"Authorization": f"Bearer {secret}"}
        ).status_code

    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert "Chưa nhận tin nhắn" in organiser.get(page).text
        first = secret_on(send(organiser, page, do="open").text)
        assert first not in organiser.get(page).text
        assert sent(first, "1") == 200
        second = secret_on(send(organiser, page, do="open").text)
        assert (sent(first, "2"), sent(second, "3")) == (404, 200)
        assert send(organiser, page, do="shut").status_code == 303
        assert sent(second, "4") == 404
        assert send(organiser, page, do="other").status_code == 400


def secret_on(text: str) -> str:
    return text.split('<code class="once">')[1].split("<", maxsplit=1)[0]


@pytest.mark.parametrize("role", ["moderator", "chair", "secretary", "clerk", "agency", "stage", ""])
def test_only_an_organiser_sees_the_page(served: Served, room: Room, role: str):
    with browser(served, staff_cookie(served, role) if role else "") as other:
        assert other.get("/d/TEST01/gateway").status_code == 404
        assert other.post("/d/TEST01/gateway", data={"do": "open"}).status_code == 404
        if role in {"moderator", "chair"}:
            assert "/d/TEST01/gateway" not in other.get("/d/TEST01/desk").text
    assert served.run(served.parts.gateways.since("TEST01")) is None


def test_staff_see_how_it_came(served: Served, room: Room, gateway: httpx2.Client):
    gateway.post(DOOR, data=SENT)
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "tin nhắn SMS" in desk.get("/d/TEST01/moderator").text
    with browser(served, staff_cookie(served, "clerk")) as desk:
        assert "tin nhắn SMS" in desk.get("/d/TEST01/clerk").text
