"""The microphone's door: sound is on disk before it is acknowledged, whatever the line does."""

import json
import struct
from typing import Any, Self
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from live.entries import SoundLost
from server import clock
from server.doors.access import close_live_pages
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie
from tests.waiting import until
from transcription.recordings import Recording

TONE = struct.pack("<1600h", *(range(-800, 800)))
"""A tenth of a second that is unlike silence."""


class Microphone:
    """The capture page, as the wire sees it."""

    socket: ClientConnection

    def __init__(self, served: Served, cookie: str, source: str = "hall") -> None:
        address = f"ws://127.0.0.1:{served.port}/d/TEST01/sound/{source}"
        headers = {"Origin": served.url, "Cookie": cookie}
        self._opening = connect(address, additional_headers=headers, compression=None)

    def __enter__(self) -> Self:
        self.socket = self._opening.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._opening.__exit__(None, None, None)

    def start(self, rate: int = 16_000, **more: Any) -> dict[str, Any]:
        self.socket.send(json.dumps({"start": 1, "rate": rate} | more))
        return self.answer()

    def send(self, position: int, pcm: bytes = TONE) -> dict[str, Any]:
        self.socket.send(struct.pack("<Q", position) + pcm)
        return self.answer()

    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.socket.recv(timeout=10))
        return answer


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


def recorded_now(room: Room) -> bool:
    return room.dialogue.sources["hall"].recording


def on_disk(served: Served, source: str = "hall") -> bytes:
    recording = Recording(sound_directory(served.settings.data_dir, "TEST01", source))
    return recording.read(0, recording.have)


