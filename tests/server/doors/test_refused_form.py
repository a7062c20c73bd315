"""A plain form that was refused comes back with every field that somebody filled in, and the wrong one marked."""

import re
from typing import Any

import pytest

from live import commands as do
from live.agreeing import mark
from live.refusals import Code, refuse
from live.sites import NAME_LIMIT
from server.doors.refused_form import BY_PAGE, Kind, returned
from server.doors.wire import COMMANDS
from server.naming import snake
from server.rooms.room import Room
from tests.cast import MODERATOR
from tests.live.test_lengths import texts
from tests.server.pages.forms import fields_on, keeping, send
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie

TYPED = [(snake(kind), field) for kind, field in texts() if field not in BY_PAGE]


def marked(text: str) -> list[str]:
    """The names of the fields that a page marks as wrong."""
    fields = re.findall(r"<(?:input|textarea)\b[^>]*>", text)
    return [re.findall(r'name="(\w+)"', field)[0] for field in fields if "aria-invalid" in field]


def form_on(text: str) -> dict[str, str]:
    """What the form that came back would send again as it is."""
    return fields_on(text.partition('action="/d/TEST01/do/')[2].partition("</form>")[0])


@pytest.mark.parametrize("command, field", TYPED)
def test_whatever_text_somebody_types_is_shown_and_marked_when_it_is_too_long(command: str, field: str):
    too_long = refuse(Code.TOO_LONG, length=20_001, limit=80)
    rows, unseen = returned(command, {field: "x" * 20_001, "question": "1"}, too_long)
    (shown,) = [row for row in rows if row.name == field]
    assert (shown.value, shown.wrong) == ("x" * 20_001, True)
    assert field not in unseen


@pytest.mark.parametrize(
    "command, fields, refused, shown, wrong",
    [
        ("ask", {"card": "12", "text": "Một", "channel": "hall_card", "read_back": "on"},
         refuse(Code.CARD_USED, card=12, number=3), ["card", "text"], ["card"]),
        ("assign", {"question": "1", "agency": "Sở", "due": "mai"},
         refuse(Code.NOT_UNDERSTOOD, what="assign: Invalid RFC3339 date - at `$.due`"), ["agency", "due"], ["due"]),
        ("put_on_deck", {"question": "1"}, refuse(Code.DEPARTS), ["reason"], ["reason"]),
        ("give_outcome", {"question": "1", "outcome": "written_due", "agency": "Sở", "due": ""},
         refuse(Code.DATE_MISSING), ["agency", "due"], ["due"]),
        ("move_commitment", {"commitment": "1", "to": "evidence_given", "note": "", "link": "http://x"},
         refuse(Code.NOT_A_LINK), ["note", "link"], ["link"]),
        ("merge", {"question": "1", "into": "1"}, refuse(Code.NOT_ITSELF), ["into"], ["into"]),
        ("link_line", {"line": "1", "question": "99", "revision": "0"},
         refuse(Code.NOT_FOUND), ["question"], ["question"]),
        ("set_glossary", {"entries": "a\nb", "revision": "0"}, refuse(Code.CLOSED), ["entries"], []),
        ("fly", {"text": "Một", "wings": "2"}, refuse(Code.NOT_UNDERSTOOD, what="fly"), ["text"], []),
        ("ask", {"text": "Một"}, None, ["text"], []),
    ],
)  # fmt: skip
def test_what_was_filled_in_is_shown_and_what_is_wrong_is_marked(
    command: str, fields: dict[str, str], refused: Any, shown: list[str], wrong: list[str]
):
    rows, unseen = returned(command, fields | {"op": "a", "as": "clerk", "back": "/"}, refused)
    assert [row.name for row in rows] == shown
    assert [row.name for row in rows if row.wrong] == wrong
    assert unseen == {name: text for name, text in fields.items() if name not in shown}


def test_dates_and_numbers_are_asked_for_as_such():
    rows, _ = returned("assign", {"agency": "Sở", "due": "2026-01-01"}, None)
    assert [row.kind for row in rows] == [Kind.LINE, Kind.DATE]
    rows, _ = returned("ask", {"card": "1", "text": "", "name": "x" * 81}, None)
    assert [row.kind for row in rows] == [Kind.NUMBER, Kind.LINES, Kind.LINES]


