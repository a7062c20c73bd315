"""A citizen joins: three consents that nobody ticked for them, and every letter kept when something is missing."""

import asyncio
import unicodedata

import pytest

from server.pages.privacy import VERSION
from server.rooms.room import Room
from server.store.people import Joining
from tests.server.pages.forms import fields_on, send
from tests.serving import Served
from tests.visitors import browser, open_dialogue

JOIN = "/d/TEST01/join"
GOOD: dict[str, str | None] = {"name": "Bà Sáu", "locality": "xã Ea Mô", "age": "over"}
CONSENTS = ["contact_consent", "publish_name", "recording_consent"]


def joined(served: Served, token: str) -> Joining:
    seat = served.run(served.parts.people.seat("TEST01", token))
    assert seat is not None
    return seat.joined


def test_no_consent_is_ticked_beforehand_and_the_notice_names_its_version(served: Served, room: Room):
    with browser(served) as citizen:
        text = citizen.get(JOIN).text
        assert not {*CONSENTS, "guardian", "age"} & fields_on(text).keys()
        assert VERSION in text
        assert VERSION in citizen.get("/privacy").text


def test_who_ticks_nothing_consents_to_nothing(served: Served, room: Room):
    with browser(served) as citizen:
        sent = send(citizen, JOIN, **GOOD, contact="0905 123 456")
        assert (sent.status_code, sent.headers["location"]) == (303, "/d/TEST01")
        assert joined(served, citizen.cookies["seat"]) == Joining("Bà Sáu", "xã Ea Mô", notice_version=VERSION)


@pytest.mark.parametrize("consent", CONSENTS)
def test_each_consent_is_its_own(served: Served, room: Room, consent: str):
    with browser(served) as citizen:
        assert send(citizen, JOIN, **GOOD, contact="sau@example.vn", **{consent: "on"}).status_code == 303
        said = joined(served, citizen.cookies["seat"])
    assert [name for name in CONSENTS if getattr(said, name)] == [consent]
    assert said.contact == ("sau@example.vn" if consent == "contact_consent" else None)


def test_joining_again_changes_the_same_seat(served: Served, room: Room):
    with browser(served) as citizen:
        send(citizen, JOIN, **GOOD, publish_name="on")
        token = citizen.cookies["seat"]
        before = fields_on(citizen.get(JOIN).text)
        assert (before["name"], before["publish_name"]) == ("Bà Sáu", "on")
        send(citizen, JOIN, age="over", name="Bà Bảy", publish_name=None)
        assert citizen.cookies["seat"] == token
        assert joined(served, token) == Joining("Bà Bảy", "xã Ea Mô", notice_version=VERSION)


def test_one_device_joins_two_dialogues(served: Served, room: Room):
    open_dialogue(served, "TEST02")
    with browser(served) as citizen:
        send(citizen, JOIN, **GOOD)
        send(citizen, "/d/TEST02/join", **GOOD | {"name": "Bà Sáu khác"})
        assert fields_on(citizen.get(JOIN).text)["name"] == "Bà Sáu"
        assert fields_on(citizen.get("/d/TEST02/join").text)["name"] == "Bà Sáu khác"


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "   \u200b "},
        {"name": "x" * 81},
        {"name": "Bà\nSáu"},
        {"locality": ""},
        {"locality": "x" * 81},
        {"age": None},
        {"age": "17"},
        {"age": "under"},
        {"contact_consent": "on"},
        {"contact_consent": "on", "contact": "gọi cho tôi"},
        {"contact_consent": "on", "contact": "0905"},
        {"contact_consent": "on", "contact": "a@b"},
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(served: Served, room: Room, typed: dict[str, str | None]):
    with browser(served) as citizen:
        sent = send(citizen, JOIN, **(GOOD | typed))
        assert sent.status_code == 422
        assert "field__error" in sent.text
        assert "seat" not in citizen.cookies
        kept = fields_on(sent.text)
        assert kept["locality"] == (GOOD | typed)["locality"]
        assert kept.get("contact", "") == (typed.get("contact") or "")


def test_a_child_comes_with_a_guardian_and_is_never_named_or_put_on_the_air(served: Served, room: Room):
    with browser(served) as child:
        everything = dict.fromkeys([*CONSENTS, "guardian"], "on")
        sent = send(child, JOIN, **GOOD | {"age": "under", "contact": "0905123456"} | everything)
        assert sent.status_code == 303
        said = joined(served, child.cookies["seat"])
    assert (said.publish_name, said.recording_consent, said.contact) == (False, False, "0905123456")


HOSTILE = ['"><script>alert(1)</script>', "{{ 7*7 }}{% raw %}", "' onfocus='x", "</textarea><img src=x>", "%(name)s %s"]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("field", ["name", "locality", "contact"])
def test_whatever_is_typed_comes_back_as_text(served: Served, room: Room, field: str, hostile: str):
    with browser(served) as citizen:
        refused = send(citizen, JOIN, **GOOD | {"age": None, field: hostile})
        assert fields_on(refused.text)[field] == hostile
        assert "<script>alert" not in refused.text
        assert "<img src=x>" not in refused.text
        if field != "contact":
            send(citizen, JOIN, **GOOD | {field: hostile})
            assert fields_on(citizen.get(JOIN).text)[field] == hostile
            assert "<script>alert" not in citizen.get("/d/TEST01").text


def test_names_are_kept_in_one_form_without_unseen_characters(served: Served, room: Room):
    with browser(served) as citizen:
        typed = unicodedata.normalize("NFD", "Nguyễn  Thị\tSáu") + "\u202e\x00\x1b"
        assert send(citizen, JOIN, **GOOD | {"name": typed}).status_code == 303
        assert joined(served, citizen.cookies["seat"]).name == "Nguyễn Thị Sáu"


@pytest.mark.parametrize(
    "back, goes",
    [
        ("/d/TEST01?ask=1", "/d/TEST01?ask=1"),
        ("", "/d/TEST01"),
        ("//example.vn", "/d/TEST01"),
        ("/\\example.vn", "/d/TEST01"),
        ("https://example.vn", "/d/TEST01"),
        ("javascript:alert(1)", "/d/TEST01"),
        ("/x\r\nSet-Cookie: a=b", "/d/TEST01"),
        ("/\t/example.vn", "/d/TEST01"),
    ],
)
def test_joining_leads_back_to_this_site_only(served: Served, room: Room, back: str, goes: str):
    with browser(served) as citizen:
        assert send(citizen, JOIN, **GOOD, back=back).headers["location"] == goes


def test_two_who_join_at_once_have_two_seats(served: Served, room: Room):
    people = served.parts.people

    async def both() -> set[str]:
        now = room.clock()
        joins = [people.take_seat("TEST01", letter * 43, Joining("Bà Sáu", "xã Ea Mô"), now) for letter in "ab"]
        await asyncio.gather(*joins)
        seats = [await people.seat("TEST01", letter * 43) for letter in "ab"]
        return {seat.id for seat in seats if seat}

    assert len(served.run(both())) == 2