def test_what_is_acknowledged_is_on_disk_and_every_page_says_so(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        assert microphone.start()["have"] == 0
        assert recorded_now(room)
        assert microphone.send(0)["have"] == 1600
        assert on_disk(served) == TONE
        assert microphone.send(1600)["have"] == 3200
        microphone.socket.send('{"stop":1}')
        assert microphone.answer()["have"] == 3200
    assert not recorded_now(room)
    assert on_disk(served) == TONE * 2


def test_after_a_cut_nothing_is_missing_and_nothing_doubled(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
    until(lambda: not any(ear.connected for ear in served.parts.listening.ears), "the server to notice the cut")
    with Microphone(served, cookie) as microphone:
        assert microphone.start()["have"] == 1600
        assert microphone.send(800, TONE[1600:] + TONE)["have"] == 3200
    assert on_disk(served) == TONE * 2


def test_whoever_is_locked_out_records_no_further_sample(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
        served.run(served.parts.people.disable("secretary", clock.now()))
        (person,) = served.run(served.parts.people.all_staff())

        async def cut() -> None:
            close_live_pages(served.parts.rooms, person)

        served.run(cut())
        with pytest.raises(ConnectionClosed) as closed:
            microphone.send(1600)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001
    with Microphone(served, cookie) as again, pytest.raises(ConnectionClosed):
        again.start()
    assert Recording(sound_directory(served.settings.data_dir, "TEST01", "hall")).have == 1600


def test_a_jump_is_an_entry_not_a_silence(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
        assert microphone.send(8000)["have"] == 9600
    entries = served.run(served.parts.journal.entries(room.stream.id))
    assert [entry.fact for entry in entries if isinstance(entry.fact, SoundLost)] == [SoundLost("hall", 1600, 8000)]
    assert room.dialogue.sources["hall"].gaps == ((1600, 8000),)


def test_two_microphones_cannot_be_one_source(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second:
        first.start()
        refused = second.start()
        assert refused["refused"] == "start"
        assert "đang được thu" in refused["vi"]
        assert first.send(0)["have"] == 1600


@pytest.mark.parametrize("rate", [0, -1, 8000, 44_100, 48_000, 12_345])
def test_an_odd_sample_rate_is_refused_with_a_sentence(served: Served, room: Room, cookie: str, rate: int) -> None:
    with Microphone(served, cookie) as microphone:
        refused = microphone.start(rate)
        assert (refused["refused"], bool(refused["vi"]), bool(refused["en"])) == ("rate", True, True)
    assert "hall" not in room.dialogue.sources


@pytest.mark.parametrize("frame", [b"", b"\x00" * 7, b"\x00" * 8, b"\x00" * 11, b"\x00" * 70_000], ids=len)
def test_a_broken_frame_ends_the_line_and_leaves_the_recording(served: Served, cookie: str, frame: bytes) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
        microphone.socket.send(frame)
        refused = microphone.answer()
        assert (refused["refused"], bool(refused["vi"])) == ("sound", True)
        with pytest.raises(ConnectionClosed):
            microphone.answer()
    assert on_disk(served) == TONE


def test_an_impossible_position_is_refused(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        refused = microphone.send(2**60)
        assert refused["refused"] == "sound"
    assert on_disk(served) == b""


@pytest.mark.parametrize("source", ["..", "a b", "hội trường", "a.b", "x" * 41])
def test_a_source_is_a_plain_word(served: Served, room: Room, cookie: str, source: str) -> None:
    with Microphone(served, cookie, quote(source, safe="")) as microphone:
        assert microphone.start()["refused"] == "start"
    assert not room.dialogue.sources
    assert not list(served.settings.data_dir.glob("sound/**/*"))


def test_a_citizen_may_not_record(served: Served, room: Room) -> None:
    for cookie in ("", citizen_cookie(served, "Bà Sáu"), staff_cookie(served, "clerk")):
        with Microphone(served, cookie) as microphone, pytest.raises(ConnectionClosed):
            microphone.start()
    assert not room.dialogue.sources


def test_staff_listen_to_any_part_of_a_recording_and_nobody_else(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
    address = "/d/TEST01/sound/hall.wav"
    with browser(served, cookie) as secretary:
        whole = secretary.get(address)
        assert (whole.status_code, whole.content[:4], whole.content[44:]) == (200, b"RIFF", TONE)
        part = secretary.get(address, headers={"Range": "bytes=46-49"})
        assert (part.status_code, part.content) == (206, TONE[2:6])
        assert part.headers["content-range"] == f"bytes 46-49/{44 + len(TONE)}"
        assert secretary.get(address, headers={"Range": "bytes=-2"}).content == TONE[-2:]
        assert secretary.get(address, headers={"Range": "bytes=99999-"}).status_code == 416
        assert secretary.get("/d/TEST01/sound/site.wav").status_code == 404
    with browser(served, citizen_cookie(served, "Bà Sáu")) as citizen:
        assert citizen.get(address).status_code == 404


def test_without_a_model_recording_works_and_the_state_says_what_is_missing(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        assert microphone.start()["state"] == "absent"
    condition = served.parts.listening.condition
    assert "doithoai model install vi" in condition.vi
    assert "doithoai model install vi" in condition.en


def test_a_microphone_says_when_its_samples_were_spoken(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        now = microphone.start()["now"]
        for told in ([0, now - 60_000], [0, now - 10**9], [10**15, now], [0, now + 10**6]):
            microphone.socket.send(json.dumps({"caught": told}))
        microphone.send(0)
        ear = served.parts.listening.ears[0]
        assert ear.recording.spoken_at(0) == (now - 60_000) / 1000, "what cannot be is not believed"


def test_whose_microphone_it_is_is_said_at_the_beginning_and_by_whoever_takes_over(
    served: Served, room: Room, cookie: str
) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second:
        first.start(line="a", role="agency", owner="Ông Lê Văn Bình")
        first.send(0)
        assert second.start(line="b", role="host", take_over=True)["have"] == 1_600
    intakes = room.dialogue.sources["hall"].intakes
    assert [(intake.first, intake.role.value, str(intake.owner)) for intake in intakes] == [
        (0, "agency", "Ông Lê Văn Bình"),
        (1_600, "host", ""),
    ]


def test_who_takes_over_without_a_clock_does_not_go_by_the_clock_of_the_one_before(
    served: Served, room: Room, cookie: str
) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second:
        now = first.start(line="a")["now"]
        first.send(0)
        first.socket.send(json.dumps({"caught": [1_600, now]}))
        first.send(1_600)
        (ear,) = served.parts.listening.ears
        assert ear.spoken_at(3_000) is not None
        second.start(line="b", take_over=True)
        second.send(3_200)
        assert ear.spoken_at(3_000) is not None
        assert ear.spoken_at(4_000) is None
