"""Signing in and out through the pages, as a browser without script does."""

import pytest

from server import clock
from server.doors.identity import hash_password
from server.doors.limits import SIGN_IN_LOGIN
from server.rooms.room import Room
from tests.server.pages.forms import fields_on, send
from tests.serving import Served
from tests.visitors import Visitor, browser

PASSWORD = "mật khẩu của Bình"


@pytest.fixture
def binh(served: Served) -> None:
    async def add() -> None:
        hashed = await hash_password(PASSWORD)
        await served.parts.people.add_staff("binh", "Trần Bình", hashed, frozenset({"moderator"}), clock.now())

    served.run(add())


def test_sign_in_leads_to_the_desks_and_sign_out_ends_it(served: Served, room: Room, binh: None):
    with browser(served) as person:
        sent = send(person, "/sign-in", login="Binh", password=PASSWORD)
        assert (sent.status_code, sent.headers["location"]) == (303, "/staff")
        cookie = sent.headers["set-cookie"]
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"} <= set(cookie.split("; "))
        desks = person.get("/staff").text
        assert "Trần Bình" in desks
        assert "/d/TEST01/moderator" in desks
        assert "/d/TEST01/minutes" not in desks
        token = person.cookies["staff"]
        out = person.post("/sign-out", data=fields_on(desks))
        assert out.status_code == 303
        assert person.get("/staff").status_code == 404
        assert person.get("/staff", headers={"Cookie": f"staff={token}"}).status_code == 404


def test_sign_out_closes_the_live_pages_of_that_person(served: Served, room: Room, binh: None):
    with browser(served) as person:
        send(person, "/sign-in", login="binh", password=PASSWORD)
        with Visitor(served, f"staff={person.cookies['staff']}", "moderator") as page:
            page.next("caught_up")
            person.post("/sign-out", data=fields_on(person.get("/staff").text))
            with pytest.raises(Exception, match="close"):
                page.next("never")


@pytest.mark.parametrize("login, password", [("binh", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_try_says_the_same_whatever_is_wrong(served: Served, binh: None, login: str, password: str):
    with browser(served) as person:
        sent = send(person, "/sign-in", login=login, password=password)
        assert sent.status_code == 422
        assert "không khớp" in sent.text
        assert fields_on(sent.text)["login"] == login
        assert password not in fields_on(sent.text).values() or not password
        assert "staff" not in person.cookies


def test_too_many_tries_are_told_when_to_come_back(served: Served, binh: None):
    with browser(served) as person:
        answers = [send(person, "/sign-in", login="binh", password="wrong") for _ in range(SIGN_IN_LOGIN.amount + 1)]
        assert [answer.status_code for answer in answers] == [422] * SIGN_IN_LOGIN.amount + [429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert send(person, "/sign-in", login="binh", password=PASSWORD).status_code == 429


@pytest.mark.parametrize("back, goes", [("/d/TEST01/moderator", "/d/TEST01/moderator"), ("//example.vn", "/staff")])
def test_sign_in_leads_back_on_this_site_only(served: Served, binh: None, back: str, goes: str):
    with browser(served) as person:
        sent = send(person, f"/sign-in?back={back}", login="binh", password=PASSWORD)
        assert sent.status_code == 405 or sent.headers["location"] == goes
        assert person.get("/sign-in", params={"back": back}).headers["location"] == goes


def test_a_hostile_login_comes_back_as_text(served: Served, binh: None):
    with browser(served) as person:
        sent = send(person, "/sign-in", login='"><script>alert(1)</script>', password="x")
        assert fields_on(sent.text)["login"] == '"><script>alert(1)</script>'
        assert "<script>alert" not in sent.text


def test_a_strangers_wrong_tries_do_not_keep_the_owner_out(served: Served, binh: None):
    with browser(served) as owner, browser(served) as stranger:
        send(owner, "/sign-in", login="binh", password=PASSWORD)
        owner.post("/sign-out", data=fields_on(owner.get("/staff").text))
        tries = [send(stranger, "/sign-in", login="binh", password="wrong") for _ in range(12)]
        assert tries[-1].status_code == 429
        assert send(owner, "/sign-in", login="binh", password=PASSWORD).status_code == 303


def test_a_known_device_guesses_no_faster_and_knows_one_login_only(served: Served, binh: None):
    with browser(served) as person:
        send(person, "/sign-in", login="binh", password=PASSWORD)
        person.cookies.delete("staff")
        tried = [send(person, "/sign-in", login="binh", password="wrong").status_code for _ in range(11)]
        assert tried == [422] * 10 + [429]
        for _ in range(10):
            served.parts.limits.wait(SIGN_IN_LOGIN, "an")
        assert send(person, "/sign-in", login="an", password="wrong").status_code == 429
