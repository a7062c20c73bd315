"""Whatever bad comes in leaves a line in the log that says what it was, in codes, and no word that a person wrote."""

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
Act = Callable[[Served, Room, pytest.MonkeyPatch], None]


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

    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
            whole = {"op": "a"} | fields
            phone.socket.send(json.dumps({name: value for name, value in whole.items() if value is not None}))
            phone.next("refused")

    return act


def framed(sent: str | bytes) -> Act:
    """Something up a phone's line that no page sends."""

    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
            phone.next("caught_up")
            phone.socket.send(sent)

    return act


def posted(path: str, cookie: str = "", accept: str = "", origin: str | None = None, **fields: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        token = cookie or citizen_cookie(served, "Bà Sáu")
        with browser(served, token, Accept=accept, Origin=served.url if origin is None else origin) as page:
            page.post(path, data=fields)

    return act


def opened(query: str = "", cookie: str = "", **headers: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        with Visitor(served, cookie, "phone", query, **headers):
            pass

    return act


def staffed(audience: str) -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        with Visitor(served, citizen_cookie(served, "Bà Sáu"), audience):
            pass

    return act


def recorded(*sent: bytes, rate: int = 16_000, owner: str = "", role: str = "secretary") -> Act:
    def act(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
        cookie = staff_cookie(served, role, login=f"{role} {next(_people)}")
        with suppress(ConnectionClosed), Microphone(served, cookie) as microphone:
            microphone.socket.send(json.dumps({"start": 1, "rate": rate, "owner": owner}))
            for frame in sent:
                microphone.answer()
                microphone.socket.send(frame)

    return act


def after_the_end(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    served.run(room.handle(do.MoveDialogue(DialogueState.CLOSING), MODERATOR))
    try:
        said(do="ask", text=WORDS)(served, room, monkeypatch)
    finally:
        served.run(room.handle(do.MoveDialogue(DialogueState.OPEN, "thử"), MODERATOR))


def on_a_full_disk(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_change: object) -> None:
        raise NotStored("disk full")

    cookie = citizen_cookie(served, "Bà Sáu")
    with Visitor(served, cookie) as phone:
        phone.next("caught_up")
        monkeypatch.setattr(served.parts.database, "write", full)
        assert "busy" in phone.send("ask", text=WORDS)


def signed_in_wrongly(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
    with browser(served) as page:
        assert send(page, "/sign-in", login=WORDS, password=WORDS).status_code == 422


def joined_wrongly(served: Served, room: Room, _: pytest.MonkeyPatch) -> None:
    with browser(served) as page:
        assert send(page, "/d/TEST01/join", name=WORDS * 9, locality="", age="over").status_code == 422


REFUSED = {"dialogue": "TEST01", "audience": "phone"}
BAD: dict[str, tuple[Act, str, dict[str, Any]]] = {
    "empty": (said(do="ask", text=" \u200b"), "refused", REFUSED | {"command": "ask", "code": "empty"}),
    "over-long": (said(do="ask", text=WORDS * 40), "refused", REFUSED | {"command": "ask", "code": "too_long"}),
    "over-long by form": (
        posted("/d/TEST01/do/ask", text=WORDS * 4_000), "refused", REFUSED | {"command": "ask", "code": "too_long"},
    ),
    "an unknown command": (said(do=WORDS), "refused", REFUSED | {"command": "-", "code": "not_understood"}),
    "an unknown command by form": (
        posted("/d/TEST01/do/fly", text=WORDS), "refused", REFUSED | {"command": "-", "code": "not_understood"},
    ),
    "a command that is no text": (said(do=[WORDS]), "refused", {"command": "-", "code": "not_understood"}),
    "missing fields": (said(do="ask"), "refused", {"command": "ask", "code": "not_understood"}),
    "a missing id": (said(op=None, do="ask", text=WORDS), "refused", {"command": "ask", "code": "not_understood"}),
    "foreign ids": (said(do="withdraw", question=99), "refused", {"command": "withdraw", "code": "not_found"}),
    "somebody else's place": (said(do="approve", question=1), "refused", {"command": "approve", "code": "not_allowed"}),
    "a lone surrogate": (
        framed('{"op":"a","do":"ask","text":"\\ud800"}'), "malformed_message", {"dialogue": "TEST01"},
    ),
    "no JSON": (framed("{" + WORDS), "malformed_message", {"dialogue": "TEST01"}),
    "a closed dialogue": (after_the_end, "refused", {"command": "ask", "code": "closed"}),
    "a wrong code": (opened("&as=nobody"), "no_such_line", {}),
    "a staff page": (staffed("moderator"), "no_such_line", {"dialogue": "TEST01"}),
    "a broken cookie": (opened(cookie="seat=zzz"), "cookie_broken", {"cookie": "seat", "length": 3}),
    "a foreign page": (opened(Origin="http://evil.example"), "foreign_origin", {"origin": "http://evil.example"}),
    "a foreign form": (
        posted("/d/TEST01/do/ask", origin="http://evil.example", text=WORDS), "foreign_origin",
        {"origin": "http://evil.example"},
    ),
    "a 3 MB frame": (framed("x" * 3_000_000), "malformed_line", REFUSED | {"close": 1009}),
    "binary where text is due": (framed(b"\x00\x01"), "malformed_line", REFUSED | {"close": 4502}),
    "a truncated sound frame": (recorded(b"\x01\x02\x03"), "malformed_sound", {"bytes": 3}),
    "an empty sound frame": (recorded(struct.pack("<Q", 0)), "malformed_sound", {"bytes": 8}),
    "an odd sample rate": (recorded(rate=11_025), "sound_not_begun", {"dialogue": "TEST01", "problem": "rate"}),
    "an over-long owner": (recorded(owner=WORDS * 9), "sound_not_begun", {"problem": "too_long"}),
    "a microphone of nobody": (recorded(role="clerk"), "no_such_line", {"dialogue": "TEST01"}),
    "a full disk": (on_a_full_disk, "not_stored", {"dialogue": "TEST01"}),
    "a wrong password": (signed_in_wrongly, "form_refused", {"form": "/sign-in", "problem": "wrong"}),
    "a form filled in by half": (
        joined_wrongly, "form_refused", {"form": "/d/{code}/join", "problem": "name:long locality:missing"},
    ),
}  # fmt: skip
"""What is done, and the line that it leaves."""


@pytest.mark.parametrize("act, event, line", BAD.values(), ids=BAD)
def test_bad_input_is_in_the_log_without_a_word_of_its_sender(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch, act: Act, event: str, line: dict[str, Any]
) -> None:
    with capture_logs() as logged:
        act(served, room, monkeypatch)
        until(lambda: any(one["event"] == event for one in tuple(logged)), f"{event} in the log")
    (found, *_) = [one for one in logged if one["event"] == event]
    assert found.items() >= line.items()
    assert not [one for one in logged if WORDS in repr(one) or "Sáu" in repr(one)]


@pytest.mark.parametrize("text", ["a\x00b\x07c", "su\u031b\u0309a ca\u0302\u0300u", "<script>alert(1)</script>"])
def test_what_is_cleaned_or_kept_as_text_is_no_problem_and_not_in_the_log(
    served: Served, room: Room, text: str
) -> None:
    with capture_logs() as logged, Visitor(served, citizen_cookie(served, text)) as phone:
        assert "ok" in phone.send("ask", text=text)
    assert not [one for one in logged if one["event"] == "refused" or text in repr(one)]
