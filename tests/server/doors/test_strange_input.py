"""What no page of ours sends: each gets a plain answer, nothing fails in the house, and the evening goes on."""

import os
import sys
from pathlib import Path

import pytest

import server.cli
from server.doors.playing import _range
from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, staff_cookie

NOTICE = {"as": "moderator", "title": "Đối thoại", "agency": "UBND", "place": "Hội trường", "question_seconds": "60"}


def multipart(charset: str, **fields: bytes) -> tuple[bytes, dict[str, str]]:
    """A form with a charset of the sender's choosing."""
    parts = [b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
             for name, value in fields.items()]  # fmt: skip
    return b"".join(parts) + b"--XX--\r\n", {"Content-Type": f"multipart/form-data; boundary=XX; charset={charset}"}


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "nonsense"])
def test_a_form_is_read_as_utf_8_only(served: Served, room: Room, charset: str):
    cookie = citizen_cookie(served, "Bà Sáu")
    body, headers = multipart(charset, op=b"\\ud800", text=b"M\\u1ed9t", csrf=b"\\ud800", back=b"/\\ud800")
    with browser(served, cookie, **headers) as page:
        for path in ("/d/TEST01/do/ask", "/d/TEST01/join", "/language", "/sign-in"):
            assert page.post(path, content=body).status_code == 400, path
    with browser(served, cookie, **multipart("UTF-8")[1]) as page:
        sent = multipart("UTF-8", text="Bao giờ sửa cầu?".encode())[0]
        assert page.post("/d/TEST01/do/ask", content=sent).status_code == 303


@pytest.mark.parametrize("starts_at", ["2027-03-12T07:30:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_moment_that_cannot_be_told_in_vietnam_is_not_taken(served: Served, room: Room, starts_at: str):
    with browser(served, staff_cookie(served, "moderator"), Accept="application/json") as page:
        sent = page.post("/d/TEST01/do/describe", data=NOTICE | {"starts_at": starts_at})
        assert (sent.status_code, sent.json()["code"]) == (409, "not_understood")
        assert (
            page.post("/d/TEST01/do/describe", data=NOTICE | {"starts_at": "2027-03-12T00:30:00Z"}).status_code == 200
        )


@pytest.mark.parametrize("number", ["9" * 5000, "\u00b2", "-1", "1e9", "x", ""])
def test_a_strange_number_in_an_address_opens_nothing(served: Served, room: Room, number: str):
    with browser(served, staff_cookie(served, "organiser")) as page:
        assert page.get("/d/TEST01/moderator", params={"question": number}).status_code == 200
        assert page.get("/d/TEST01/transcript", params={"line": number}).status_code == 200


def test_a_referer_that_is_no_address_is_not_ours(served: Served, room: Room):
    with browser(served, citizen_cookie(served, "Bà Sáu"), Origin="", Referer="http://[") as page:
        assert page.post("/d/TEST01/do/ask", data={"text": "Một"}).status_code == 404


@pytest.mark.parametrize("sent", ['{"op":"a","do":"ask","text":%s' % ("[" * 8_000), '{"ping":1%s}' % ("0" * 4_000)])
def test_deep_and_huge_json_leaves_the_line_open(served: Served, room: Room, sent: str):
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        phone.socket.send(sent)
        assert phone.next("refused", "pong")
        assert "ok" in phone.send("ask", text="Vẫn hỏi được")


def test_a_range_is_a_part_of_the_recording_or_all_of_it():
    for strange in ("", "bytes=-", "bytes=\u00b2-", "bytes=5-3", "bytes=0-" + "9" * 5000, "lines=1-2", "bytes=1-2,4-5"):
        assert _range(strange, 100) == (0, 99), strange
    assert _range("bytes=5-", 100) == (5, 99)
    assert _range("bytes=5-7", 100) == (5, 7)
    assert _range("bytes=-7", 100) == (93, 99)
    assert _range("bytes=90-200", 100) == (90, 99)


def test_a_consent_taken_back_holds_for_a_page_that_was_open_before(served: Served, room: Room):
    cookie = citizen_cookie(served, "Bà Sáu", publish_name=True)
    with Visitor(served, cookie) as phone:
        assert "ok" in phone.send("ask", text="Có tên tôi")
        citizen_cookie(served, "Bà Sáu", token=cookie.partition("=")[2])
        assert "ok" in phone.send("ask", text="Không nêu tên tôi")
    assert [question.publish_name for question in room.dialogue.questions.values()] == [True, False]


def test_pages_of_staff_and_personal_forms_stay_in_no_cache(served: Served, room: Room):
    with browser(served, staff_cookie(served, "organiser")) as page:
        for path in ("/staff", "/d/TEST01/moderator", "/d/TEST01/transcript", "/d/TEST01/desk", "/d/TEST01/minutes"):
            assert page.get(path).headers["cache-control"] == "no-store", path
    with browser(served, citizen_cookie(served, "Bà Sáu")) as page:
        assert page.get("/d/TEST01/join").headers["cache-control"] == "no-store"


def test_what_a_command_writes_is_for_its_user_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = os.umask(0o022)
    try:
        monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
        monkeypatch.setattr(sys, "argv", ["doithoai", "migrate"])
        with pytest.raises(SystemExit):
            server.cli.main()
    finally:
        os.umask(before)
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == dict.fromkeys(
        (path.name for path in tmp_path.iterdir()), 0
    )
    assert (tmp_path / "doithoai.db").exists()
