"""The door of sound for somebody who speaks from a phone: theirs alone, and only while their microphone is open."""

import json
import struct
import time
from contextlib import AbstractContextManager
from typing import Any

import pytest
from limits import RateLimitItemPerMinute
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from live import commands as do
from live.refusals import Code, refuse
from live.remote_voice import REMOTE_VOICE
from live.seats import Audience, Seat
from live.states import DialogueState, Outcome, Role
from server.doors import sound
from server.rooms.room import Room
from server.rooms.voices import HELD, Screen
from tests.cast import MODERATOR
from tests.server.doors.test_sound import TONE, Microphone, on_disk
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie
from tests.waiting import until

BLOCK = len(TONE) // 2


@pytest.fixture
def hanh(served: Served, room: Room) -> str:
    """She has raised her hand and is called."""
    cookie = citizen_cookie(served, "Trần Thị Hạnh")
    asked(served, room, cookie)
    return cookie


def asked(served: Served, room: Room, cookie: str) -> None:
    """The hand goes up, is approved and called."""
    seat = served.run(served.parts.people.seat(room.code, cookie.removeprefix("seat=")))
    assert seat is not None
    phone = Seat(seat.id, Audience.PHONE, seat.joined.name, "xã Ea Mô")
    number = len(room.dialogue.questions) + 1
    for command, by in (
        (do.RaiseHand("", "Giếng mặn"), phone),
        (do.Approve(number), MODERATOR),
        (do.CallNext(), MODERATOR),
    ):
        told(served, room, command, by)


def told(served: Served, room: Room, command: do.Command, by: Seat = MODERATOR) -> None:
    answer = served.run(room.handle(command, by))
    assert hasattr(answer, "entries") or hasattr(answer, "n"), answer


def agreed(served: Served, room: Room, number: int = 1) -> None:
    asker = room.dialogue.questions[number].seat
    told(served, room, do.OpenMicrophone(number))
    told(served, room, do.AgreeToVoice(number, on=True), Seat(asker, Audience.PHONE))


def phone(served: Served, cookie: str) -> Microphone:
    return Microphone(served, cookie, REMOTE_VOICE)


def screen(served: Served, cookie: str, query: str = "") -> AbstractContextManager[ClientConnection]:
    address = f"ws://127.0.0.1:{served.port}/d/TEST01/sound/{REMOTE_VOICE}/hall{query}"
    return connect(address, additional_headers={"Origin": served.url, "Cookie": cookie}, compression=None)


def says_no(microphone: Microphone, code: Code) -> None:
    """The door's own sentence, and a close after which nobody comes back by themselves."""
    answer = microphone.answer()
    assert (answer["refused"], answer["code"], answer["vi"]) == ("voice", code.value, refuse(code).say("vi"))
    with pytest.raises(ConnectionClosed) as closed:
        microphone.answer()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4500


def turned_away(served: Served, cookie: str, code: Code) -> None:
    with phone(served, cookie) as microphone:
        microphone.socket.send('{"start":1,"rate":16000}')
        says_no(microphone, code)


def heard_by_those_who_lead(room: Room) -> Any:
    return room.signals.current(Audience.MODERATOR).get("screens")


def test_what_the_called_asker_says_is_on_disk_under_the_question_and_the_name(
    served: Served, room: Room, hanh: str
) -> None:
    agreed(served, room)
    with phone(served, hanh) as microphone:
        assert microphone.start()["have"] == 0
        assert microphone.send(0)["have"] == BLOCK
        assert room.dialogue.sources[REMOTE_VOICE].recording
        assert on_disk(served, REMOTE_VOICE) == TONE
        microphone.socket.send('{"stop":1}')
        assert microphone.answer()["have"] == BLOCK
    intake = room.dialogue.sources[REMOTE_VOICE].intakes[-1]
    assert (intake.role, str(intake.owner)) == (Role.CITIZEN, "Trần Thị Hạnh")
    assert not room.dialogue.sources[REMOTE_VOICE].recording


def test_nobody_else_speaks_there_and_each_is_told_why(served: Served, room: Room, hanh: str) -> None:
    agreed(served, room)
    turned_away(served, citizen_cookie(served, "Y Tuấn Niê"), Code.NOT_YOUR_MICROPHONE)
    turned_away(served, staff_cookie(served, "moderator"), Code.NOT_YOUR_MICROPHONE)
    with phone(served, "") as stranger, pytest.raises(ConnectionClosed) as closed:
        stranger.start()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4500
    assert REMOTE_VOICE not in room.dialogue.sources


