"""An organiser makes a dialogue, and people move it along its life."""

import pytest

from live import commands as do
from live.compose import VIETNAM
from live.states import DialogueState
from server.rooms.room import Room
from tests.cast import MODERATOR, SECRETARY
from tests.server.pages.forms import fields_on, keeping, send
from tests.serving import Served
from tests.visitors import browser, open_dialogue, staff_cookie

GOOD: dict[str, str | None] = {
    "title": "Đối thoại về giao thông nông thôn",
    "agency": "Ủy ban nhân dân xã Ea Mô",
    "superior": "",
    "place": "Hội trường xã",
    "starts_at": "2027-03-12T07:30",
    "chair": "Ông Đỗ Minh Quang, Chủ tịch",
    "secretary": "Bà Vũ Ngọc Mai",
    "theme": "Đường và cầu",
    "topics": "Đường liên thôn\n\n  Cầu treo \n",
    "asking_minutes": "2",
    "answering_minutes": "4",
}


def made(served: Served, location: str) -> Room:
    room = served.run(served.parts.rooms.get(location.split("/")[2]))
    assert room is not None
    return room


def test_an_organiser_makes_a_draft_with_a_fresh_code(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        sent = [send(organiser, "/staff/new", **GOOD).headers["location"] for _ in range(2)]
        room = made(served, sent[0])
        assert sent[0] != sent[1]
        assert room.code in organiser.get("/staff").text
        assert organiser.get(sent[0]).status_code == 200
    notice = room.dialogue.notice
    assert room.dialogue.state is DialogueState.DRAFT
    assert (len(room.code), str(notice.title), [str(topic) for topic in notice.topics]) == (
        6, GOOD["title"], ["Đường liên thôn", "Cầu treo"],
    )  # fmt: skip
    assert (notice.question_seconds, notice.answer_seconds) == (120, 240)
    assert notice.starts_at is not None
    assert f"{notice.starts_at.astimezone(VIETNAM):%H:%M}" == "07:30"


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"title": "\u200b"},
        {"agency": " "},
        {"place": ""},
        {"title": "x" * 301},
        {"starts_at": ""},
        {"starts_at": "12/03/2027"},
        {"asking_minutes": "0"},
        {"asking_minutes": "-3"},
        {"answering_minutes": "61"},
        {"answering_minutes": "x"},
    ],
)
def test_an_unfit_notice_makes_nothing_and_keeps_every_letter(served: Served, typed: dict[str, str]):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        sent = send(organiser, "/staff/new", **(GOOD | typed))
        kept = fields_on(sent.text)
    assert sent.status_code == 422
    assert 'role="alert"' in sent.text or "field__error" in sent.text
    assert {name: kept[name] for name in GOOD if name != "topics"} == {
        n: v for n, v in (GOOD | typed).items() if n != "topics"
    }
    assert served.run(served.parts.journal.dialogues()) == []


def test_the_desk_moves_a_dialogue_through_its_evening(served: Served):
    room = open_dialogue(served, to=DialogueState.DRAFT)
    with keeping(served, staff_cookie(served, "moderator")) as moderator:
        for state in ("announced", "ready", "open", "paused", "open", "closing", "closed"):
            assert f'name="to" value="{state}"' in moderator.get("/d/TEST01/desk").text
            assert send(moderator, "/d/TEST01/desk", do="move", to=state, reason="").status_code == 303
            assert room.dialogue.state.value == state


def test_a_way_back_needs_a_reason_and_says_so(served: Served):
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    with keeping(served, staff_cookie(served, "chair")) as chair:
        refused = send(chair, "/d/TEST01/desk", do="move", to="draft", reason="")
        assert (refused.status_code, room.dialogue.state.value) == (422, "announced")
        assert "Hãy ghi lý do." in refused.text
        assert send(chair, "/d/TEST01/desk", do="move", to="draft", reason="Sai ngày").status_code == 303
    assert room.dialogue.state is DialogueState.DRAFT


@pytest.mark.parametrize("to, status", [("archived", 422), ("nowhere", 400), ("", 400), ("minutes_signed", 422)])
def test_an_impossible_move_changes_nothing(served: Served, room: Room, to: str, status: int):
    with keeping(served, staff_cookie(served, "moderator")) as moderator:
        assert send(moderator, "/d/TEST01/desk", do="move", to=to).status_code == status
    assert room.dialogue.state is DialogueState.OPEN


