"""A microphone that records through the end of a rehearsal: its sound is wiped, and nobody is recorded unseen."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs
from websockets.exceptions import ConnectionClosed

from live import commands as do
from live.states import DialogueState
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from tests.cast import MACHINE, MODERATOR
from tests.server.doors.test_sound import TONE, Microphone, on_disk
from tests.serving import Served
from tests.visitors import browser, open_dialogue, staff_cookie
from tests.waiting import until

LINE = "a-page"


@pytest.fixture
def room(served: Served) -> Room:
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    moved(served, room, DialogueState.REHEARSAL)
    return room


def moved(served: Served, room: Room, to: DialogueState) -> None:
    served.run(room.handle(do.MoveDialogue(to), MODERATOR))
    assert room.dialogue.state is to


def wiped(served: Served) -> bool:
    return not any(on_disk(served))


def test_the_sound_is_wiped_and_its_page_comes_back_and_is_seen_to_record(served: Served, room: Room) -> None:
    cookie = staff_cookie(served, "secretary")
    for command in (do.Ask("Câu thử?", read_back=True), do.Approve(1), do.CallNext()):
        served.run(room.handle(command, MODERATOR))
    with capture_logs() as logged, Microphone(served, cookie) as microphone:
        microphone.start(line=LINE)
        microphone.send(0)
        moved(served, room, DialogueState.READY)
        assert microphone.answer()["have"] == 1600
        with pytest.raises(ConnectionClosed) as closed:
            microphone.answer()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001
    until(lambda: wiped(served), "the sound of the rehearsal to be wiped")
    moved(served, room, DialogueState.OPEN)
    with Microphone(served, cookie) as microphone:
        assert microphone.start(line=LINE)["have"] == 1600
        assert room.dialogue.sources["hall"].recording, "recorded, and nobody is told"
        microphone.send(1600)
    assert on_disk(served) == bytes(len(TONE)) + TONE
    said = do.Hear("hall", 1, 1, 0, 1500, "thử máy", "Thử máy.")
    served.run(room.handle(said, MACHINE))
    assert not room.dialogue.lines
    with browser(served, staff_cookie(served, "moderator")) as desk:
        assert desk.get("/d/TEST01/sound/hall.wav").content.endswith(bytes(len(TONE)) + TONE)
    assert [one for one in logged if one["log_level"] in ("error", "critical")] == []


def test_what_a_crash_left_is_wiped_when_the_server_is_back(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        room = open_dialogue(served, to=DialogueState.ANNOUNCED)
        moved(served, room, DialogueState.REHEARSAL)
        with Microphone(served, staff_cookie(served, "secretary")) as microphone:
            microphone.start()
            microphone.send(0)
        moved(served, room, DialogueState.READY)
        until(lambda: wiped(served), "the sound of the rehearsal to be wiped")
        directory = sound_directory(served.settings.data_dir, "TEST01", "hall")
    (directory / "manifest.jsonl").write_text("")
    (directory / "000000.pcm").write_bytes(TONE)
    with Served(tmp_path) as served:
        assert served.run(served.parts.rooms.get("TEST01")) is not None
        until(lambda: wiped(served), "what was left of the rehearsal to be wiped")
