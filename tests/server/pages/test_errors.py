"""When something goes wrong, a person reads what happened, what is safe and what to do, in their language."""

import re

import pytest

from server import clock
from server.rooms.room import Room
from server.store.problems import NotStored
from tests.server.pages.forms import fields_on
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie

NO_PAGE = "Không có trang này."
NOT_THERE = {
    "/nothing": NO_PAGE,
    "/d/NOBODY": NO_PAGE,
    "/d/TEST01/nothing": NO_PAGE,
    "/static/x/none.css": NO_PAGE,
    "/r/AAAA-AAAA": "Chưa có câu hỏi nào mang phiếu nhận AAAA-AAAA.",
}


@pytest.mark.parametrize("path, words", NOT_THERE.items())
def test_what_is_not_there_is_said_in_words(served: Served, room: Room, path: str, words: str):
    with browser(served) as visitor:
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert words in answer.text
        assert 'href="/' in answer.text


def test_a_script_gets_the_same_as_json(served: Served):
    with browser(served, Accept="application/json") as script:
        answer = script.get("/nothing").json()
    assert answer["error"] == 404
    assert "Không có trang này." in answer["say"]


def test_the_wrong_way_of_asking_is_said_too(served: Served):
    with browser(served) as visitor:
        answer = visitor.request("DELETE", "/sign-in")
        assert answer.status_code == 405
        assert "allow" in answer.headers


def test_the_language_is_remembered(served: Served):
    with browser(served) as visitor:
        assert 'lang="vi"' in visitor.get("/sign-in").text
        hidden = fields_on(visitor.get("/sign-in").text)
        sent = visitor.post("/language", data=hidden | {"language": "en", "back": "/nothing"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/nothing")
        answer = visitor.get("/nothing")
        assert 'lang="en"' in answer.text
        assert "There is no such page." in answer.text
        visitor.post("/language", data=hidden | {"language": "../../etc"})
        assert 'lang="en"' in visitor.get("/sign-in").text


def test_a_mistake_of_ours_is_a_calm_page_with_the_same_headers(served: Served, room: Room, monkeypatch):
    def broken(_audience: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(room, "view", broken)
    with browser(served) as visitor:
        answer = visitor.get("/d/TEST01")
    assert answer.status_code == 500
    assert "vẫn an toàn" in answer.text
    assert "secret detail" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_full_disk_is_said_and_nothing_is_lost(served: Served, room: Room, monkeypatch):
    async def full(_change: object) -> None:
        raise NotStored("disk full")

    monkeypatch.setattr(served.parts.database, "write", full)
    with browser(served) as visitor:
        answer = visitor.get("/readyz")
        assert answer.status_code == 503
        assert "retry-after" in answer.headers
        joining = fields_on(visitor.get("/d/TEST01/join").text) | {"name": "A", "locality": "B", "age": "over"}
        sent = visitor.post("/d/TEST01/join", data=joining)
        assert sent.status_code == 503
        assert "vẫn an toàn" in sent.text


def test_receipts_are_not_guessed_by_the_thousand(served: Served):
    with browser(served) as guesser:
        statuses = [guesser.get(f"/r/AAAA-{number:04d}").status_code for number in range(140)]
    heard = statuses.index(429)
    assert statuses[:heard] == [404] * heard
    assert 120 <= heard < 140, "the limit is 120 in a minute that slides, and some go by while it slides"


def test_the_log_names_no_receipt_and_no_query(served: Served, room: Room, capfd):
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        citizen.get("/r/ABCD-EFGH?secret=word")
        citizen.get("/d/TEST01?text=private")
    logged = "".join(capfd.readouterr())
    assert "/r/…" in logged
    assert not [word for word in ("ABCD", "secret", "private", "Sáu") if word in logged]


def test_whose_session_is_over_is_told_so_alike_everywhere_and_led_back_after_signing_in(served: Served, room: Room):
    cookie = staff_cookie(served, "clerk")
    served.run(served.parts.people.end_session(cookie.split("=", 1)[1], clock.now()))
    for path in ("/staff", "/d/TEST01/clerk", "/d/NOBODY/clerk"):
        with browser(served, cookie) as clerk:
            told = clerk.get(path)
            assert told.status_code == 404
            assert "Phiên đăng nhập của bạn trên máy này đã hết." in told.text
            assert f'href="/sign-in?back={path}"' in told.text
        with browser(served) as stranger:
            assert NO_PAGE in stranger.get(path).text, "who was nobody learns nothing"


def test_what_was_written_into_a_form_is_there_to_be_copied_when_its_page_answers_no_more(served: Served, room: Room):
    cookie = staff_cookie(served, "organiser")
    served.run(served.parts.people.end_session(cookie.split("=", 1)[1], clock.now()))
    typed = {"do": "describe", "title": "Đối thoại về <nước> sạch", "place": "Hội trường", "csrf": "x" * 40}
    with browser(served, cookie) as organiser:
        told = organiser.post("/d/TEST01/desk", data=typed)
        assert told.status_code == 404
        assert "Những gì bạn vừa viết vẫn còn đây" in told.text
        assert fields_of_texts(told.text) == ["Đối thoại về &lt;nước&gt; sạch", "Hội trường"]
    with browser(served, cookie, Origin="https://elsewhere.example") as lured:
        told = lured.post("/d/TEST01/desk", data=typed)
        assert fields_of_texts(told.text) == [], "another page makes ours say nothing"


def test_a_page_that_was_open_too_long_gives_its_words_back_and_no_password(served: Served, room: Room):
    with browser(served) as visitor:
        stale = visitor.post("/d/TEST01/join", data={"name": "Bà Sáu", "locality": "xã Ea Mô", "csrf": "old"})
        assert stale.status_code == 403
        assert fields_of_texts(stale.text) == ["Bà Sáu", "xã Ea Mô"]
        stale = visitor.post("/sign-in", data={"login": "lan", "password": "bi-mat-cua-toi", "csrf": "old"})
        assert stale.status_code == 403
        assert "bi-mat" not in stale.text


def fields_of_texts(text: str) -> list[str]:
    return re.findall(r"<textarea[^>]* readonly>([^<]*)</textarea>", text)
