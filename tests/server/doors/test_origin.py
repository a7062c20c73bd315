"""Only our own pages may send: the origin is compared exactly, and forms outside /do carry a token of this browser."""

import re

import pytest

from live.states import DialogueState
from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie

PAUSE = {"as": "moderator", "to": "paused"}


def strange_origins(served: Served) -> list[str]:
    port = served.port
    return [
        f"http://127.0.0.1:{port}.example.vn",
        f"http://example.vn/http://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}",  # ours, but not the host that was sent to
        f"http://127.0.0.2:{port}",
        f"HTTP://127.0.0.1:{port}",
        "null",
        "about:blank",
    ]


def test_no_other_origin_may_command(served: Served, room: Room):
    cookie = staff_cookie(served, "moderator")
    for origin in strange_origins(served):
        with browser(served, cookie, Origin=origin) as page:
            assert page.post("/d/TEST01/do/move_dialogue", data=PAUSE).status_code == 404, origin
    assert room.dialogue.state is DialogueState.OPEN


def test_without_an_origin_the_referer_must_be_ours(served: Served, room: Room):
    cookie = staff_cookie(served, "moderator")
    path = "/d/TEST01/do/move_dialogue"
    for referer in ("", f"{served.url}.example.vn/", "http://example.vn/"):
        with browser(served, cookie, Origin="", Referer=referer) as page:
            assert page.post(path, data=PAUSE).status_code == 404, referer
    with browser(served, cookie, Origin="", Referer=f"{served.url}/d/TEST01/moderator") as page:
        assert page.post(path, data=PAUSE).status_code == 303
    assert room.dialogue.state is DialogueState.PAUSED


def test_our_own_origin_may(served: Served, room: Room):
    with browser(served, staff_cookie(served, "moderator")) as page:
        assert page.post("/d/TEST01/do/move_dialogue", data=PAUSE).status_code == 303
    assert room.dialogue.state is DialogueState.PAUSED


FORMS = ["/language", "/sign-in", "/sign-out", "/staff/new", "/staff/people", "/d/TEST01/join", "/d/TEST01/desk"]


def token_on(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_needs_the_token_of_this_very_browser(served: Served, room: Room, path: str):
    cookie = staff_cookie(served, "organiser")
    with browser(served) as other:
        stolen = token_on(other.get("/sign-in").text)
    with browser(served, cookie) as mine:
        own = token_on(mine.get("/sign-in", follow_redirects=True).text)
        for token in ("", "x", stolen, own[:-1] + ("A" if own[-1] != "A" else "B"), own + "\x00"):
            assert mine.post(path, data={"csrf": token}).status_code == 403, token


def test_a_right_token_from_a_strange_page_is_refused(served: Served, room: Room):
    with browser(served) as mine:
        own = token_on(mine.get("/d/TEST01/join").text)
        sent = mine.post("/language", data={"csrf": own}, headers={"Origin": "http://example.vn"})
        assert sent.status_code == 403
        assert mine.post("/language", data={"csrf": own, "language": "en"}).status_code == 303


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_not_sent_by_following_a_link(served: Served, room: Room, path: str):
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        assert citizen.get(path, params={"csrf": "x"}).status_code in {200, 404, 405}