def test_its_owner_neither_before_nor_after(served: Served, room: Room, hanh: str) -> None:
    turned_away(served, hanh, Code.MICROPHONE_CLOSED)
    told(served, room, do.OpenMicrophone(1))
    turned_away(served, hanh, Code.MICROPHONE_CLOSED)
    told(served, room, do.AgreeToVoice(1, on=True), Seat(room.dialogue.questions[1].seat, Audience.PHONE))
    with phone(served, hanh) as microphone:
        assert microphone.start()["have"] == 0
        microphone.socket.send('{"stop":1}')
        microphone.answer()
    told(served, room, do.CloseMicrophone(1))
    turned_away(served, hanh, Code.MICROPHONE_CLOSED)


ENDS = [do.CloseMicrophone(1), do.MoveDialogue(DialogueState.PAUSED), do.GiveOutcome(1, Outcome.ANSWERED)]


@pytest.mark.parametrize("end", ENDS)
def test_closed_in_the_middle_of_a_word_not_one_more_sample_is_taken(
    served: Served, room: Room, hanh: str, end: do.Command
) -> None:
    agreed(served, room)
    with phone(served, hanh) as microphone:
        microphone.start()
        microphone.send(0)
        told(served, room, end)
        microphone.socket.send(struct.pack("<Q", BLOCK) + TONE)
        says_no(microphone, Code.MICROPHONE_CLOSED)
    assert on_disk(served, REMOTE_VOICE) == TONE
    until(lambda: not room.dialogue.sources[REMOTE_VOICE].recording, "the recording to be said over")


def test_the_next_speaker_waits_for_no_dead_line_of_the_one_before(served: Served, room: Room, hanh: str) -> None:
    agreed(served, room)
    tuan = citizen_cookie(served, "Y Tuấn Niê")
    with phone(served, hanh) as before, phone(served, tuan) as now:
        before.start(line="a")
        before.send(0)
        told(served, room, do.GiveOutcome(1, Outcome.ANSWERED))
        asked(served, room, tuan)
        agreed(served, room, 2)
        assert now.start(line="b")["have"] == BLOCK
        assert now.send(BLOCK)["have"] == 2 * BLOCK
        assert before.answer()["have"] == BLOCK
        with pytest.raises(ConnectionClosed):
            before.send(BLOCK)
    intakes = room.dialogue.sources[REMOTE_VOICE].intakes
    assert [(intake.first, str(intake.owner)) for intake in intakes] == [(0, "Trần Thị Hạnh"), (BLOCK, "Y Tuấn Niê")]


