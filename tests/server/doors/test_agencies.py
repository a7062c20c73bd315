"""An agency's seat, through the real server: it reports on its own promises; another agency and strangers do not."""

import re

import pytest

from live import commands as do
from live.refusals import Refused
from live.states import CommitmentState
from server.rooms.room import Room
from tests.cast import BY_JUNE, SECRETARY
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, staff_cookie

OURS, THEIRS = "Phòng Kinh tế", "Sở Xây dựng"
PAGE = "/d/TEST01/agency"
BEGIN = {"as": "agency", "commitment": "1", "to": "in_progress"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def promised(served: Served, room: Room) -> Room:
    """Two promises in the minutes: number 1 ours, number 2 theirs."""
    notes = [do.NoteCommitment("Sửa cầu", OURS, BY_JUNE), do.NoteCommitment("Thay đèn", THEIRS, BY_JUNE)]
    states = (CommitmentState.READ_BACK, CommitmentState.IN_MINUTES)
    for command in (*notes, *(do.MoveCommitment(number, to) for number in (1, 2) for to in states)):
        assert not isinstance(served.run(room.handle(command, SECRETARY)), Refused)
    return room


def buttons(text: str) -> list[str]:
    """The promises that a page offers to move."""
    return re.findall(r'action="/d/TEST01/do/move_commitment".*?name="commitment" value="(\d+)"', text, re.DOTALL)


@pytest.mark.parametrize("agency, own", [(OURS, ["1"]), (THEIRS.upper(), ["2"]), ("Sở Y tế", []), ("", [])])
def test_the_page_shows_every_promise_and_buttons_on_its_own(
    served: Served, promised: Room, agency: str, own: list[str]
) -> None:
    with browser(served, staff_cookie(served, "agency", agency=agency)) as person:
        answer = person.get(PAGE)
    assert "Sửa cầu" in answer.text
    assert "Thay đèn" in answer.text
    assert buttons(answer.text) == own
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("agency", [THEIRS, "", "Phòng"])
def test_another_agency_is_refused_by_form_and_by_socket(served: Served, promised: Room, agency: str) -> None:
    cookie = staff_cookie(served, "agency", agency=agency)
    with browser(served, cookie) as person, Visitor(served, cookie, "agency") as page:
        assert person.post("/d/TEST01/do/move_commitment", data=BEGIN, headers=JSON).json()["code"] == "not_allowed"
        assert page.send("move_commitment", commitment=1, to="in_progress")["code"] == "not_allowed"
    assert promised.dialogue.commitments[1].state is CommitmentState.IN_MINUTES


def test_an_organiser_in_an_agencys_seat_speaks_for_no_agency(served: Served, promised: Room) -> None:
    with browser(served, staff_cookie(served, "organiser")) as organiser:
        assert buttons(organiser.get(PAGE).text) == []
        sent = organiser.post("/d/TEST01/do/move_commitment", data=BEGIN, headers=JSON)
    assert sent.json()["code"] == "not_allowed"


def test_a_stranger_and_a_citizen_find_no_agency(served: Served, promised: Room) -> None:
    for cookie in ("", citizen_cookie(served, "Bà Sáu"), staff_cookie(served, "clerk", agency=OURS)):
        with browser(served, cookie) as person:
            assert person.get(PAGE).status_code == 404
            assert person.post("/d/TEST01/do/move_commitment", data=BEGIN).status_code == 404
    assert promised.dialogue.commitments[1].state is CommitmentState.IN_MINUTES


def test_the_agency_itself_reports_without_script(served: Served, promised: Room) -> None:
    with browser(served, staff_cookie(served, "agency", agency=OURS)) as person:
        assert person.post("/d/TEST01/do/move_commitment", data=BEGIN).status_code == 303
        assert "Báo kết quả" in person.get(PAGE).text
    assert promised.dialogue.commitments[1].state is CommitmentState.IN_PROGRESS


def test_an_open_page_gets_its_own_promises_anew_and_nobody_elses(served: Served, promised: Room) -> None:
    ours, theirs = (staff_cookie(served, "agency", login=login, agency=name) for login, name in NAMED)
    with Visitor(served, ours, "agency") as page, Visitor(served, theirs, "agency") as other:
        own_news(page)
        page.next("caught_up")
        own_news(other)
        other.next("caught_up")
        assert not isinstance(
            served.run(promised.handle(do.NoteCommitment("Khơi mương", THEIRS, BY_JUNE), SECRETARY)), Refused
        )
        fill = own_news(other)
        assert "Thay đèn" in fill
        assert "Khơi mương" in fill
        assert "Sửa cầu" not in fill
        page.socket.send('{"op":"o1","do":"move_commitment","commitment":1,"to":"in_progress"}')
        while "Báo kết quả" not in (fill := own_news(page)):
            assert "Khơi mương" not in fill
        assert promised.dialogue.commitments[1].state is CommitmentState.IN_PROGRESS


NAMED = (("ours", OURS), ("theirs", THEIRS))


def own_news(visitor: Visitor) -> str:
    """What the next private frame fills into the list of one's own."""
    while True:
        for patch in visitor.next("patches")["patches"]:
            if patch[:2] == ["fill", "mine"]:
                return str(patch[2])
