"""The doors of photos: whose question, whose eyes, and what became of the file."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from live import commands as do
from live.states import DialogueState, Outcome
from server.doors.limits import PHOTO
from server.store import tables
from tests.cast import CLERK, MODERATOR
from tests.server.photos.test_redrawing import file, pixels, png_of_size, with_place
from tests.visitors import browser, citizen_cookie, staff_cookie

JPEG = "image/jpeg"


@pytest.fixture
def hanh(served, room):
    """Hạnh's phone, with question 1 asked."""
    with browser(served, citizen_cookie(served, "Trần Thị Hạnh")) as phone:
        phone.post("/d/TEST01/do/ask", data={"text": "Cầu gãy lan can, xem ảnh.", "as": "phone"})
        yield phone


def given(phone, content: bytes = b"", question: int = 1, name: str = "photo", **headers: str):
    content = content or with_place()
    return phone.post(f"/d/TEST01/photo/{question}", files={name: ("IMG_1.jpg", content, JPEG)}, headers=headers)


def seen(served, cookie: str = "", question: int = 1, query: str = "") -> tuple[int, str]:
    with browser(served, cookie) as somebody:
        answer = somebody.get(f"/d/TEST01/photo/{question}{query}")
        return answer.status_code, answer.headers["content-type"]


def kept(served) -> list[bytes]:
    query = select(tables.photos.c.large)
    return list(served.run(served.parts.database.read(lambda connection: connection.scalars(query).all())))


def test_a_photo_is_redrawn_kept_and_named_by_an_entry_in_the_askers_name(served, room, hanh):
    answer = given(hanh)
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01#my-questions")
    (picture,) = kept(served)
    assert b"SECRET" not in picture
    question = room.dialogue.questions[1]
    entries = served.run(served.parts.journal.entries(room.stream.id))
    assert type(entries[-1].fact).__name__ == "PhotoAttached"
    assert entries[-1].seat == question.seat
    assert hanh.get("/d/TEST01/photo/1").content == picture
    assert len(hanh.get("/d/TEST01/photo/1?small=1").content) < len(picture)


def test_the_asker_and_those_who_read_see_it_and_to_all_others_nothing_is_there(served, room, hanh):
    given(hanh)
    readers = [staff_cookie(served, role) for role in ("moderator", "chair", "organiser")]
    others = [staff_cookie(served, role) for role in ("clerk", "agency", "secretary", "stage")]
    others += ["", citizen_cookie(served, "Y Tuấn Niê")]
    assert {seen(served, cookie) for cookie in readers} == {(200, JPEG)}
    for query in ("", "?small=1", "?v=abc"):
        assert {seen(served, cookie, query=query)[0] for cookie in others} == {404}
    served.run(room.handle(do.Approve(1), MODERATOR))
    assert {seen(served, cookie)[0] for cookie in others} == {404}
    served.run(room.handle(do.ShowPhoto(1), MODERATOR))
    assert {seen(served, cookie) for cookie in [*readers, *others]} == {(200, JPEG)}
    served.run(room.handle(do.Reopen(1), MODERATOR))
    assert {seen(served, cookie)[0] for cookie in others} == {404}


def test_a_cached_photo_is_asked_for_anew_and_hidden_for_good(served, room, hanh):
    given(hanh)
    served.run(room.handle(do.Approve(1), MODERATOR))
    served.run(room.handle(do.ShowPhoto(1), MODERATOR))
    with browser(served) as somebody:
        first = somebody.get("/d/TEST01/photo/1")
        assert first.headers["cache-control"] == "private, no-cache"
        again = {"If-None-Match": first.headers["etag"]}
        assert somebody.get("/d/TEST01/photo/1", headers=again).status_code == 304
        served.run(room.handle(do.ShowPhoto(1, on=False), MODERATOR))
        assert somebody.get("/d/TEST01/photo/1", headers=again).status_code == 404


def test_only_beside_a_question_of_ones_own_and_only_from_our_pages(served, room, hanh):
    served.run(room.handle(do.Ask("Từ phiếu.", name="Ông Ba"), CLERK))
    with browser(served, citizen_cookie(served, "Y Tuấn Niê")) as tuan, browser(served) as stranger:
        for phone, question in ((tuan, 1), (stranger, 1), (stranger, 2), (hanh, 2)):
            assert given(phone, question=question).status_code == 409
        assert given(hanh, question=9).status_code == 404
    assert given(hanh, Origin="https://example.org").status_code == 404
    assert kept(served) == []