def test_the_hall_hears_what_was_put_on_disk_and_those_who_lead_know_it(served: Served, room: Room, hanh: str) -> None:
    agreed(served, room)
    with screen(served, staff_cookie(served, "clerk")) as hall, phone(served, hanh) as microphone:
        until(lambda: heard_by_those_who_lead(room) == {"": "off"}, "the screen to be known")
        hall.send('{"state":"on"}')
        until(lambda: heard_by_those_who_lead(room) == {"": "on"}, "its state to be told")
        microphone.start()
        microphone.send(0)
        microphone.send(BLOCK // 2)
        assert hall.recv(timeout=10) == struct.pack("<Q", 0) + TONE
        assert hall.recv(timeout=10) == struct.pack("<Q", BLOCK) + TONE[BLOCK:], "only what is new is played"
    until(lambda: heard_by_those_who_lead(room) == {}, "the screen to be gone")


def test_sound_that_waited_for_the_network_is_recorded_and_not_played(served: Served, room: Room, hanh: str) -> None:
    agreed(served, room)
    with screen(served, staff_cookie(served, "clerk")) as hall, phone(served, hanh) as microphone:
        until(lambda: bool(heard_by_those_who_lead(room)), "the screen to be known")
        microphone.start()
        now = int(time.time() * 1000)
        microphone.socket.send(json.dumps({"caught": [BLOCK, now - 9_000]}))
        assert microphone.send(0)["have"] == BLOCK
        microphone.socket.send(json.dumps({"caught": [2 * BLOCK, now]}))
        assert microphone.send(BLOCK)["have"] == 2 * BLOCK
        assert hall.recv(timeout=10) == struct.pack("<Q", BLOCK) + TONE
    assert on_disk(served, REMOTE_VOICE) == TONE * 2


@pytest.mark.parametrize("cookie", ["", "citizen"])
def test_whoever_may_not_open_the_hall_screen_hears_nothing(served: Served, room: Room, cookie: str) -> None:
    with screen(served, citizen_cookie(served, "Y Tuấn Niê") if cookie else "") as listener:
        with pytest.raises(ConnectionClosed) as closed:
            listener.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4500
    assert heard_by_those_who_lead(room) is None


def test_another_page_s_origin_hears_nothing(served: Served, room: Room) -> None:
    address = f"ws://127.0.0.1:{served.port}/d/TEST01/sound/{REMOTE_VOICE}/hall"
    headers = {"Origin": "https://elsewhere.example", "Cookie": staff_cookie(served, "clerk")}
    with connect(address, additional_headers=headers, compression=None) as listener, pytest.raises(ConnectionClosed):
        listener.recv(timeout=10)


@pytest.mark.parametrize("word", ["", "nonsense", "[]", '{"state":"loud"}', '{"state":"on","skipped":-1}'])
def test_a_screen_that_speaks_nonsense_is_sent_away_to_come_back(served: Served, room: Room, word: str) -> None:
    with screen(served, staff_cookie(served, "clerk")) as hall:
        hall.send(word)
        with pytest.raises(ConnectionClosed) as closed:
            hall.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001


def test_a_screen_that_takes_nothing_holds_nobody_and_misses_the_oldest(served: Served, room: Room, hanh: str) -> None:
    agreed(served, room)
    slow = Screen("")

    async def joins() -> None:
        served.parts.voices.join(room, slow)

    served.run(joins())
    frames = HELD + 5
    with phone(served, hanh) as microphone:
        microphone.start()
        for number in range(frames):
            assert microphone.send(number * BLOCK)["have"] == (number + 1) * BLOCK
    assert on_disk(served, REMOTE_VOICE) == TONE * frames
    oldest = served.run(slow.next())
    assert oldest == struct.pack("<Q", 5 * BLOCK) + TONE
    with browser(served) as monitor:
        page = monitor.get("/metrics").text
    assert 'doithoai_voice_frames_unplayed{why="dropped"} 5.0' in page
    assert 'doithoai_voice_screens{state="off"} 1.0' in page


def test_what_waits_for_a_slow_screen_is_not_heard_once_the_microphone_is_closed(
    served: Served, room: Room, hanh: str
) -> None:
    agreed(served, room)
    with phone(served, hanh) as microphone, screen(served, staff_cookie(served, "stage")) as hall:
        hall.send('{"state":"on"}')
        microphone.start()
        microphone.send(0)
        assert hall.recv(timeout=10) == struct.pack("<Q", 0) + TONE
        told(served, room, do.CloseMicrophone(1))
        (open_page,) = served.parts.voices._screens[room.code]

        async def put() -> None:
            open_page.put(struct.pack("<Q", BLOCK) + TONE)

        served.run(put())
        until(lambda: not open_page._frames, "the frame to be passed over")
        told(served, room, do.OpenMicrophone(1))
        microphone.send(BLOCK)
        assert hall.recv(timeout=10) == struct.pack("<Q", BLOCK) + TONE
        microphone.send(2 * BLOCK)
        assert hall.recv(timeout=10) == struct.pack("<Q", 2 * BLOCK) + TONE


FAR, DUST = 16_000 * 3600, TONE[:2]


@pytest.mark.parametrize("step, pcm", [(FAR, TONE), (1, DUST), (2, DUST)], ids=["leaps", "dust", "holes"])
def test_a_phone_sends_no_more_than_somebody_can_say(
    served: Served, room: Room, hanh: str, monkeypatch: pytest.MonkeyPatch, step: int, pcm: bytes
) -> None:
    """Only staff recorded before, and could leave six hours of silence with each frame; now whoever is called can."""
    monkeypatch.setattr(sound, "VOICE", RateLimitItemPerMinute(16_000 * 2, 10, namespace="two seconds"))
    agreed(served, room)
    with phone(served, hanh) as microphone:
        answers = [microphone.start()]
        while "refused" not in answers[-1] and len(answers) < 200:
            answers.append(microphone.send(answers[-1]["have"] + step - 1, pcm))
        assert answers[-1]["refused"] == "sound"
        assert "nhiều hơn lời nói" in answers[-1]["vi"]
    assert answers[-2]["have"] <= 80
    assert len(room.dialogue.gaps) <= 1
    assert served.parts.sound_refusals["voice_flood"] == 1