def test_the_notice_is_corrected_at_the_desk(served: Served, room: Room):
    with keeping(served, staff_cookie(served, "moderator")) as moderator:
        sent = send(moderator, "/d/TEST01/desk", do="describe", place="Nhà văn hóa thôn 3")
        assert sent.status_code == 303
        wrong = send(moderator, "/d/TEST01/desk", do="describe", starts_at="mai", place="Chợ")
        assert wrong.status_code == 422
        assert fields_on(wrong.text)["place"] == "Chợ"
    assert str(room.dialogue.notice.place) == "Nhà văn hóa thôn 3"


@pytest.mark.parametrize("field", ["title", "agency", "place", "chair", "theme", "topics", "superior", "secretary"])
def test_a_hostile_notice_is_text_on_every_page(served: Served, field: str):
    hostile = '"><script>alert(1)</script>{{ 7919*7907 }}'
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        location = send(organiser, "/staff/new", **GOOD | {field: hostile}).headers["location"]
        code = made(served, location).code
        send(organiser, location, do="move", to="announced")
        for path in ("/", "/staff", location, f"/d/{code}", f"/d/{code}/join", f"/d/{code}/notice", f"/d/{code}/stage"):
            answer = organiser.get(path)
            assert answer.status_code == 200, path
            assert "<script>alert" not in answer.text, path
            assert str(7919 * 7907) not in answer.text, path
        assert fields_on(organiser.get(location).text)[field] == hostile


def test_a_dialogue_is_made_after_another_one_without_its_day_and_its_people(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        first = made(served, send(organiser, "/staff/new", **GOOD).headers["location"])
        served.run(first.handle(do.SetSites("Điểm cầu Ea Tul"), MODERATOR))
        served.run(first.handle(do.DeclareMixing(hall=2, site=1), MODERATOR))
        served.run(first.handle(do.SetGlossary("Ea Mô = ê a mô", 0), SECRETARY))
        form = organiser.get(f"/staff/new?from={first.code}").text
        assert f"Theo mẫu của phiên {first.code}" in form
        said = fields_on(form)
        assert (said["title"], said["starts_at"], said["topics"]) == (GOOD["title"], "", "Đường liên thôn\nCầu treo")
        unfit = send(organiser, f"/staff/new?from={first.code}", title="Phiên năm sau")
        assert (unfit.status_code, "Theo mẫu của phiên" in unfit.text) == (422, True)
        sent = send(organiser, f"/staff/new?from={first.code}", title="Phiên năm sau", starts_at="2028-03-12T07:30")
        assert sent.headers["location"].endswith(f"/desk?copied={first.code}")
        copy = made(served, sent.headers["location"])
        assert f"Đã chép thiết lập từ phiên {first.code}" in organiser.get(sent.headers["location"]).text
    assert copy.code != first.code
    assert (copy.dialogue.mixing, copy.dialogue.glossary.lines) == (first.dialogue.mixing, "Ea Mô = ê a mô")
    assert [str(site.name) for site in copy.dialogue.sites.values()] == ["Điểm cầu Ea Tul"]
    assert str(copy.dialogue.notice.title) == "Phiên năm sau"


def test_only_an_organiser_copies_and_only_what_is_there(served: Served):
    room = open_dialogue(served)
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert organiser.get("/staff/new?from=NOBODY").status_code == 404
        assert "Tạo phiên theo mẫu này" in organiser.get("/staff").text
    with keeping(served, staff_cookie(served, "moderator")) as moderator:
        assert moderator.get(f"/staff/new?from={room.code}").status_code == 404
        assert "Tạo phiên theo mẫu này" not in moderator.get("/staff").text


def test_what_a_button_does_is_said_before_and_a_refused_way_back_is_not_offered(served: Served, room: Room):
    """`room` is open."""
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        page = organiser.get("/d/TEST01/desk").text
        assert "lỡ bấm thì mở lại được" in page
        assert "Đóng lại, về trạng thái sẵn sàng" in page
        served.run(room.handle(do.CallSpeaker(reason="Có người đang đứng nói tại micrô"), MODERATOR))
        assert "Đóng lại, về trạng thái sẵn sàng" not in organiser.get("/d/TEST01/desk").text


def test_staff_are_told_that_phones_cannot_open_this_machines_own_address(served: Served, room: Room):
    assert served.settings.only_here
    with keeping(served, staff_cookie(served, "organiser")) as organiser, browser(served) as citizen:
        for path in ("desk", "notice", "cards"):
            assert "chỉ mở được trên chính máy chủ" in organiser.get(f"/d/TEST01/{path}").text
        assert "chỉ mở được trên chính máy chủ" not in citizen.get("/d/TEST01/notice").text