def test_no_command_from_outside_names_a_photo(served, room, hanh):
    for name in ("phone", "machine"):
        told = {"as": name, "question": "1", "photo": "a" * 64}
        assert hanh.post("/d/TEST01/do/attach_photo", data=told).status_code in {404, 409}
    assert not room.dialogue.questions[1].photo


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "gif": (lambda: b"GIF89a" + bytes(40), "not_a_photo"),
    "cut": (lambda: file(pixels())[:1500], "not_a_photo"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_photo"),
    "bomb": (lambda: png_of_size(30_000, 30_000), "photo_too_large"),
    "20 MB": (lambda: file(pixels()) + bytes(20_000_000), "photo_too_large"),
}


@pytest.mark.parametrize("make, code", BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_words_and_the_question_is_safe(served, room, hanh, make, code):
    content = make()
    told = given(hanh, content, Accept="application/json")
    assert (told.status_code, told.json()["code"]) == (409, code)
    page = given(hanh, content)
    assert page.status_code == 409
    assert "câu hỏi vẫn được giữ" in page.text
    assert room.dialogue.questions[1].waiting
    assert kept(served) == []


def test_a_form_without_a_file_is_told_so(served, room, hanh):
    assert given(hanh, name="other", Accept="application/json").json()["code"] == "not_a_photo"
    empty = hanh.post("/d/TEST01/photo/1", data={"photo": "text"}, headers={"Accept": "application/json"})
    assert empty.status_code == 409


def test_photos_of_one_seat_are_few_and_a_fourth_beside_one_question_is_refused(served, room, hanh):
    others = [file(pixels(90 + n, 60)) for n in range(4)]
    codes = [given(hanh, other, Accept="application/json").json().get("code") for other in others]
    assert codes == [None, None, None, "enough_photos"]
    for number in range(2, 4):
        hanh.post("/d/TEST01/do/ask", data={"text": f"Câu {number}?", "as": "phone"})
    tried = [given(hanh, question=2 + n // 3, Accept="application/json").status_code for n in range(PHOTO.amount)]
    assert 503 in tried


def test_when_the_dialogue_takes_nothing_the_photo_is_refused_before_it_is_read(served, room, hanh):
    served.run(room.handle(do.MoveDialogue(DialogueState.CLOSING), MODERATOR))
    assert given(hanh, Accept="application/json").json()["code"] == "closed"


def test_taken_off_nobody_sees_it_and_another_may_come(served, room, hanh):
    given(hanh)
    assert hanh.post("/d/TEST01/do/drop_photo", data={"as": "phone", "question": "1"}).status_code == 303
    assert seen(served, staff_cookie(served, "moderator"))[0] == 404
    assert hanh.get("/d/TEST01/photo/1").status_code == 404
    assert given(hanh, file(pixels(300, 200))).status_code == 303
    assert hanh.get("/d/TEST01/photo/1").status_code == 200


def test_the_record_shows_it_when_everybody_may_see_it(served, room, hanh):
    given(hanh)
    for command in (do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED)):
        served.run(room.handle(command, MODERATOR))
    with browser(served, staff_cookie(served, "secretary")) as reader:
        assert "/photo/1" not in reader.get("/d/TEST01/record").text
        served.run(room.handle(do.ShowPhoto(1), MODERATOR))
        assert "/photo/1" in reader.get("/d/TEST01/record").text


def test_a_moderator_takes_it_off_from_the_opened_card(served, room, hanh):
    given(hanh)
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert "Hiện ảnh cho mọi người" in desk.get("/d/TEST01/moderator?question=1").text
        assert desk.post("/d/TEST01/do/drop_photo", data={"as": "moderator", "question": "1"}).status_code == 303
        assert "Hiện ảnh" not in desk.get("/d/TEST01/moderator?question=1").text


def test_a_plain_form_leads_back_to_where_it_stood(served, room, hanh):
    sent = {"files": {"photo": ("a.png", file(pixels(), "PNG"), "image/png")}, "data": {"back": "/r/ABCD-EFGH"}}
    assert hanh.post("/d/TEST01/photo/1", **sent).headers["location"] == "/r/ABCD-EFGH"


def test_the_button_that_shows_a_photo_names_the_one_on_the_page(served, room, hanh):
    given(hanh)
    with browser(served, staff_cookie(served, "moderator")) as moderator:
        mark = str(room.dialogue.questions[1].photo)[:12]
        assert f'name="photo" value="{mark}"' in moderator.get("/d/TEST01/moderator?question=1").text
        given(hanh, file(pixels(90, 60)))
        fields = {"as": "moderator", "question": "1", "on": "on", "photo": mark}
        assert moderator.post("/d/TEST01/do/show_photo", data=fields).status_code == 409
    assert not room.dialogue.questions[1].photo_shown
