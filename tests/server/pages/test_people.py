"""An organiser changes the staff while the evening goes on."""

import re

import pytest
from websockets.exceptions import ConnectionClosed

from server.doors.identity import LONGEST_WORDS
from server.rooms.room import Room
from tests.server.pages.forms import keeping, send
from tests.serving import Served
from tests.visitors import Visitor, browser, staff_cookie

PEOPLE = "/staff/people"


def password_on(text: str) -> str:
    found = re.search(r'<code class="once">([^<]+)</code>', text)
    assert found
    return found[1]


def test_somebody_new_signs_in_with_the_password_that_was_shown_once(served: Served, room: Room):
    with keeping(served, staff_cookie(served, "organiser")) as organiser, browser(served) as binh:
        added = send(organiser, PEOPLE, do="add", name="Trần Bình", login="Binh", role="moderator")
        assert added.status_code == 200
        password = password_on(added.text)
        assert re.fullmatch(r"(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", password), "copied by hand"
        assert password not in organiser.get(PEOPLE).text
        assert send(binh, "/sign-in", login="binh", password=password).status_code == 303
        assert binh.get("/d/TEST01/moderator").status_code == 200
        assert binh.get(PEOPLE).status_code == 404


def test_somebody_of_an_agency_is_added_with_the_agency_they_speak_for(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        added = send(organiser, PEOPLE, do="add", name="An", login="an", role="agency", agency=" Sở  Xây dựng ")
        assert added.status_code == 200
        assert "Sở Xây dựng" in organiser.get(PEOPLE).text
    (an,) = [person for person in served.run(served.parts.people.all_staff()) if person.login == "an"]
    assert an.agency == "Sở Xây dựng"


def test_locking_out_closes_pages_and_sessions_at_once(served: Served, room: Room):
    cookie = staff_cookie(served, "moderator")
    with keeping(served, staff_cookie(served, "organiser")) as organiser, browser(served, cookie) as locked:
        with Visitor(served, cookie, "moderator") as page:
            page.next("caught_up")
            assert send(organiser, PEOPLE, do="disable", login="moderator").status_code == 303
            with pytest.raises(ConnectionClosed):
                page.next("never")
        assert locked.get("/staff").status_code == 404
        send(organiser, PEOPLE, do="enable", login="moderator")
        renewed = password_on(send(organiser, PEOPLE, do="passwd", login="moderator").text)
        with browser(served) as again:
            assert send(again, "/sign-in", login="moderator", password=renewed).status_code == 303
        assert locked.get("/staff").status_code == 404  # the old cookie stays dead


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "login": "an", "role": "clerk"},
        {"name": "An", "login": "\u200b", "role": "clerk"},
        {"name": "An", "login": "an", "role": None},
        {"name": "An", "login": "an", "role": "king"},
        {"name": "An", "login": "ORGANISER", "role": "clerk"},
        {"name": "An", "login": "an", "role": "agency", "agency": " \u200b"},
    ],
)
def test_nobody_is_added_by_half(served: Served, typed: dict[str, str | None]):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert send(organiser, PEOPLE, do="add", **typed).status_code == 422
    assert [person.login for person in served.run(served.parts.people.all_staff())] == ["organiser"]


@pytest.mark.parametrize("field, longest", LONGEST_WORDS.items())
def test_words_that_are_too_long_come_back_whole_with_the_limit(served: Served, field: str, longest: int):
    typed = {"name": "An", "login": "an", "role": "agency", "agency": "Sở Xây dựng"}
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        refused = send(organiser, PEOPLE, do="add", **(typed | {field: "ệ" * (longest + 1)}))
        assert refused.status_code == 422
        assert f"dài quá {longest} ký tự. Chưa thêm ai" in refused.text
        assert f'value="{"ệ" * (longest + 1)}"' in refused.text
        assert send(organiser, PEOPLE, do="add", **(typed | {field: "ệ" * longest})).status_code == 200
    assert len(served.run(served.parts.people.all_staff())) == 2


@pytest.mark.parametrize("asked", ["disable", "passwd"])
def test_an_organiser_cannot_lock_themselves_out(served: Served, asked: str):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert send(organiser, PEOPLE, do=asked, login="Organiser").status_code == 422
        assert organiser.get(PEOPLE).status_code == 200


@pytest.mark.parametrize(
    "typed", [{"do": "erase", "login": "moderator"}, {"do": "disable", "login": "nobody"}, {"do": ""}]
)
def test_what_cannot_be_is_refused(served: Served, typed: dict[str, str]):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert send(organiser, PEOPLE, **typed).status_code == 400


@pytest.mark.parametrize("role", ["moderator", "chair", "secretary", "clerk", "agency", "stage"])
def test_it_is_the_organisers_page_only(served: Served, role: str):
    with keeping(served, staff_cookie(served, role)) as other:
        assert other.get(PEOPLE).status_code == 404


def test_a_hostile_name_is_text(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        send(organiser, PEOPLE, do="add", name="<script>alert(1)</script>", login="<b>", role="clerk")
        text = organiser.get(PEOPLE).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
