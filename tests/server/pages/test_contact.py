"""How to reach an asker: for those who see to the answer, opened by name, and for nobody else."""

import pytest

from live import commands as do
from live.seats import Audience, Seat
from live.states import Outcome
from server import clock
from server.store.people import Joining
from tests.cast import BY_JUNE, CLERK, MODERATOR
from tests.visitors import browser, staff_cookie

PHONE = "0905 123 456"
PAGE = "/d/TEST01/contact/1"
AGENCY = "Phòng Kinh tế"


def asked(served, room, **more) -> None:
    """Question 1, whose answer is owed in writing, from somebody who joined like this."""
    token = clock.secret()
    served.run(served.parts.people.take_seat("TEST01", token, Joining("Bà Sáu", "xã Ea Mô", **more), clock.now()))
    seat = served.run(served.parts.people.seat("TEST01", token))
    assert seat is not None
    owed(served, room, Seat(seat.id, Audience.PHONE, "Bà Sáu", "xã Ea Mô"))


def owed(served, room, asker: Seat) -> None:
    served.run(room.handle(do.Ask("Bao giờ sửa cầu?"), asker))
    for command in (do.Approve(1), do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency=AGENCY, due=BY_JUNE)):
        served.run(room.handle(command, MODERATOR))


def opened(desk, audience: str) -> str:
    answer = desk.post("/d/TEST01/do/open_contact", data={"as": audience, "question": "1", "back": PAGE})
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    return str(desk.get(PAGE).text)


@pytest.mark.parametrize("role", ["moderator", "chair", "secretary", "agency"])
def test_it_is_opened_by_name_and_each_reads_who_did(served, room, role):
    asked(served, room, contact=PHONE, contact_consent=True)
    with browser(served, staff_cookie(served, role, agency=AGENCY if role == "agency" else "")) as desk:
        assert PHONE not in desk.get(PAGE).text
        page = opened(desk, role)
        assert PHONE in page
        assert f"Nhân vật {role}" in page
    with browser(served, staff_cookie(served, "organiser")) as other:
        page = other.get(PAGE).text
        assert PHONE not in page, "each opens it for themselves"
        assert f"Nhân vật {role}" in page


@pytest.mark.parametrize("role, agency", [("clerk", ""), ("agency", "Sở Xây dựng"), ("stage", ""), ("", "")])
def test_nobody_else_finds_the_page(served, room, role, agency):
    asked(served, room, contact=PHONE, contact_consent=True)
    with browser(served, staff_cookie(served, role, agency=agency) if role else "") as desk:
        assert desk.get(PAGE).status_code == 404
        desk.post("/d/TEST01/do/open_contact", data={"as": role or "phone", "question": "1"})
    assert room.dialogue.questions[1].dossier.contact_openings == ()


def test_what_is_not_owed_or_was_not_left_is_not_there(served, room):
    asked(served, room)
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "không để lại cách liên hệ" in desk.get(PAGE).text
        served.run(room.handle(do.GiveOutcome(1, Outcome.ANSWERED, reason="Đã trả lời ngay"), MODERATOR))
        assert desk.get(PAGE).status_code == 404


def test_a_paper_card_leaves_none(served, room):
    owed(served, room, CLERK)
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "không để lại cách liên hệ" in desk.get(PAGE).text
