"""Linked sites over the doors: the list, a clerk bound to one, a phone that scanned its code, and its own screen."""

from live import commands as do
from live.commands import SetSites
from live.states import Channel
from tests.cast import MODERATOR
from tests.server.pages.forms import send
from tests.visitors import Visitor, browser, citizen_cookie, staff_cookie

EA_TUL, EA_HLEO = "Điểm cầu Ea Tul", "Điểm cầu Ea H'Leo"


def listed(served, room):
    served.run(room.handle(SetSites(f"{EA_TUL}\n{EA_HLEO}"), MODERATOR))


def clerk_at(served, room, site):
    """The cookie of a clerk whom a moderator has seated there with the page's own form."""
    cookie = staff_cookie(served, "clerk", login=f"clerk-{site}")
    (person,) = [one for one in served.run(served.parts.people.all_staff()) if one.login == f"clerk-{site}"]
    fields = {"as": "moderator", "clerk": f"staff:{person.id}", "site": str(site), "back": "/d/TEST01/sites"}
    with browser(served, staff_cookie(served, "moderator", login=f"moderator-{site}")) as moderator:
        answer = moderator.post("/d/TEST01/do/seat_clerk", data=fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01/sites")
    return cookie


def test_the_page_lists_the_sites_with_their_codes_and_clerks(served, room):
    cookie = staff_cookie(served, "moderator")
    with browser(served, cookie) as moderator:
        assert "Chưa có điểm cầu nào" in moderator.get("/d/TEST01/sites").text
        fields = {"as": "moderator", "text": f"{EA_TUL}\n{EA_HLEO}", "back": "/d/TEST01/sites"}
        assert moderator.post("/d/TEST01/do/set_sites", data=fields).status_code == 303
        clerk_at(served, room, 2)
        page = moderator.get("/d/TEST01/sites").text
        assert page.count("<svg") == 2
        assert '<option value="2" selected>' in page
        assert "/d/TEST01/site/1/stage" in page
    for stranger in ("", citizen_cookie(served, "Hạnh"), staff_cookie(served, "clerk", login="k")):
        with browser(served, stranger) as client:
            assert client.get("/d/TEST01/sites").status_code == 404


def test_the_clerk_of_a_site_asks_from_there_and_for_no_other(served, room):
    listed(served, room)
    with (
        Visitor(served, clerk_at(served, room, 1), "clerk") as tul,
        Visitor(served, clerk_at(served, room, 2), "clerk") as hleo,
    ):
        tul.next("caught_up")
        hleo.next("caught_up")
        assert "ok" in tul.send("ask", text="Điện yếu", channel="hall_mic", read_back=True)
        question = room.dialogue.questions[1]
        assert (str(question.site), question.channel) == (EA_TUL, Channel.SITE)
        assert hleo.send("withdraw", question=1)["code"] == "other_site"
        assert hleo.send("ask", text="Cho nơi khác", site=EA_TUL)["code"] == "other_site"
        served.run(room.handle(do.SeatClerk(next(c for c, s in room.dialogue.clerks.items() if s == 2)), MODERATOR))
        assert "ok" in hleo.send("withdraw", question=1), "seated anew, felt at the next command"


def test_a_phone_that_scanned_the_sites_code_is_counted_there_until_it_says_otherwise(served, room):
    listed(served, room)
    said = {"name": "Y Sol", "locality": "xã Ea Tul", "age": "over"}
    with browser(served) as phone:
        assert phone.get("/d/TEST01/site/1").headers["location"] == "/d/TEST01/join?site=1"
        form = phone.get("/d/TEST01/join?site=1").text
        assert f"Tham gia từ: {EA_TUL}" in form
        assert send(phone, "/d/TEST01/join", **said, site="1").status_code == 303
        fields = {"as": "phone", "text": "Nước đục", "op": "op-1"}
        assert phone.post("/d/TEST01/do/ask", data=fields).status_code == 303
        assert str(room.dialogue.questions[1].site) == EA_TUL
        assert f"Tham gia từ: {EA_TUL}" in phone.get("/d/TEST01/join").text, "kept when the form is opened again"
        served.run(room.handle(SetSites(EA_HLEO), MODERATOR))
        assert phone.get("/d/TEST01/site/1").headers["location"] == "/d/TEST01"
        assert phone.post("/d/TEST01/do/ask", data=fields | {"op": "op-2"}).status_code == 303
        assert str(room.dialogue.questions[2].site) == ""


def test_a_site_that_is_none_joins_nowhere_in_particular(served, room):
    said = {"name": "Y Sol", "locality": "xã Ea Tul", "age": "over"}
    with browser(served) as phone:
        assert "Tham gia từ" not in phone.get("/d/TEST01/join?site=7").text
        assert send(phone, "/d/TEST01/join", **said, site="drop table").status_code == 303


def test_a_site_has_a_screen_with_its_own_code(served, room):
    listed(served, room)
    with browser(served, staff_cookie(served, "stage")) as client:
        page = client.get("/d/TEST01/site/2/stage").text
        assert 'data-site="Điểm cầu Ea H&#39;Leo"' in page
        assert "/d/<wbr>TEST01/site/2</p>" in page
        assert client.get("/d/TEST01/site/3/stage").status_code == 404
    with browser(served) as stranger:
        assert stranger.get("/d/TEST01/site/2/stage").status_code == 404


def test_the_notice_says_where_else_one_may_go(served, room):
    with browser(served) as citizen:
        assert "điểm cầu" not in citizen.get("/d/TEST01/notice").text
        listed(served, room)
        assert "Hoặc đến một điểm cầu" in citizen.get("/d/TEST01/notice").text


def test_a_number_that_nobody_can_count_leads_nowhere(served, room):
    listed(served, room)
    endless = "9" * 5000
    with browser(served, staff_cookie(served, "clerk")) as clerk:
        for path in (f"site/{endless}/stage", f"slip/{endless}", "site/x/stage", "slip/x", "site/-1/stage"):
            assert clerk.get(f"/d/TEST01/{path}").status_code == 404
        assert clerk.get(f"/d/TEST01/site/{endless}").headers["location"] == "/d/TEST01"
