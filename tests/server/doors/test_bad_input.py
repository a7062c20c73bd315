"""Whatever bad comes in: a sentence for whoever sent it, and a line in the log that says what it was, in codes.

No word that a person wrote is in that line, and nothing of what came in has been taken by half.
"""

import html
import json
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from structlog.testing import capture_logs
from websockets.exceptions import ConnectionClosed

from live import commands as do
from live.states import DialogueState
from server.rooms.room import Room
from server.store.problems import NotStored
from tests.cast import MODERATOR
from tests.server.doors.test_sound import Microphone
from tests.server.pages.forms import send
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue, staff_cookie
from tests.waiting import until

WORDS = "Bí mật của bà Sáu"
"""What somebody typed: in no line."""
Act = Callable[[Served, Room, pytest.MonkeyPatch], str]
"""Does something bad, and answers with what its sender reads: a sentence or a whole page, or else a close code."""


_people = count(1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all: what is refused changes nothing for the next."""
    with Served(tmp_path_factory.mktemp("bad")) as served:
        yield served


@pytest.fixture(scope="module")
def room(served: Served) -> Room:
    return open_dialogue(served)


def said(**fields: Any) -> Act:
    """A command up a phone's line; without an id if `op` is None."""

    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
            whole = {"op": "a"} | fields
            phone.socket.send(json.dumps({name: value for name, value in whole.items() if value is not None}))
            return str(phone.next("refused")["say"])

    return act


def framed(sent: str | bytes) -> Act:
    """Something up a phone's line that no page sends."""

    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
            phone.next("caught_up")
            phone.socket.send(sent)
            return heard(phone)

    return act


def heard(phone: Visitor) -> str:
    try:
        return str(phone.next("refused")["say"])
    except ConnectionClosed as closed:
        return str(closed.rcvd.code if closed.rcvd else "")


def posted(path: str, cookie: str = "", accept: str = "", origin: str | None = None, **fields: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        token = cookie or citizen_cookie(served, "Bà Sáu")
        with browser(served, token, Accept=accept, Origin=served.url if origin is None else origin) as page:
            return page.post(path, data=fields).text

    return act


def read(path: str, **headers: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        with browser(served, **headers) as page:
            return page.get(path).text

    return act


def opened(query: str = "", cookie: str = "", **headers: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        with Visitor(served, cookie, "phone", query, **headers) as phone:
            return heard(phone)

    return act


def staffed(audience: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        with Visitor(served, citizen_cookie(served, "Bà Sáu"), audience) as phone:
            return heard(phone)

    return act


def asked_with_a_broken_cookie(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
    with Visitor(served, "seat=zzz") as phone:
        return str(phone.send("ask", text=WORDS)["say"])


def recorded(*sent: bytes, rate: int = 16_000, owner: str = "", role: str = "secretary") -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
        cookie = staff_cookie(served, role, login=f"{role} {next(_people)}")
        told: list[dict[str, Any]] = []
        with suppress(ConnectionClosed), Microphone(served, cookie) as microphone:
            microphone.socket.send(json.dumps({"start": 1, "rate": rate, "owner": owner}))
            for frame in sent:
                microphone.answer()
                microphone.socket.send(frame)
            told.append(microphone.answer())
        return "".join(f"{one['vi']} {one['en']}" for one in told)

    return act


def after_the_end(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> str:
    served.run(room.handle(do.MoveDialogue(DialogueState.CLOSING), MODERATOR))
    try:
        return said(do="ask", text=WORDS)(served, room, monkeypatch)
    finally:
        served.run(room.handle(do.MoveDialogue(DialogueState.OPEN, "thử"), MODERATOR))


def on_a_full_disk(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> str:
    async def full(_change: object) -> None:
        raise NotStored("disk full")

    cookie = citizen_cookie(served, "Bà Sáu")
    with Visitor(served, cookie) as phone:
        phone.next("caught_up")
        monkeypatch.setattr(served.parts.database, "write", full)
        answer = phone.send("ask", text=WORDS)
        assert "busy" in answer
        return str(answer["say"])


def signed_in_wrongly(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
    with browser(served) as page:
        return send(page, "/sign-in", login=WORDS, password=WORDS).text


def joined_wrongly(served: Served, room: Room, _: pytest.MonkeyPatch) -> str:
    with browser(served) as page:
        return send(page, "/d/TEST01/join", name=WORDS * 9, locality="", age="over").text


REFUSED = {"dialogue": "TEST01", "audience": "phone"}
NOT_UNDERSTOOD = "Máy chủ không hiểu yêu cầu này"
NO_PAGE = "Không có trang này."
BAD: dict[str, tuple[Act, str, str, dict[str, Any]]] = {
    "empty": (
        said(do="ask", text=" \u200b"), "Chưa có nội dung. Hãy viết rồi gửi.",
        "refused", REFUSED | {"command": "ask", "code": "empty"},
    ),
    "over-long": (
        said(do="ask", text=WORDS * 40), "Dài 680 ký tự, quá giới hạn 500. Chưa gửi; hãy rút gọn",
        "refused", REFUSED | {"command": "ask", "code": "too_long"},
    ),
    "over-long by form": (
        posted("/d/TEST01/do/ask", text=WORDS * 4_000), "Dài 68000 ký tự, quá giới hạn 500.",
        "refused", REFUSED | {"command": "ask", "code": "too_long"},
    ),
    "an unknown command": (
        said(do=WORDS), NOT_UNDERSTOOD, "refused", REFUSED | {"command": "-", "code": "not_understood"},
    ),
    "an unknown command by form": (
        posted("/d/TEST01/do/fly", text=WORDS), NOT_UNDERSTOOD,
        "refused", REFUSED | {"command": "-", "code": "not_understood"},
    ),
    "a command that is no text": (
        said(do=[WORDS]), NOT_UNDERSTOOD, "refused", {"command": "-", "code": "not_understood"},
    ),
    "missing fields": (
        said(do="ask"), NOT_UNDERSTOOD, "refused", {"command": "ask", "code": "not_understood"},
    ),
    "a missing id": (
        said(op=None, do="ask", text=WORDS), NOT_UNDERSTOOD, "refused", {"command": "ask", "code": "not_understood"},
    ),
    "foreign ids": (
        said(do="withdraw", question=99), "Không tìm thấy mục này.",
        "refused", {"command": "withdraw", "code": "not_found"},
    ),
    "somebody else's place": (
        said(do="approve", question=1), "Việc này không dành cho vị trí của bạn. Không có gì thay đổi.",
        "refused", {"command": "approve", "code": "not_allowed"},
    ),
    "a lone surrogate": (
        framed('{"op":"a","do":"ask","text":"\\ud800"}'), NOT_UNDERSTOOD, "malformed_message", {"dialogue": "TEST01"},
    ),
    "no JSON": (framed("{" + WORDS), NOT_UNDERSTOOD, "malformed_message", {"dialogue": "TEST01"}),
    "a closed dialogue": (
        after_the_end, "Phiên đối thoại hiện không nhận câu hỏi. Câu này chưa được gửi; chữ bạn viết vẫn còn đây.",
        "refused", {"command": "ask", "code": "closed"},
    ),
    "a wrong code": (read("/?code=test0l"), "Không có phiên nào mang mã TEST0L", "no_such_code", {"code": "TEST0L"}),
    "a text in place of a code": (
        read(f"/?code={WORDS}"), "Không có phiên nào mang mã", "no_such_code", {"code": "-"},
    ),
    "a wrong address": (read("/d/TEST0L"), NO_PAGE, "request", {"path": "/d/TEST0L", "status": 404}),
    "a place that is none": (opened("&as=nobody"), "4500", "no_such_line", {}),
    "a staff page": (staffed("moderator"), "4500", "no_such_line", {"dialogue": "TEST01"}),
    "a broken cookie": (
        asked_with_a_broken_cookie, "Hãy cho biết tên và xã, phường trước khi đặt câu hỏi.",
        "cookie_broken", {"cookie": "seat", "length": 3},
    ),
    "a broken cookie of staff": (
        read("/staff", Cookie="staff=zzz"), "hoặc bạn cần đăng nhập. Không có gì bị mất.",
        "cookie_broken", {"cookie": "staff", "length": 3},
    ),
    "a foreign page": (
        opened(Origin="http://evil.example"), "4500", "foreign_origin", {"origin": "http://evil.example"},
    ),
    "a foreign form": (
        posted("/d/TEST01/do/ask", origin="http://evil.example", text=WORDS), NO_PAGE,
        "foreign_origin", {"origin": "http://evil.example"},
    ),
    "a 3 MB frame": (framed("x" * 3_000_000), "1009", "malformed_line", REFUSED | {"close": 1009}),
    "binary where text is due": (framed(b"\x00\x01"), "4502", "malformed_line", REFUSED | {"close": 4502}),
    "a truncated sound frame": (
        recorded(b"\x01\x02\x03"), "Khung âm thanh hỏng. Phần đã thu vẫn an toàn.", "malformed_sound", {"bytes": 3},
    ),
    "an empty sound frame": (
        recorded(struct.pack("<Q", 0)), "A broken sound frame. What is recorded is safe.",
        "malformed_sound", {"bytes": 8},
    ),
    "an odd sample rate": (
        recorded(rate=11_025), "sai tần số lấy mẫu nên chưa thu. Tiếng đã thu vẫn an toàn; hãy tải lại trang.",
        "sound_not_begun", {"dialogue": "TEST01", "problem": "rate"},
    ),
    "an over-long owner": (
        recorded(owner=WORDS * 9), "Dài 153 ký tự, quá giới hạn 80.", "sound_not_begun", {"problem": "too_long"},
    ),
    "a microphone of nobody": (recorded(role="clerk"), "", "no_such_line", {"dialogue": "TEST01"}),
    "a full disk": (
        on_a_full_disk, "Máy chủ chưa ghi được vào đĩa. Nội dung vẫn còn trên máy của bạn và sẽ tự gửi lại.",
        "not_stored", {"dialogue": "TEST01"},
    ),
    "a wrong password": (
        signed_in_wrongly, "Tên đăng nhập và mật khẩu không khớp.",
        "form_refused", {"form": "/sign-in", "problem": "wrong"},
    ),
    "a form filled in by half": (
        joined_wrongly, "Dài quá 80 ký tự; hãy viết gọn hơn.", "form_refused",
        {"form": "/d/{code}/join", "problem": "name:long locality:missing"},
    ),
}  # fmt: skip
"""What is done, what its sender reads, and the line that it leaves. A code of closing is read by the page's script."""


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_input_is_answered_and_in_the_log_without_a_word_of_its_sender(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch, bad: tuple[Act, str, str, dict[str, Any]]
) -> None:
    act, sentence, event, line = bad
    before = dict(room.dialogue.questions)
    with capture_logs() as logged:
        answer = act(served, room, monkeypatch)
        until(lambda: any(one["event"] == event for one in tuple(logged)), f"{event} in the log")
    (found, *_) = [one for one in logged if one["event"] == event]
    assert found.items() >= line.items()
    assert not [one for one in logged if WORDS in repr(one) or "Sáu" in repr(one)]
    assert sentence in html.unescape(answer)
    assert room.dialogue.questions == before


@pytest.mark.parametrize("text", ["a\x00b\x07c", "su\u031b\u0309a ca\u0302\u0300u", "<script>alert(1)</script>"])
def test_what_is_cleaned_or_kept_as_text_is_no_problem_and_not_in_the_log(
    served: Served, room: Room, text: str
) -> None:
    with capture_logs() as logged, Visitor(served, citizen_cookie(served, text)) as phone:
        assert "ok" in phone.send("ask", text=text)
    assert not [one for one in logged if one["event"] == "refused" or text in repr(one)]
