"""The shell through the doors: which pages may be kept, what the worker is, what a home screen is told."""

import re
from itertools import count

import pytest

from live import commands as do
from live.states import DialogueState
from tests.cast import CLERK, MODERATOR
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, open_dialogue, staff_cookie

_logins = count(1)
MANIFEST = "/d/TEST01/manifest.webmanifest"


def may_be_kept(visitor, path: str) -> bool:
    """Worker and home screen go together."""
    text = visitor.get(path, follow_redirects=True).text
    offered = {'<meta name="shell"' in text, 'rel="manifest"' in text}
    assert len(offered) == 1
    return offered.pop()


def on(what: str, served, room) -> str:
    """A citizen's page."""
    if what == "phone":
        return "/d/TEST01"
    served.run(room.handle(do.Ask("Bao giờ có nước sạch?"), CLERK))
    return f"/r/{room.dialogue.questions[1].receipt}"


@pytest.mark.parametrize("what", ["phone", "receipt"])
def test_a_citizens_page_may_be_kept_by_citizens_and_not_where_staff_are_signed_in(served, room, what):
    path = on(what, served, room)
    for cookie in ("", citizen_cookie(served, "Trần Thị Hạnh")):
        with browser(served, cookie) as visitor:
            assert may_be_kept(visitor, path)
    for role in ("moderator", "clerk", "organiser"):
        with browser(served, staff_cookie(served, role, login=f"{role}-{next(_logins)}")) as desk:
            assert not may_be_kept(desk, path)


@pytest.mark.parametrize("what", ["phone", "receipt"])
def test_nothing_of_a_rehearsal_may_be_kept(served, what):
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    path = on(what, served, room)
    with browser(served) as visitor:
        assert may_be_kept(visitor, path)
        served.run(room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR))
        assert not may_be_kept(visitor, path)
        served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
        assert may_be_kept(visitor, path)


def test_no_other_page_may_be_kept(served, room):
    receipt = on("receipt", served, room)
    others = ["/", "/sign-in", "/commitments", "/privacy", f"{receipt}/check", "/r/XXXX-XXXX", "/d/NOBODY"]
    desks = ["moderator", "stage", "chair", "clerk", "agency", "sound", "transcript", "desk", "kiosk", "notice", "join"]
    with browser(served) as visitor, browser(served, staff_cookie(served, "organiser")) as staff:
        for who in (visitor, staff):
            for path in [*others, *(f"/d/TEST01/{desk}" for desk in desks), "/d/TEST01/reckoning", "/d/TEST01/overlay"]:
                assert not may_be_kept(who, path), path


def test_the_worker_is_the_same_for_everybody_until_the_version_changes_and_is_asked_for_each_time(served, room):
    with browser(served) as visitor, browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as other:
        worker = visitor.get("/shell.js")
        assert worker.headers["content-type"].startswith("text/javascript")
        assert worker.headers["cache-control"] == "no-cache"
        assert "service-worker-allowed" not in worker.headers
        assert other.get("/shell.js").content == worker.content
        policy = re.findall(r'"content-security-policy": "([^"]+)"', worker.text)[0]
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
        assert "nonce" not in policy
        assert served.parts.render.version in worker.text
        served.parts.render.version = "another"
        assert '"version": "another"' in visitor.get("/shell.js").text


def test_the_switch_sends_a_worker_that_goes_and_pages_that_ask_for_none(tmp_path):
    with Served(tmp_path, shell=False) as served:
        open_dialogue(served)
        with browser(served) as visitor:
            worker = visitor.get("/shell.js").text
            assert "unregister" in worker
            assert "fetch" not in worker
            assert not may_be_kept(visitor, "/d/TEST01")


def test_the_manifest_is_for_whoever_may_see_the_dialogue(served, room):
    draft = open_dialogue(served, code="TEST02", to=DialogueState.DRAFT)
    with browser(served) as visitor:
        answer = visitor.get(MANIFEST)
        assert answer.headers["content-type"].startswith("application/manifest+json")
        told = answer.json()
        assert (told["start_url"], told["display"], told["short_name"]) == ("/d/TEST01", "minimal-ui", "Đối Thoại")
        assert str(room.dialogue.notice.title) in told["name"]
        for icon in told["icons"]:
            assert visitor.get(icon["src"]).headers["content-type"] == icon["type"]
        assert visitor.get(f"/d/{draft.code}/manifest.webmanifest").status_code == 404
