"""Who may come in: those with the role, by their own cookie only; everybody else finds nothing there."""

import pytest

from live.states import DialogueState
from server import clock
from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, open_dialogue, staff_cookie

ROLES = ["organiser", "moderator", "chair", "secretary", "clerk", "agency", "stage"]

# Each address of the staff with the roles that open it; an organiser may everything.
STAFF_PAGES = {
    "/staff": set(ROLES),
    "/staff/new": {"organiser"},
    "/staff/people": {"organiser"},
    "/d/TEST01/desk": {"organiser", "moderator", "chair"},
    "/d/TEST01/stage": set(ROLES),
}


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_a_stranger_gets_the_same_404_as_for_nothing(served: Served, room: Room, path: str):
    with browser(served) as stranger:
        assert stranger.get(path).status_code == 404
        assert stranger.get(path).text.count("404") == stranger.get("/nothing/here").text.count("404")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_own_pages_and_no_other(served: Served, room: Room, role: str):
    with browser(served, staff_cookie(served, role)) as person:
        opened = {path for path in STAFF_PAGES if person.get(path).status_code == 200}
    assert opened == {path for path, roles in STAFF_PAGES.items() if role in roles}


def test_a_citizen_is_a_stranger_to_the_staff(served: Served, room: Room):
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        assert {citizen.get(path).status_code for path in STAFF_PAGES} == {404}
        assert citizen.get("/d/TEST01").status_code == 200


def test_a_draft_is_there_for_staff_only(served: Served):
    open_dialogue(served, to=DialogueState.DRAFT)
    with browser(served) as stranger, browser(served, staff_cookie(served, "clerk")) as clerk:
        for path in ("/d/TEST01", "/d/TEST01/join", "/d/TEST01/notice"):
            assert stranger.get(path).status_code == 404
            assert clerk.get(path).status_code == 200


def test_a_seat_is_of_one_dialogue(served: Served, room: Room):
    open_dialogue(served, "TEST02")
    cookie = citizen_cookie(served, "Bà Sáu", "TEST01")
    with browser(served, cookie) as citizen:
        asked = {"as": "phone", "text": "Bao giờ sửa cầu?"}
        json = {"Accept": "application/json"}
        assert citizen.post("/d/TEST01/do/ask", data=asked, headers=json).status_code == 200
        assert citizen.post("/d/TEST02/do/ask", data=asked, headers=json).json()["code"] == "name_missing"


@pytest.mark.parametrize("as_whom", ["moderator", "machine", "king", ""])
def test_a_citizen_cannot_command_from_a_staff_seat(served: Served, room: Room, as_whom: str):
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        sent = citizen.post("/d/TEST01/do/move_dialogue", data={"as": as_whom, "to": "paused"})
    assert sent.status_code == 404
    assert room.dialogue.state is DialogueState.OPEN


def test_an_ended_session_is_nobody_at_once(served: Served, room: Room):
    cookie = staff_cookie(served, "moderator")
    with browser(served, cookie) as moderator:
        assert moderator.get("/staff").status_code == 200
        served.run(served.parts.people.disable("moderator", clock.now()))
        assert moderator.get("/staff").status_code == 404
        sent = moderator.post("/d/TEST01/do/move_dialogue", data={"as": "moderator", "to": "paused"})
        assert (sent.status_code, room.dialogue.state) == (409, DialogueState.OPEN)


@pytest.mark.parametrize("name", ["staff", "seat", "visit"])
@pytest.mark.parametrize("value", ["", "x", "x" * 44, "x" * 4000, "%00" * 14 + "x", "\"'<script>", "a=b; c"])
def test_a_broken_cookie_is_no_cookie(served: Served, room: Room, name: str, value: str):
    with browser(served, f"{name}={value}") as visitor:
        for path in ("/", "/d/TEST01", "/d/TEST01/join", "/sign-in"):
            assert visitor.get(path).status_code == 200
        assert visitor.get("/staff").status_code == 404
