"""Phones in a rehearsal, through the doors: by its own link, marked on every page, and over with it."""

import re
from itertools import count

import pytest

from live import commands as do
from live.states import DialogueState
from tests.cast import MODERATOR
from tests.server.pages.forms import keeping
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue, staff_cookie

_organisers = count(1)


@pytest.fixture
def room(served):
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    served.run(room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR))
    return room


def link(served) -> str:
    """As the organiser's page shows it."""
    with browser(served, staff_cookie(served, "organiser", login=f"to-chuc-{next(_organisers)}")) as organiser:
        (found,) = set(re.findall(r"/d/TEST01/rehearsal/[\w-]+", organiser.get("/d/TEST01/desk").text))
    return str(found)


def scanned(phone, address: str):
    answer = phone.get(address)
    return phone.get(answer.headers["location"]) if answer.status_code == 303 else answer


def seated(served, address: str) -> str:
    """The cookie of a phone that scanned the code."""
    with browser(served) as phone:
        assert scanned(phone, address).status_code == 200
        return f"rehearsal={phone.cookies['rehearsal']}"


def test_a_phone_with_the_link_asks_is_marked_and_everything_is_gone_afterwards(served, room):
    address = link(served)
    with browser(served) as phone:
        page = scanned(phone, address).text
        assert 'data-as="rehearsal"' in page
        assert "Trang này chỉ để diễn tập" in page
    cookie = seated(served, address)
    with Visitor(served, cookie, "rehearsal") as phone, browser(served) as anybody:
        phone.next("caught_up")
        answer = phone.send("ask", text="Câu thử từ máy")
        served.run(room.handle(do.Approve(1), MODERATOR))
        asked = room.dialogue.questions[1]
        assert (str(asked.locality), asked.publish_name) == ("Diễn tập", True)
        assert f"{asked.name}, Diễn tập" in anybody.get("/d/TEST01").text
        receipt = answer["receipt"]["url"]
        assert "bị xóa khi diễn tập xong" in anybody.get(receipt).text
        served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
        assert phone.send("ask", text="Câu thử sau diễn tập")["code"] == "closed"
        assert anybody.get(receipt).status_code == 404
        assert anybody.get(address).headers["location"] == "/d/TEST01"
    assert room.dialogue.questions == {}


def test_the_seat_for_the_evening_and_the_one_of_the_rehearsal_are_never_mixed_up(served, room):
    """A real page that is open in another tab of the same phone keeps its own seat, and asks nothing now."""
    cookies = f"{citizen_cookie(served, 'Hạnh')}; {seated(served, link(served))}"
    with Visitor(served, cookies) as real, Visitor(served, cookies, "rehearsal") as trial:
        assert real.send("ask", text="Câu thật")["code"] == "closed"
        assert "ok" in trial.send("ask", text="Câu thử")
        served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
        assert "ok" in real.send("ask", text="Câu thật")
        assert trial.send("ask", text="Câu thử")["code"] == "closed"
    with Visitor(served, cookies, "rehearsal") as late:
        assert late.send("ask", text="Câu thử đến muộn")["code"] == "closed"
    with browser(served, cookies) as form:
        sent = {"as": "rehearsal", "text": "Câu thử đến muộn"}
        assert form.post("/d/TEST01/do/ask", data=sent, headers={"Accept": "application/json"}).status_code == 409
    assert [str(question.text) for question in room.dialogue.questions.values()] == ["Câu thật"]


def test_a_link_of_another_rehearsal_or_a_guess_leads_to_the_page_of_the_dialogue(served, room):
    address = link(served)
    cookie = seated(served, address)
    for to in (DialogueState.READY, DialogueState.REHEARSAL):
        served.run(room.handle(do.MoveDialogue(to), MODERATOR))
    assert link(served) != address
    with browser(served) as phone:
        for wrong in (address, "/d/TEST01/rehearsal/AAAAAAAAAAAAAAAAAAAAAA", "/d/TEST01/rehearsal/ă"):
            assert phone.get(wrong).headers["location"] == "/d/TEST01"
    with Visitor(served, cookie, "rehearsal") as phone:
        assert phone.send("ask", text="Câu thử")["code"] == "name_missing"


@pytest.mark.parametrize("cookie", ["rehearsal=" + "A" * 43, "rehearsal=x", ""])
def test_nobody_makes_a_seat_of_their_own(served, room, cookie):
    with Visitor(served, cookie, "rehearsal") as phone:
        assert phone.send("ask", text="Câu thử")["code"] == "name_missing"


def test_a_browser_that_keeps_no_cookies_only_looks_on(served, room):
    address = link(served)
    with browser(served) as phone:
        kept = phone.get(address).headers["location"]
        phone.cookies.clear()
        assert phone.get(kept).headers["location"] == "/d/TEST01"


def test_only_the_organisers_page_and_only_in_a_rehearsal_has_the_link(served, room):
    link(served)
    served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert "/rehearsal/" not in organiser.get("/d/TEST01/desk").text
