"""While sound is kept, every page of the dialogue says so, live or not; afterwards none does."""

import re

import pytest

from live import commands as do
from live.states import DialogueState
from server.rooms.room import Room
from tests.cast import CLERK, SECRETARY
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, open_dialogue, staff_cookie

SAID = "Phiên đang được ghi âm"
PAGES = (
    "", "/moderator", "/stage", "/chair", "/clerk", "/agency", "/transcript", "/desk", "/minutes", "/readings",
    "/sound", "/sites", "/kiosk", "/notice", "/join", "/cards", "/slip/1", "/record",
)  # fmt: skip


def said(text: str) -> int:
    """How often a page says it where people see it."""
    text = re.sub(r"<aside [^>]*hidden>.*?</aside>", "", text)
    return len(re.findall(rf'class="recording">{SAID}<', text))


@pytest.fixture
def recorded(room: Room, served: Served) -> Room:
    served.run(room.handle(do.Ask("Bao giờ sửa cầu?", name="Bà Tư"), CLERK))
    served.run(room.handle(do.StartRecording("hall"), SECRETARY))
    return room


def test_every_page_says_once_that_it_is_recorded_and_stops_saying_so(served: Served, recorded: Room):
    with browser(served, staff_cookie(served, "organiser")) as staff:
        for page in PAGES:
            answer = staff.get(f"/d/TEST01{page}")
            assert (answer.status_code, said(answer.text)) == (200, 1), page
        served.run(recorded.handle(do.StopRecording("hall"), SECRETARY))
        for page in PAGES:
            assert said(staff.get(f"/d/TEST01{page}").text) == 0, page


def test_a_receipt_and_a_refused_form_say_it_too_and_pages_of_no_dialogue_do_not(served: Served, recorded: Room):
    receipt = recorded.dialogue.questions[1].receipt
    with browser(served, citizen_cookie(served, "Bà Sáu")) as phone:
        assert said(phone.get(f"/r/{receipt}").text) == 1
        refused = phone.post("/d/TEST01/do/ask", data={"text": "dài " * 200})
        assert (refused.status_code, said(refused.text)) == (409, 1)
        for elsewhere in ("/", "/privacy", "/sign-in"):
            assert said(phone.get(elsewhere).text) == 0


def test_a_page_may_ask_whether_it_is_recorded_and_a_stranger_learns_of_no_draft(served: Served, recorded: Room):
    open_dialogue(served, "DRAFT1", DialogueState.DRAFT)
    with browser(served) as stranger:
        assert stranger.get("/d/TEST01/recording").json() == {"recording": True}
        served.run(recorded.handle(do.StopRecording("hall"), SECRETARY))
        assert stranger.get("/d/TEST01/recording").json() == {"recording": False}
        assert [stranger.get(f"/d/{code}/recording").status_code for code in ("DRAFT1", "NOBODY")] == [404, 404]


def test_another_dialogue_is_not_called_recorded(served: Served, recorded: Room):
    other = open_dialogue(served, "TEST02")
    assert not other.dialogue.sources
    with browser(served) as phone:
        assert said(phone.get("/d/TEST02/notice").text) == 0
        assert said(phone.get("/d/TEST01/notice").text) == 1
