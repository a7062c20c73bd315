"""Whose seat is taken away in the middle: told so with the question as everybody reads it, and no word is lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from live import commands as do
from server import clock
from tests.cast import CLERK, MODERATOR
from tests.server.doors.test_refused_form import form_on
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue, staff_cookie

PUBLIC, UNREAD = "2", "1"
EDIT = {"text": "Bản tôi vừa gõ?", "revision": "1"}
REFUSE = {"reason": "insult", "sentence": "Câu tôi vừa gõ cho người hỏi."}
NOTE = {"text": "Ghi chú tôi vừa gõ"}
SENT = pytest.mark.parametrize(
    "command, fields",
    [
        ("refuse", {"question": PUBLIC, **REFUSE}),
        ("refuse", {"question": UNREAD, **REFUSE}),
        ("edit", {"question": PUBLIC, **EDIT}),
        ("note_on", {"question": UNREAD, **NOTE}),
        ("give_outcome", {"question": PUBLIC, "outcome": "written_due", "agency": "Phòng tôi gõ", "due": "2030-01-02"}),
        ("note_commitment", {"text": "Lời hứa tôi gõ", "agency": "Phòng tôi gõ", "due": "2030-01-02"}),
    ],
)


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        for text in ("Bao giờ sửa cầu?", "Bao giờ có nước?"):
            served.run(room.handle(do.Ask(text), CLERK))
        served.run(room.handle(do.Approve(2), MODERATOR))
        yield served


def last(served: Served) -> int:
    room = served.run(served.parts.rooms.get("TEST01"))
    assert room is not None
    return room.n


def revoked(served: Served, cookie: str) -> None:
    served.run(served.parts.people.end_session(cookie.split("=", 1)[1], clock.now()))


def told(answer: dict[str, Any], fields: dict[str, str]) -> None:
    assert answer["code"] == "signed_out"
    assert "chưa ghi gì. Chữ bạn viết vẫn còn đây; hãy đăng nhập lại" in answer["say"]
    if fields.get("question") == PUBLIC:
        assert answer["row"] == {"number": 2, "state": "queued", "text": "Bao giờ có nước?"}
        assert "Câu số 2 hiện đang trong hàng chờ." in answer["say"]
    else:
        assert "row" not in answer, "what is not public is not for somebody without a seat"


@SENT
def test_by_socket(served, command, fields):
    cookie = staff_cookie(served, "moderator")
    with Visitor(served, cookie, "moderator") as page:
        n = last(served)
        revoked(served, cookie)
        told(page.send(command, **fields), fields)
    assert last(served) == n


@SENT
def test_by_fetch(served, command, fields):
    cookie, n = staff_cookie(served, "moderator"), last(served)
    revoked(served, cookie)
    with browser(served, cookie, Accept="application/json") as client:
        answer = client.post(f"/d/TEST01/do/{command}", data={"as": "moderator", "op": "op-1", **fields})
    assert answer.status_code == 409
    told(answer.json(), fields)
    assert last(served) == n


@SENT
def test_by_a_form_the_words_come_back_and_are_sent_once_somebody_has_signed_in_again(served, command, fields):
    cookie, n = staff_cookie(served, "moderator"), last(served)
    revoked(served, cookie)
    sent = {"as": "moderator", "back": "/d/TEST01/moderator#q-2", **fields}
    with browser(served, cookie) as client:
        answer = client.post(f"/d/TEST01/do/{command}", data=sent)
    assert answer.status_code == 409
    assert form_on(answer.text) == sent
    assert 'href="/sign-in?back=/d/TEST01/moderator%23q-2"' in answer.text
    assert last(served) == n
    with browser(served, staff_cookie(served, "moderator", login="again")) as client:
        assert client.post(f"/d/TEST01/do/{command}", data=form_on(answer.text)).status_code == 303
    assert last(served) > n


def test_nothing_is_learned_of_what_is_there(served):
    cookie = staff_cookie(served, "moderator")
    revoked(served, cookie)
    pages = []
    with browser(served, cookie) as client:
        for code in ("TEST01", "NOBODY"):
            answer = client.post(f"/d/{code}/do/edit", data={"as": "moderator", "question": UNREAD, **EDIT})
            assert answer.status_code == 409
            pages.append(form_on(answer.text.replace(code, "TEST01")))
            assert "Bao giờ sửa cầu" not in answer.text
    assert pages[0] == pages[1]
    with browser(served) as stranger:
        sent = stranger.post("/d/TEST01/do/edit", data={"as": "moderator", "question": PUBLIC, **EDIT})
    assert sent.status_code == 404


def test_on_a_shared_machine_a_citizen_is_not_taken_for_somebody_who_left(served):
    cookie = staff_cookie(served, "moderator")
    revoked(served, cookie)
    with browser(served, cookie, Accept="application/json") as client:
        answer = client.post("/d/TEST01/do/ask", data={"as": "phone", "op": "op-1", "text": "Bao giờ có điện?"})
    assert answer.json()["code"] == "name_missing"
