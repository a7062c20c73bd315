"""Several pages and one source: who records, what each is told, and that nothing of two microphones is mixed."""

import zlib
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from server.doors.pace import TOO_FAST
from server.rooms.room import Room
from tests.server.doors.test_sound import TONE, Microphone, on_disk
from tests.serving import Served
from tests.visitors import browser, staff_cookie
from tests.waiting import until

OTHER = TONE[::-1]
BLOCK = len(TONE) // 2


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


def closed_with(microphone: Microphone) -> int:
    with pytest.raises(ConnectionClosed):
        list(microphone.socket)  # what it was still told
    return microphone.socket.close_code or 0


def test_the_second_is_told_that_the_source_is_held(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second:
        first.start(line="a")
        refused = second.start(line="b")
        assert (refused["refused"], refused["held"]) == ("start", True)
        assert first.send(0)["have"] == BLOCK


def test_whoever_insists_takes_over_and_nothing_interleaves(served: Served, room: Room, cookie: str) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second:
        first.start(line="a")
        first.send(0)
        assert second.start(line="b", take_over=True)["have"] == BLOCK
        assert closed_with(first) == 4505
        assert second.send(BLOCK, OTHER)["have"] == 2 * BLOCK
        assert room.dialogue.sources["hall"].recording
    assert on_disk(served) == TONE + OTHER


def test_the_end_of_who_gave_way_is_no_absence_of_the_other(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as second:
        with Microphone(served, cookie) as first:
            first.start(line="a")
            second.start(line="b", take_over=True)
            closed_with(first)
        (ear,) = served.parts.listening.ears
        assert second.send(0)["have"] == BLOCK
        assert ear.connected


def test_the_same_page_come_back_needs_not_wait_for_its_dead_line(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as dead, Microphone(served, cookie) as alive:
        dead.start(line="a")
        dead.send(0)
        assert alive.start(line="a", first=0)["have"] == BLOCK
        assert closed_with(dead) == 4505
    assert on_disk(served) == TONE


def test_a_page_come_back_is_told_what_lies_where_its_sound_should(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start(line="a")
        microphone.send(0, TONE + TONE[: BLOCK // 2])
        microphone.socket.send('{"stop":1}')
        microphone.answer()
    with Microphone(served, cookie) as microphone:
        assert microphone.start(line="a", first=0)["prints"] == [zlib.crc32(TONE), zlib.crc32(TONE[: BLOCK // 2])]


@pytest.mark.parametrize("first", [None, -1, BLOCK, 2**70, 5 * BLOCK])
def test_where_there_is_nothing_to_compare_nothing_is_told(served: Served, cookie: str, first: int | None) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.start(line="a")
        microphone.send(0)
        microphone.socket.send('{"stop":1}')
        microphone.answer()
    with Microphone(served, cookie) as microphone:
        answer = microphone.start(line="a", first=first)
        assert "prints" not in answer


@pytest.mark.parametrize("word", ["", "nonsense", "[]", '{"start":1}', '{"start":1,"rate":"16000"}', '{"rate":16000}'])
def test_a_first_word_that_is_none_is_refused_with_a_sentence(served: Served, cookie: str, word: str) -> None:
    with Microphone(served, cookie) as microphone:
        microphone.socket.send(word)
        refused = microphone.answer()
        assert (refused["refused"], bool(refused["vi"])) == ("rate", True)


def test_every_turning_away_is_counted(served: Served, cookie: str) -> None:
    with Microphone(served, cookie) as first, Microphone(served, cookie) as second, Microphone(served, cookie) as third:
        first.start(line="a")
        second.start(line="b")
        third.start(rate=8_000)
        first.socket.send(b"\x00" * 70_000)
        closed_with(first)
    with Microphone(served, cookie) as fourth:
        until(lambda: not any(ear.connected for ear in served.parts.listening.ears), "the first to be gone")
        fourth.start()
        fourth.send(2**60)
    with browser(served) as monitor:
        page = monitor.get("/metrics").text
    for why in ("rate", "frame", "second_microphone", "BadPosition"):
        assert f'doithoai_sound_refusals{{why="{why}"}} 1.0' in page


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.TEXT])
def test_a_flood_that_is_no_sound_is_ended_with_a_reason(served: Served, room: Room, opcode: Opcode) -> None:
    with Microphone(served, staff_cookie(served, "secretary")) as strange:
        strange.start()
        with suppress(OSError):
            for _ in range(1_000):
                strange.socket.socket.sendall(Frame(opcode, b"{}").serialize(mask=True) * 100)
        assert closed_with(strange) == TOO_FAST