@pytest.mark.parametrize(
    "sent_by, fields, wrong, better",
    [
        (("clerk", "ask"), {"text": "Một", "channel": "hall_card", "name": "ệ" * 81}, "name", "Bà Sáu"),
        (("secretary", "set_glossary"), {"entries": "Ngưỡng " * 3_000, "revision": "0"}, "entries", "Ea Mô = ê a mô"),
        (("moderator", "set_sites"), {"text": "x" * (NAME_LIMIT + 1)}, "text", "Xã Ea Mô"),
        (("moderator", "note_commitment"), {"text": "Sửa cầu", "agency": "Sở", "due": "mai"}, "due", "2030-01-01"),
    ],
)  # fmt: skip
def test_a_refused_form_is_corrected_and_taken(
    served: Served, room: Room, sent_by: tuple[str, str], fields: dict[str, str], wrong: str, better: str
):
    role, command = sent_by
    with browser(served, staff_cookie(served, role)) as staff:
        sent = staff.post(f"/d/TEST01/do/{command}", data=fields | {"as": role})
        assert sent.status_code == 409
        assert marked(sent.text) == [wrong]
        again = form_on(sent.text)
        assert again == fields | {"as": role}
        taken = staff.post(f"/d/TEST01/do/{command}", data=again | {wrong: better})
        assert taken.status_code == 303, taken.text


def test_a_card_that_is_used_can_be_corrected(served: Served, room: Room):
    with keeping(served, staff_cookie(served, "clerk")) as clerk:
        send(clerk, "/d/TEST01/cards", count="2")
        asked = {"as": "clerk", "text": "Một", "channel": "hall_card", "card": "1"}
        assert clerk.post("/d/TEST01/do/ask", data=asked).status_code == 303
        refused = clerk.post("/d/TEST01/do/ask", data=asked | {"text": "Hai"})
        assert "Phiếu số 1 đã được nhập rồi" in refused.text
        assert marked(refused.text) == ["card"]
        assert clerk.post("/d/TEST01/do/ask", data=form_on(refused.text) | {"card": "2"}).status_code == 303


@pytest.mark.parametrize(
    "role, command, fields",
    [
        ("secretary", "set_glossary", {"entries": "Ea Mô", "revision": "7"}),
        ("secretary", "edit_minutes", {"block": "place", "text": "Hội trường B", "revision": "7"}),
        ("moderator", "edit", {"question": "1", "text": "Bao giờ sửa cầu?", "revision": "7"}),
        ("moderator", "set_reasons", {"text": "Ngoài phạm vi | Xin gửi nơi khác.", "was": mark("what nobody saw")}),
    ],
)
def test_what_somebody_else_has_just_changed_is_written_over_knowingly(
    served: Served, room: Room, role: str, command: str, fields: dict[str, str]
):
    served.run(room.handle(do.Ask("Một", name="Ông Ba"), MODERATOR))
    address = f"/d/TEST01/do/{command}"
    with browser(served, staff_cookie(served, role)) as staff:
        refused = staff.post(address, data=fields | {"as": role})
        assert refused.status_code == 409
        assert "Người khác vừa sửa mục này" in refused.text
        assert staff.post(address, data=form_on(refused.text)).status_code == 303


def test_hostile_text_in_any_field_is_text_on_the_page(served: Served, room: Room):
    script = '"><script>alert(1)</script>'
    with browser(served, citizen_cookie(served, "Bà Sáu")) as phone:
        for command in COMMANDS:
            refused = phone.post(f"/d/TEST01/do/{command}", data={"text": script, "name": script, "question": script})
            assert refused.status_code in {409, 503}, command
            assert "<script>alert" not in refused.text
            if refused.status_code == 503:
                break  # the limit of commands, which is another test's


def test_a_topic_is_chosen_again_from_the_same_list_and_the_sentence_stands_once(served: Served, room: Room):
    topic = str(room.dialogue.notice.topics[0])
    with browser(served, citizen_cookie(served, "Bà Sáu")) as phone:
        refused = phone.post("/d/TEST01/do/ask", data={"as": "phone", "text": "ệ" * 600, "topic": topic}).text
    assert f"<option selected>{topic}</option>" in refused
    assert refused.count("quá giới hạn 500") == 1
